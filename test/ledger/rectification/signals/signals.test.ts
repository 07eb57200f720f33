import { describe, expect, it } from 'vitest';
import { hideFrom } from '../../../../ledger/hide-entry.ts';
import { situationOf } from '../../../../ledger/move.ts';
import { operate } from '../../../../ledger/operation.ts';
import { itemData, type RectificationData, type Signal } from '../../../../ledger/rectification/data.ts';
import type { Store } from '../../../../ledger/store.ts';
import { verifiedCopies } from '../../../fresh-record.ts';
import { asCard, assign, say } from '../../../jobs/at-work.ts';
import { personNamed, takeStep, waitingMessages } from '../../../sample-record.ts';
import { wordOf } from '../../attachment/dated-files.ts';
import { evidenceFile, giveEvidence } from '../give-evidence.ts';
import { openEvidence } from '../open-evidence.ts';
import { buildRound } from '../round-by-words.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const DUE_ON = '2026-12-18';
const SAID = '已修订差旅费管理办法并经局党组会审议通过，组织全体人员学习后印发执行。';

let store: Store;
verifiedCopies(AT, (copy) => {
  store = copy.store;
});

const entryOf = (ref: string) => store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
const give = (ref: string, responsible = '方远山') =>
  assign(store, ref, { responsible: [responsible], dueOn: DUE_ON, at: AT });

async function apply(ref: string, summary = '示例', name = '方远山', at = AT): Promise<readonly Signal[]> {
  await say(store, name, ['申请销号', ref], at, { summary, evidence: '示例' });
  const { application } = itemData((await entryOf(ref)).data as RectificationData);
  return application?.signals ?? [];
}

/** Given out, with a file of its own, and its closing asked for. */
async function applied(ref: string, summary?: string, name = '方远山', at = AT) {
  await give(ref, name);
  await giveEvidence(store, name, ref, at);
  return apply(ref, summary, name, at);
}

async function hide(ref: string, name: string): Promise<void> {
  const { id } = await entryOf(ref);
  const person = await personNamed(store, name);
  await hideFrom({ store, rows: store.database.rows, at: AT }, { id, ref, ownedBy: undefined }, [person.id]);
}

describe('of a closing that is asked for is said', () => {
  it('nothing, where there is nothing to say', async () => {
    expect(await applied('Z1-1-1', SAID)).toEqual([]);
    expect(itemData((await entryOf('Z1-1-1')).data as RectificationData).application).not.toHaveProperty(
      'signals',
    );
  });

  it('that its file stands under another item too, whatever it is called there and whichever the round', async () => {
    await buildRound(store, AT);
    const same = evidenceFile();
    for (const ref of ['Z2-1', 'Z1-2-1', 'Z1-1-1']) {
      await give(ref);
      await giveEvidence(store, '方远山', ref, AT, { ...same, name: `${ref}.txt` });
    }
    const found = '「Z1-1-1.txt」同时是 Z1-2-1、Z2-1 的佐证文件';
    expect(await apply('Z1-1-1')).toEqual([{ kind: 'same-file', found }]);
  });

  it('that its words are those of another item of the round, or of one of the applicant’s own in another', async () => {
    await buildRound(store, AT);
    await applied('Z1-1-2', SAID, '林砚秋');
    await applied('Z2-1', SAID, '林砚秋');
    await applied('Z2-2-1', SAID, '方远山');
    const [only, ...more] = await applied('Z1-1-1', `${SAID}`, '方远山');
    expect(more).toEqual([]);
    expect(only?.found).toBe('完成情况与 Z1-1-2、Z2-2-1 的文字近乎相同（相似度 100%）');
  });

  it('that a file says of itself that it is older than the feedback', async () => {
    await give('Z1-1-1');
    const { feedbackOn = '' } = itemData((await entryOf('Z1-1-1')).data as RectificationData);
    expect(feedbackOn).toBe('2026-09-14');
    for (const [name, made] of [
      ['早.docx', '2026-09-13T08:00:00Z'],
      ['当日.docx', '2026-09-14T08:00:00Z'],
    ] as const)
      await giveEvidence(store, '方远山', 'Z1-1-1', AT, { name, bytes: wordOf(made) });
    const found = '「早.docx」自身日期为 2026-09-13，早于反馈日期 2026-09-14';
    expect(await apply('Z1-1-1')).toEqual([{ kind: 'old-evidence', found }]);
  });

  it('that it is the third of a 科室 on the last day; a day before it is not', async () => {
    const lastDay = new Date(`${DUE_ON}T02:00:00Z`);
    const before = new Date('2026-12-17T02:00:00Z');
    for (const ref of ['Z1-1-1', 'Z1-1-2', 'Z1-1-3'])
      expect(await applied(ref, undefined, '方远山', before)).toEqual([]);
    for (const ref of ['Z1-2-1', 'Z1-2-2'])
      expect(await applied(ref, undefined, '方远山', lastDay)).toEqual([]);
    await applied('Z1-3-1', undefined, '何望舒', lastDay);
    const found = `责任科室在时限当日（${DUE_ON}）已有 3 项申请销号：Z1-2-1、Z1-2-2、Z1-2-3`;
    expect(await applied('Z1-2-3', undefined, '方远山', lastDay)).toEqual([{ kind: 'last-day', found }]);
  });

  it('that the progress of last week was said again', async () => {
    await give('Z1-1-1');
    for (const day of ['2026-11-23', '2026-11-30'])
      await say(store, '方远山', ['进展', 'Z1-1-1'], new Date(`${day}T02:00:00Z`), { text: SAID });
    const at = new Date('2026-12-01T02:00:00Z');
    await giveEvidence(store, '方远山', 'Z1-1-1', at);
    expect(await apply('Z1-1-1', undefined, '方远山', at)).toEqual([
      { kind: 'repeated-progress', found: '2026-11-30 的进展与 2026-11-23 的近乎相同（相似度 100%）' },
    ]);
  });

  it('nothing of an item that is hidden from anybody', async () => {
    const same = evidenceFile();
    await give('Z1-1-2', '林砚秋');
    await giveEvidence(store, '林砚秋', 'Z1-1-2', AT, same);
    await apply('Z1-1-2', SAID, '林砚秋');
    await hide('Z1-1-2', '何望舒');
    await give('Z1-1-1');
    await giveEvidence(store, '方远山', 'Z1-1-1', AT, same);
    expect(await apply('Z1-1-1', SAID)).toEqual([]);
    await store.database.rows.recusal.deleteMany({});
  });
});

describe('what is said', () => {
  const shownTo = async (name: string, ref: string) => {
    const person = await personNamed(store, name);
    return operate(store, { actor: person, at: AT }, async (operation) => {
      const entry = await operation.entries.get(ref);
      const sections = operation.entries.ledgerOf(entry).describe(situationOf(operation, person, entry));
      return JSON.stringify(sections);
    });
  };
  const SENTENCE = '完成情况与 Z1-1-2 的文字近乎相同';

  it('is shown to those who review, and neither to the applicant, nor to who helps him or heads the 科室', async () => {
    await applied('Z1-1-2', SAID, '林砚秋');
    await applied('Z1-1-1', SAID, '方远山');
    for (const name of ['孟知行', '程一禾', '叶知秋', '田守正', '唐文澜']) {
      expect(await shownTo(name, 'Z1-1-1'), name).toContain(SENTENCE);
      expect(await shownTo(name, 'Z1-1-1'), name).toContain('需核对的情形 1 处（供审核参考，不作结论）');
    }
    expect(await shownTo('方远山', 'Z1-1-1')).toContain('销号申请');
    expect(await shownTo('方远山', 'Z1-1-1')).not.toContain('近乎相同');
  });

  it('is not shown to a 督查员 who does the work himself, nor told in the message that he gets too', async () => {
    await applied('Z1-1-2', SAID, '林砚秋');
    await applied('Z1-1-1', SAID, '叶知秋');
    expect(await shownTo('叶知秋', 'Z1-1-1')).not.toContain('近乎相同');
    await takeStep(store, {
      person: await personNamed(store, '孟知行'),
      word: '审核通过',
      ref: 'Z1-1-1',
      at: AT,
    });
    const told = (await waitingMessages(store)).filter(
      ({ content }) => asCard(content).title === '销号待复核',
    );
    expect(told.map(({ to }) => to).sort()).toEqual(['叶知秋', '程一禾'].sort());
    expect(JSON.stringify(told)).not.toContain('近乎相同');
    expect(await shownTo('程一禾', 'Z1-1-1')).toContain(SENTENCE);
  });

  it('is told with what is to be reviewed and approved, and stops neither', async () => {
    await applied('Z1-1-2', SAID, '林砚秋');
    await give('Z1-1-1');
    await giveEvidence(store, '方远山', 'Z1-1-1', AT);
    const step = async (name: string, word: string, values = {}) =>
      takeStep(store, { person: await personNamed(store, name), word, ref: 'Z1-1-1', at: AT, values });
    const toldTo = async (name: string) => {
      const found = (await waitingMessages(store)).filter(({ to }) => to === name).at(-1);
      if (!found) throw new Error(`${name} was told nothing`);
      return asCard(found.content).sections.flatMap(({ lines }) => lines);
    };
    await step('方远山', '申请销号', { summary: SAID, evidence: '示例' });
    const lines = ['需核对的情形 1 处（供审核参考，不作结论）：', expect.stringContaining(`1. ${SENTENCE}`)];
    expect(await toldTo('孟知行')).toEqual(expect.arrayContaining(lines));
    await openEvidence(store, '孟知行', 'Z1-1-1', AT);
    await step('孟知行', '审核通过');
    expect(await toldTo('程一禾')).toEqual(expect.arrayContaining(lines));
    await step('程一禾', '复核通过');
    expect(await entryOf('Z1-1-1')).toMatchObject({ state: 'closed' });
    expect(JSON.stringify((await waitingMessages(store)).filter(({ to }) => to === '方远山'))).not.toContain(
      '近乎相同',
    );
  });

  it('is found anew where the closing is asked for anew', async () => {
    await applied('Z1-1-2', SAID, '林砚秋');
    expect(await applied('Z1-1-1', SAID)).toHaveLength(1);
    await say(store, '孟知行', ['退回', 'Z1-1-1'], AT, { reason: '示例' });
    expect(await apply('Z1-1-1', '示例')).toEqual([]);
  });
});
