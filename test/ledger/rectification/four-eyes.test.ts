import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import { hideFrom } from '../../../ledger/hide-entry.ts';
import { makeMove } from '../../../ledger/move.ts';
import { operate } from '../../../ledger/operation.ts';
import { rectification } from '../../../ledger/rectification/rectification.ts';
import type { Rows, Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { applyForClosing, assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeStep } from '../../sample-record.ts';
import { houseOf } from '../intercession/house-of-sample.ts';
import { apply, close } from './at-closing.ts';

const AT = new Date('2026-11-23T02:00:00Z');

/** Of the same 科室 as 程一禾. */
const COLLEAGUE = '罗子衿';

let store: Store;

verifiedCopies(AT, (copy) => {
  store = copy.store;
});

const step = async (name: string, word: string, ref: string, values = {}) =>
  takeStep(store, { person: await personNamed(store, name), word, ref, at: AT, values });

/** The refusal names its rule, and the rule its clause. */
const refusal = (sentence: string, rule: string) => ({
  code: 'four-eyes',
  message: `${sentence}（四眼原则·${rule}；依据：${store.rules.fourEyes.source}）`,
});

/** The same rows; what lists of entries they are asked for is noted. */
const noting = (rows: Rows, lists: unknown[]): Rows =>
  new Proxy(rows, {
    get: (all, table) =>
      table !== 'entry'
        ? Reflect.get(all, table)
        : new Proxy(all.entry, {
            get(entry, method) {
              if (method !== 'findMany') return Reflect.get(entry, method);
              return (query: Parameters<typeof entry.findMany>[0]) => {
                lists.push(query);
                return entry.findMany(query);
              };
            },
          }),
  });

describe('四眼原则', () => {
  it('who does the work does not let its closing pass', async () => {
    await apply(store, 'Z1-1-1', AT, { responsible: '程一禾' });
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], AT);
    await expect(step('程一禾', '复核通过', 'Z1-1-1')).rejects.toMatchObject(
      refusal('您是 Z1-1-1 的责任人或申请人，不能复核自己的销号申请。', '申请、审核、复核分属三人'),
    );
  });

  it('who reviewed does not approve', async () => {
    await apply(store, 'Z1-1-1', AT, { leader: '程一禾' });
    await say(store, '程一禾', ['审核通过', 'Z1-1-1'], AT);
    await expect(step('程一禾', '复核通过', 'Z1-1-1')).rejects.toMatchObject(
      refusal('Z1-1-1 是您审核的，须由另一人复核。', '申请、审核、复核分属三人'),
    );
  });

  it('nobody reviews in the name of a 责任领导, whatever his role', async () => {
    await apply(store, 'Z1-1-1', AT);
    for (const name of ['田守正', '程一禾', '唐文澜'])
      await expect(step(name, '审核通过', 'Z1-1-1')).rejects.toMatchObject({ code: 'not-permitted' });
  });

  describe('within a round nobody decides for who has decided for him', () => {
    const pair = { leader: '苏静宜', responsible: '孟知行' };

    it('and the refusal names the item', async () => {
      await close(store, 'Z1-1-1', AT, pair);
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await expect(step('孟知行', '审核通过', 'Z1-1-2')).rejects.toMatchObject(
        refusal(
          '您在同一轮次中申请的 Z1-1-1 由苏静宜审核或复核过，Z1-1-2 须由另一人审核。',
          '同一轮次不得互批',
        ),
      );
      await step('孟知行', '退回', 'Z1-1-2', { reason: '示例' });
    });

    it('also when the closing that was decided did not last', async () => {
      await close(store, 'Z1-1-1', AT, pair);
      const found = { how: 'visit', text: '示例', dueOn: '2027-01-29' };
      await step('程一禾', '反弹', 'Z1-1-1', found);
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await expect(step('孟知行', '审核通过', 'Z1-1-2')).rejects.toThrow('同一轮次不得互批');
    });

    it('also when the item went to somebody else after that', async () => {
      await close(store, 'Z1-1-1', AT, pair);
      await step('程一禾', '反弹', 'Z1-1-1', { how: 'visit', text: '示例', dueOn: '2027-01-29' });
      await assign(store, 'Z1-1-1', { responsible: ['许星阑'], dueOn: '2027-01-29', at: AT });
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await expect(step('孟知行', '审核通过', 'Z1-1-2')).rejects.toThrow(
        '您在同一轮次中申请的 Z1-1-1 由苏静宜审核或复核过',
      );
    });

    it('also when colleagues ask in the names of both', async () => {
      await assign(store, 'Z1-1-1', {
        leader: '苏静宜',
        responsible: ['方远山', '孟知行'],
        dueOn: '2027-02-26',
        at: AT,
      });
      await applyForClosing(store, '方远山', 'Z1-1-1', AT);
      await say(store, '苏静宜', ['审核通过', 'Z1-1-1'], AT);
      await assign(store, 'Z1-1-2', { responsible: ['林砚秋', '苏静宜'], dueOn: '2027-02-26', at: AT });
      await applyForClosing(store, '林砚秋', 'Z1-1-2', AT);
      const why = refusal(
        '您在同一轮次中负责的 Z1-1-1 由苏静宜审核或复核过，Z1-1-2 须由另一人审核。',
        '同一轮次不得互批',
      );
      await expect(step('孟知行', '审核通过', 'Z1-1-2')).rejects.toMatchObject(why);
      // Who is taken off the item afterwards was responsible when it was asked for.
      await assign(store, 'Z1-1-1', {
        leader: '苏静宜',
        responsible: ['方远山'],
        dueOn: '2027-02-26',
        at: AT,
      });
      await expect(step('孟知行', '审核通过', 'Z1-1-2')).rejects.toMatchObject(why);
    });

    it('but who decides for him whom nobody of his has decided for is free', async () => {
      await close(store, 'Z1-1-1', AT, pair);
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '许星阑' });
      await step('孟知行', '审核通过', 'Z1-1-2');
    });

    it('but an item that is hidden from somebody is not told of by a refusal', async () => {
      await close(store, 'Z1-1-1', AT, pair);
      const { rows } = store.database;
      const entry = await rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-1-1' } });
      const person = await personNamed(store, '何望舒');
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await hideFrom({ store, rows, at: AT }, { id: entry.id, ref: entry.ref, ownedBy: undefined }, [
        person.id,
      ]);
      await step('孟知行', '审核通过', 'Z1-1-2');
      await rows.recusal.deleteMany({ where: { entryId: entry.id } });
    });

    it('and who may not is not offered it where the item is shown', async () => {
      const offered = async (ref: string) => {
        const shown = await houseOf(store)(await personNamed(store, '孟知行'), `查看 ${ref}`, AT);
        return shown && actionsOf(shown).map(({ label }) => label);
      };
      await close(store, 'Z1-1-1', AT, pair);
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await apply(store, 'Z1-1-3', AT, { leader: '孟知行', responsible: '许星阑' });
      expect(await offered('Z1-1-2')).toEqual(['退回', '文件与下载']);
      expect(await offered('Z1-1-3')).toEqual(['审核通过', '退回', '文件与下载']);
    });

    it('and a step with many items reads the round once', async () => {
      const refs = ['Z1-1-1', 'Z1-1-2', 'Z1-1-3', 'Z1-2-1'];
      for (const ref of refs) await apply(store, ref, AT);
      const person = await personNamed(store, '孟知行');
      const lists: unknown[] = [];
      await operate(store, { actor: person, at: AT }, async (operation) => {
        const counting = { ...operation, rows: noting(operation.rows, lists) };
        const review = rectification.moves.find(({ word }) => word === '审核通过');
        if (!review) throw new Error('There is no 审核通过');
        for (const ref of refs) {
          const entry = await operation.entries.get(ref);
          await makeMove(counting, { ledger: rectification, move: review }, person, entry, {});
        }
      });
      expect(lists.filter((list) => JSON.stringify(list).includes('refOrder'))).toHaveLength(1);
    });

    it('unless the bureau has no such rule', async () => {
      store.rules.fourEyes.noMutualPairs = false;
      await close(store, 'Z1-1-1', AT, pair);
      await apply(store, 'Z1-1-2', AT, { leader: '孟知行', responsible: '苏静宜' });
      await step('孟知行', '审核通过', 'Z1-1-2');
      store.rules.fourEyes.noMutualPairs = true;
    });
  });

  it('where the rule asks for it, applicant and approver are of different 科室; giving back is free', async () => {
    store.rules.fourEyes.otherDepartment = true;
    await apply(store, 'Z1-1-1', AT, { responsible: COLLEAGUE });
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], AT);
    await expect(step('程一禾', '复核通过', 'Z1-1-1')).rejects.toMatchObject(
      refusal(
        `您与 Z1-1-1 的申请人${COLLEAGUE}同属办公室，须由其他科室的人员复核。`,
        '申请人与审核、复核人不属同一科室',
      ),
    );
    await step('叶知秋', '复核通过', 'Z1-1-1');
    await apply(store, 'Z1-1-2', AT, { responsible: COLLEAGUE });
    await say(store, '孟知行', ['审核通过', 'Z1-1-2'], AT);
    await step('程一禾', '退回', 'Z1-1-2', { reason: '示例' });
    store.rules.fourEyes.otherDepartment = false;
  });

  it('a 责任领导 who became responsible meanwhile decides nothing of it', async () => {
    await apply(store, 'Z1-1-1', AT);
    await assign(store, 'Z1-1-1', {
      leader: '苏静宜',
      responsible: ['方远山', '孟知行'],
      dueOn: '2027-02-26',
      at: AT,
    });
    const entry = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-1-1' } });
    expect(entry.state).toBe('assigned');
    await expect(step('孟知行', '审核通过', 'Z1-1-1')).rejects.toMatchObject({ code: 'not-permitted' });
  });
});
