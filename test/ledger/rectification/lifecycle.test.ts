import { describe, expect, it, test } from 'vitest';
import { entriesFor } from '../../../ledger/entry.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { itemData, type RectificationData } from '../../../ledger/rectification/data.ts';
import { lookBackDue, lookBackSections } from '../../../ledger/rectification/look-back-due.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeStep, waitingMessages } from '../../sample-record.ts';
import { apply, assignment, close } from './at-closing.ts';
import { giveEvidence } from './give-evidence.ts';
import { buildRound, makeRound } from './round-by-words.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REF = 'Z1-1-1';
const DUE_ON = '2026-12-31';

let store: Store;

verifiedCopies(AT, (copy) => {
  store = copy.store;
});

const on = (date: string) => new Date(`${date}T02:00:00Z`);
const entryOf = (ref: string) => store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
const dataOf = async (ref: string) => itemData((await entryOf(ref)).data as RectificationData);
const step = async (name: string, word: string, ref: string, values: RawValues = {}, at = AT) =>
  takeStep(store, { person: await personNamed(store, name), word, ref, at, values });
const assigned = () => assign(store, REF, { responsible: ['方远山'], dueOn: DUE_ON, at: AT });

describe('a round', () => {
  it('is built by words, and its items know its dates and that the 党组会 confirms them', async () => {
    await buildRound(store, AT);
    expect(await entryOf('Z2')).toMatchObject({ state: 'progressing', title: '示例审计整改' });
    expect((await entryOf('Z2')).data).toMatchObject({ source: '审计', termMonths: 3, needsMeeting: true });
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'unassigned', title: '示例问题甲' });
    expect(await entryOf('Z2-2')).toMatchObject({ state: 'progressing', title: '示例问题乙' });
    expect(await entryOf('Z2-2-1')).toMatchObject({ state: 'unassigned', title: '示例措施' });
    const item = { feedbackOn: '2026-11-16', termMonths: 3, needsMeeting: true, aspect: '示例方面' };
    expect(await dataOf('Z2-2-1')).toMatchObject(item);
  });

  it('is made by officers, and with one name and date only once', async () => {
    const round = { title: '示例轮次', source: 'own', feedbackOn: '2026-11-20' };
    await makeRound(store, '唐文澜', round, AT);
    await expect(makeRound(store, '程一禾', round, AT)).rejects.toThrow('已有同名、同反馈日期的轮次 Z2');
    const early = { ...round, feedbackOn: '2026-11-24' };
    await expect(makeRound(store, '程一禾', early, AT)).rejects.toThrow('2026-11-24 还没有到');
    await expect(step('方远山', '加问题', 'Z2', { title: '示例' })).rejects.toThrow(/不在您可以查看/u);
    expect(await entryOf('Z2')).toMatchObject({ state: 'opened' });
  });

  it('takes problems at its own level only, and a problem that is worked on takes no measures', async () => {
    await expect(step('程一禾', '加问题', REF, { title: '示例' })).rejects.toThrow('Z1-1-1 现为「待分派」');
    await expect(step('程一禾', '加措施', REF, { measures: '示例' })).rejects.toThrow('不是问题');
    await buildRound(store, AT);
    await assign(store, 'Z2-1', { responsible: ['方远山'], dueOn: DUE_ON, at: AT });
    await say(store, '方远山', ['进展', 'Z2-1'], AT, { text: '示例' });
    await expect(step('程一禾', '加措施', 'Z2-1', { measures: '示例' })).rejects.toThrow('已整体指派');
  });

  it('that was closed is open again with a problem more', async () => {
    await close(store, 'Z1-3-1', AT);
    await close(store, 'Z1-3-2', AT);
    expect(await entryOf('Z1-3')).toMatchObject({ state: 'closed' });
    const { added } = await step('程一禾', '加措施', 'Z1-3', { measures: '示例措施一\n示例措施二' });
    expect(added.map(({ ref }) => ref)).toEqual(['Z1-3-3', 'Z1-3-4']);
    expect(await entryOf('Z1-3')).toMatchObject({ state: 'progressing', closedAt: null });
  });
});

describe('修改', () => {
  it('keeps what was said before in the history, and what is left empty as it was', async () => {
    await step('程一禾', '修改', REF, { target: '甲', published: 'no' });
    await step('唐文澜', '修改', REF, { target: '乙', title: '新的\n示例措施' });
    expect(await entryOf(REF)).toMatchObject({ title: '新的 示例措施' });
    expect(await dataOf(REF)).toMatchObject({ target: '乙', isSensitive: true });
    const entries = entriesFor(store, store.database.rows, 'bureau');
    const history = await entries.history(await entries.get(REF));
    expect(history.map(({ values }) => values.replaced)).toEqual([
      undefined,
      { target: '（空）', published: 'yes' },
      { target: '甲', title: expect.stringMatching(/./u) },
    ]);
    await expect(step('程一禾', '修改', REF, { target: '乙' })).rejects.toThrow('没有改动');
  });

  it('of a round changes its name; of a problem, the problem and not its measures', async () => {
    await step('程一禾', '修改轮次', 'Z1', { title: '示例新名', source: 'audit' });
    expect(await entryOf('Z1')).toMatchObject({ title: '示例新名', data: { source: '审计' } });
    await step('程一禾', '修改', 'Z1-3', { title: '示例问题新名' });
    expect(await entryOf('Z1-3')).toMatchObject({ title: '示例问题新名', state: 'progressing' });
    await expect(step('程一禾', '修改', 'Z1', { title: '示例' })).rejects.toThrow('请发送「修改轮次 Z1」');
  });
});

describe('长期坚持', () => {
  const lasting = async (at = AT) =>
    step('程一禾', '指派', REF, await assignment(store, { category: 'lasting' }), at);

  it('needs no date: progress is due with the quarter, and telling it moves that on by one quarter at most', async () => {
    await lasting();
    expect(await entryOf(REF)).toMatchObject({ dueOn: '2026-12-31' });
    for (const day of ['2026-12-01', '2026-12-20'])
      await say(store, '方远山', ['进展', REF], on(day), { text: '示例' });
    expect(await entryOf(REF)).toMatchObject({ dueOn: '2027-03-31' });
    await say(store, '方远山', ['进展', REF], on('2027-08-02'), { text: '示例' });
    expect(await entryOf(REF)).toMatchObject({ dueOn: '2027-09-30' });
  });

  it('that begins at the end of a quarter is first due with the next', async () => {
    await lasting(on('2026-12-21'));
    expect(await entryOf(REF)).toMatchObject({ dueOn: '2027-03-31' });
  });

  it('cannot be put off; and other items need a date', async () => {
    await lasting();
    const deferral = { to: '2027-03-31', reason: '示例' };
    await expect(step('方远山', '申请延期', REF, deferral)).rejects.toThrow('长期坚持事项');
    const undated = step('程一禾', '指派', 'Z1-1-2', await assignment(store, { category: 'timed' }));
    await expect(undated).rejects.toThrow('请填写整改时限');
  });
});

describe('暂难整改', () => {
  it('is agreed to by the 责任领导, has its own date, and is taken up again with a new one', async () => {
    await assigned();
    await step('方远山', '申请暂难', REF, { until: '2027-03-01', reason: '等待示例批复' });
    expect(await entryOf(REF)).toMatchObject({ state: 'assigned', dueOn: DUE_ON });
    await expect(step('方远山', '申请延期', REF, { to: '2027-02-01', reason: '示例' })).rejects.toThrow(
      '暂难整改',
    );
    await say(store, '孟知行', ['同意暂难', REF], AT);
    expect(await entryOf(REF)).toMatchObject({ state: 'stalled', dueOn: '2027-03-01' });
    await expect(step('方远山', '恢复整改', REF, { dueOn: '2027-04-30' })).rejects.toThrow('不在其中');
    await say(store, '孟知行', ['恢复整改', REF], on('2027-02-22'), { dueOn: '2027-04-30' });
    expect(await entryOf(REF)).toMatchObject({ state: 'progressing', dueOn: '2027-04-30' });
    expect(await dataOf(REF)).toMatchObject({
      earlierDates: [
        { on: DUE_ON, by: 'stall' },
        { on: '2027-03-01', by: 'resume' },
      ],
    });
    expect((await dataOf(REF)).stall).toBeUndefined();
  });

  it('that is not agreed to changes nothing but is answered', async () => {
    await assigned();
    await step('方远山', '申请暂难', REF, { until: '2027-03-01', reason: '示例' });
    await step('孟知行', '不同意暂难', REF, { reason: '请继续推进' });
    expect(await entryOf(REF)).toMatchObject({ state: 'assigned', dueOn: DUE_ON });
    const told = await waitingMessages(store);
    expect(JSON.stringify(told.filter(({ to }) => to === '方远山'))).toContain('请继续推进');
  });
});

test('no closing is asked for without a file of evidence, and the refusal offers the word', async () => {
  await assigned();
  const message = expect.stringContaining('至少需要 1 个（依据：本项目建议：每条措施至少一份佐证文件）');
  const asking = step('方远山', '申请销号', REF, { summary: '示例', evidence: '示例' });
  await expect(asking).rejects.toMatchObject({ message, offers: [{ action: `补充佐证 ${REF}` }] });
});

describe('党组会审定', () => {
  it('closes what the round leaves to it, with the meeting and its date', async () => {
    await buildRound(store, AT);
    await close(store, 'Z2-1', AT);
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'approved', closedAt: null });
    const meeting = { name: '局党组会第 21 次会议', on: '2026-11-30' };
    await expect(step('程一禾', '审定', 'Z2-1', meeting)).rejects.toThrow('2026-11-30 还没有到');
    const before = { ...meeting, on: '2026-11-20' };
    await expect(step('程一禾', '审定', 'Z2-1', before)).rejects.toThrow('会议日期 2026-11-20 在其之前');
    await expect(step('方远山', '审定', 'Z2-1', meeting)).rejects.toThrow('指定的工作人员');
    await say(store, '唐文澜', ['审定', 'Z2-1'], on('2026-11-30'), meeting);
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'closed', closedAt: on('2026-11-30') });
    expect(await dataOf('Z2-1')).toMatchObject({ meeting, lookBackOn: '2027-02-28' });
  });

  it('may give it back instead', async () => {
    await buildRound(store, AT);
    await close(store, 'Z2-1', AT);
    await step('唐文澜', '退回', 'Z2-1', { reason: '示例' });
    expect(await entryOf('Z2-1')).toMatchObject({ state: 'returned' });
    expect(await dataOf('Z2-1')).not.toHaveProperty('approvedBy');
  });
});

describe('回头看', () => {
  const found = { how: 'visit', text: '现场核查，制度执行到位' };

  it('is due three months after the closing: 巩固 then, and not before', async () => {
    await close(store, REF, AT);
    const entries = entriesFor(store, store.database.rows, 'bureau');
    const due = async (date: string) => (await lookBackDue(entries, store, date)).map(({ ref }) => ref);
    expect(await due('2027-02-22')).toEqual([]);
    expect(await due('2027-02-23')).toEqual([REF]);
    const [section] = await lookBackSections(entries, store, '2027-02-23');
    expect(section?.heading).toBe('回头看到期（1）');
    await expect(step('程一禾', '巩固', REF, found, on('2027-02-22'))).rejects.toThrow(
      '回头看时间是 2027-02-23',
    );
    await step('程一禾', '巩固', REF, found, on('2027-02-23'));
    expect(await entryOf(REF)).toMatchObject({ state: 'consolidated', closedAt: AT });
    expect(await due('2027-03-01')).toEqual([]);
  });

  it('that finds it undone opens it again with all above it, and only new evidence counts', async () => {
    await close(store, 'Z1-3-1', AT);
    await close(store, 'Z1-3-2', AT);
    const later = on('2027-01-11');
    await step('程一禾', '反弹', 'Z1-3-1', { ...found, dueOn: '2027-03-31' }, later);
    expect(await entryOf('Z1-3-1')).toMatchObject({ state: 'relapsed', dueOn: '2027-03-31', closedAt: null });
    expect(await entryOf('Z1-3')).toMatchObject({ state: 'progressing', closedAt: null });
    expect(await dataOf('Z1-3-1')).toMatchObject({
      relapses: 1,
      earlierDates: [{ on: '2027-02-26', by: 'relapse' }],
      earlierClosings: [{ relapsedOn: '2027-01-11' }],
    });
    const again = { summary: '示例', evidence: '示例' };
    await expect(step('方远山', '申请销号', 'Z1-3-1', again, later)).rejects.toThrow(
      '反弹以后有佐证文件 0 个',
    );
    await giveEvidence(store, '方远山', 'Z1-3-1', on('2027-01-12'));
    await step('方远山', '申请销号', 'Z1-3-1', again, on('2027-01-12'));
    expect(await entryOf('Z1-3-1')).toMatchObject({ state: 'applied' });
  });
});

describe('the 督查员', () => {
  it('writes down an answer by telephone, which is the week’s answer, and the person sees it', async () => {
    await assigned();
    const [person, officer] = [await personNamed(store, '方远山'), await personNamed(store, '程一禾')];
    const said = { answer: 'difficult', text: '示例经费未到位', with: person.id };
    await step('程一禾', '电话', REF, said);
    const week = { week: '2026-W48', answer: 'difficult', text: '示例经费未到位', takenBy: officer.id };
    expect((await dataOf(REF)).weekly).toEqual(week);
    expect((await waitingMessages(store)).map(({ to }) => to).sort()).toEqual(['孟知行', '方远山'].sort());
    const other = { ...said, with: officer.id };
    await expect(step('程一禾', '电话', REF, other)).rejects.toThrow('程一禾不是 Z1-1-1 的责任人或协办人');
  });

  it('looks into an item without changing its state', async () => {
    await apply(store, REF, AT);
    await step('程一禾', '核查', REF, { how: 'papers', on: '2026-11-23', findings: '示例' });
    expect(await entryOf(REF)).toMatchObject({ state: 'applied' });
    const tomorrow = { how: 'visit', on: '2026-11-24', findings: '示例' };
    await expect(step('程一禾', '核查', REF, tomorrow)).rejects.toThrow('2026-11-24 还没有到');
  });
});
