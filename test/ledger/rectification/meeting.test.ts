import { beforeEach, describe, expect, it } from 'vitest';
import { handlersFor } from '../../../handlers/index.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { hideFrom } from '../../../ledger/hide-entry.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import { operate } from '../../../ledger/operation.ts';
import { itemData, type RectificationData } from '../../../ledger/rectification/data.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { asCard, headings, say } from '../../jobs/at-work.ts';
import { personNamed, takeMessages, takeStep } from '../../sample-record.ts';
import { close } from './at-closing.ts';
import { buildRound } from './round-by-words.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const MEETING = { name: '局党组会第 21 次会议', on: '2026-11-23' };
const ITEMS = ['Z2-1', 'Z2-2-1'];
const TITLE = '党组会审定已登记，请核对';

let store: Store;
verifiedCopies(AT, (copy) => {
  store = copy.store;
});
beforeEach(async () => {
  await buildRound(store, AT);
  for (const ref of ITEMS) await close(store, ref, AT);
});

const entryOf = (ref: string) => store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
const dataOf = async (ref: string) => itemData((await entryOf(ref)).data as RectificationData);
const step = async (name: string, word: string, ref: string, values: RawValues = {}, at = AT) =>
  takeStep(store, { person: await personNamed(store, name), word, ref, at, values });

/** 「审定 全部」. @returns who is told to compare, and the card */
async function confirm(name = '程一禾') {
  const command = handlersFor(ledgers).find((handler) => handler.name === 'move.rectification.confirm');
  if (command?.kind !== 'command') throw new Error('There is no 审定');
  const person = await personNamed(store, name);
  await operate(store, { actor: person, at: AT }, (operation) =>
    command.decide(operation, person, ITEMS.join(','), MEETING),
  );
  return (await takeMessages(store))
    .map(({ to, content }) => ({ to, card: asCard(content) }))
    .filter(({ card }) => card.title === TITLE);
}

describe('that a meeting was written down', () => {
  it('is told in one message to the 党组书记 and the 纪检监察员, with what was closed and by which meeting', async () => {
    const told = await confirm();
    expect(told.map(({ to }) => to).sort()).toEqual(['田守正', '姜明澈', '唐文澜'].sort());
    for (const { card } of told) {
      expect(headings(card).map((heading) => heading?.split(' ')[0])).toEqual(ITEMS);
      for (const { lines, actions } of card.sections) {
        expect(lines[0]).toBe('局党组会第 21 次会议（2026-11-23）审定，程一禾 登记，已销号。');
        expect(actions?.[0]?.label).toBe('审定有异');
      }
      expect(card.actions.map(({ action }) => action)).toEqual(['督查记录']);
    }
  });

  it('is told with what should be looked into, but not to who does the work', async () => {
    const [first] = await confirm();
    expect(JSON.stringify(first)).toContain('叶知秋 2026-11-23 复核通过，自最近一份佐证附上后没有打开');
    await step('程一禾', '加问题', 'Z2', { title: '示例问题丙' });
    await close(store, 'Z2-3', AT, { responsible: '唐文澜' });
    await step('程一禾', '审定', 'Z2-3', MEETING);
    const told = (await takeMessages(store)).filter(({ content }) => asCard(content).title === TITLE);
    const shown = told.filter(({ content }) => JSON.stringify(content).includes('没有打开过佐证文件'));
    expect(shown.map(({ to }) => to).sort()).toEqual(['田守正', '姜明澈'].sort());
    expect(told).toHaveLength(3);
  });

  it('is told to the others where one of them has written it down', async () => {
    const told = await confirm('唐文澜');
    expect(told.map(({ to }) => to).sort()).toEqual(['田守正', '姜明澈'].sort());
  });

  it('is not told to who is recused, and the others’ message is the same as ever', async () => {
    const cards = (told: Awaited<ReturnType<typeof confirm>>) => told.find(({ to }) => to === '唐文澜')?.card;
    const secretary = await personNamed(store, '田守正');
    const { id, ref } = await entryOf('Z2-1');
    await hideFrom({ store, rows: store.database.rows, at: AT }, { id, ref, ownedBy: undefined }, [
      secretary.id,
    ]);
    const told = await confirm();
    expect(cards(told)?.sections).toHaveLength(2);
    const his = told.find(({ to }) => to === '田守正');
    expect(JSON.stringify(his)).not.toContain('Z2-1 ');
    await expect(step('田守正', '审定有异', 'Z2-1', { reason: '示例' })).rejects.toMatchObject({
      code: 'unknown-entry',
    });
    await step('唐文澜', '审定有异', 'Z2-1', { reason: '示例' });
    expect((await takeMessages(store)).map(({ to }) => to)).not.toContain('田守正');
  });
});

describe('审定有异', () => {
  it('takes the closing back to the 督查复核, and all whom it concerns are told why', async () => {
    await confirm('唐文澜');
    expect(await entryOf('Z2')).toMatchObject({ state: 'closed' });
    await step('田守正', '审定有异', 'Z2-1', { reason: '会上未议此项' });
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'reviewed', closedAt: null });
    expect(await entryOf('Z2')).toMatchObject({ state: 'progressing', closedAt: null });
    const data = await dataOf('Z2-1');
    for (const gone of ['meeting', 'approvedBy', 'lookBackOn']) expect(data).not.toHaveProperty(gone);
    expect(data.returnReason).toBe('审定有异（田守正）：会上未议此项');
    expect(data.earlierClosings).toHaveLength(1);
    const told = await takeMessages(store);
    expect(told.map(({ to }) => to).sort()).toEqual(
      ['程一禾', '叶知秋', '唐文澜', '方远山', '孟知行'].sort(),
    );
    for (const { content } of told) expect(JSON.stringify(content)).toContain('会上未议此项');
    const buttons = told.filter(({ content }) => JSON.stringify(content).includes('复核通过 Z2-1'));
    expect(buttons.map(({ to }) => to).sort()).toEqual(['程一禾', '叶知秋'].sort());
  });

  it('leads through 复核 and 审定 to the closing again, of which they are told again', async () => {
    await confirm();
    await step('田守正', '审定有异', 'Z2-1', { reason: '示例' });
    await say(store, '程一禾', ['复核通过', 'Z2-1'], AT);
    expect(await dataOf('Z2-1')).not.toHaveProperty('returnReason');
    await step('程一禾', '审定', 'Z2-1', MEETING);
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'closed' });
    const told = (await takeMessages(store)).filter(({ content }) => asCard(content).title === TITLE);
    expect(told).toHaveLength(3);
  });

  it('is for the 党组书记 and the 纪检监察员, with a reason, of what a meeting has closed, and once', async () => {
    await expect(step('田守正', '审定有异', 'Z2-1', { reason: '示例' })).rejects.toThrow(
      'Z2-1 现在不是经党组会审定销号的',
    );
    await confirm();
    for (const name of ['程一禾', '孟知行', '方远山'])
      await expect(step(name, '审定有异', 'Z2-1', { reason: '示例' }), name).rejects.toMatchObject({
        code: 'not-permitted',
      });
    await expect(step('田守正', '审定有异', 'Z2-1')).rejects.toMatchObject({ code: 'invalid-input' });
    await close(store, 'Z1-1-1', AT);
    await expect(step('田守正', '审定有异', 'Z1-1-1', { reason: '示例' })).rejects.toThrow(
      'Z1-1-1 现在不是经党组会审定销号的',
    );
    await expect(step('田守正', '审定有异', 'Z2', { reason: '示例' })).rejects.toThrow('请写明其中一项');
    const both = await Promise.allSettled(
      ['田守正', '唐文澜', '田守正'].map((name) => step(name, '审定有异', 'Z2-1', { reason: '示例' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('takes no meeting of before the latest 复核, nor of before what was objected to', async () => {
    const on = (date: string) => new Date(`${date}T02:00:00Z`);
    const meeting = (date: string) => ({ ...MEETING, on: date });
    await step('程一禾', '退回', 'Z2-1', { reason: '示例' });
    await say(store, '方远山', ['申请销号', 'Z2-1'], AT, { summary: '示例' });
    await say(store, '孟知行', ['审核通过', 'Z2-1'], AT);
    await say(store, '叶知秋', ['复核通过', 'Z2-1'], on('2026-11-25'));
    const confirmed = (date: string) => step('程一禾', '审定', 'Z2-1', meeting(date), on('2026-11-30'));
    const early = 'Z2-1 于 2026-11-25 才复核通过，会议日期 2026-11-24 在其之前';
    await expect(confirmed('2026-11-24')).rejects.toMatchObject({ fields: { on: early } });
    await confirmed('2026-11-25');
    await step('田守正', '审定有异', 'Z2-1', { reason: '示例' }, on('2026-11-30'));
    await say(store, '叶知秋', ['复核通过', 'Z2-1'], on('2026-12-01'));
    const again = (date: string) => step('程一禾', '审定', 'Z2-1', meeting(date), on('2026-12-02'));
    await expect(again('2026-11-25')).rejects.toThrow(
      'Z2-1 于 2026-11-30 审定有异、2026-12-01 重新复核通过，会议日期 2026-11-25 在其之前',
    );
    await again('2026-12-01');
    expect(await dataOf('Z2-1')).toMatchObject({ meeting: { on: '2026-12-01' } });
  });

  it('says with a second objection that there is one, by whom and why', async () => {
    await confirm();
    await step('田守正', '审定有异', 'Z2-1', { reason: '会上未议此项' });
    await expect(step('唐文澜', '审定有异', 'Z2-1', { reason: '示例' })).rejects.toThrow(
      'Z2-1 的审定已有人提出异议，正待督查复核，无需重复提出。审定有异（田守正）：会上未议此项',
    );
  });

  it('leaves it known who let the closing pass: no pair of two decides for each other by it', async () => {
    await close(store, 'Z1-1-1', AT, { approver: '叶知秋' });
    await confirm();
    await step('田守正', '审定有异', 'Z2-1', { reason: '示例' });
    const [earlier] = (await dataOf('Z2-1')).earlierClosings ?? [];
    expect(earlier).toMatchObject({ by: (await personNamed(store, '方远山')).id });
    expect(earlier?.approvedBy).toBe((await personNamed(store, '叶知秋')).id);
  });
});
