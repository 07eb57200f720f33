import { describe, expect, it } from 'vitest';
import { readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { hideFrom } from '../../../ledger/hide-entry.ts';
import { countFigures, totalOf } from '../../../ledger/rectification/figures/figures.ts';
import { reportOf } from '../../../ledger/rectification/published/report-of.ts';
import { rectification } from '../../../ledger/rectification/rectification.ts';
import { supervisionCards } from '../../../ledger/rectification/supervision.ts';
import { applyPlan } from '../../../ledger/rectification/workbook/apply-plan.ts';
import { planImport } from '../../../ledger/rectification/workbook/plan.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';
import { close } from './at-closing.ts';
import { giveEvidence } from './give-evidence.ts';
import { buildRound } from './round-by-words.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REASON = { reason: '录入错误' };

let record: SampleRecord;

/** Z2-1, a problem without measures; Z2-2 with Z2-2-1; and after every test the chain holds. */
verifiedCopies(AT, async (copy) => {
  record = copy;
  await buildRound(copy.store, AT);
});

const named = (name: string) => personNamed(record.store, name);
const rows = () => record.store.database.rows;

async function say(name: string, word: string, ref: string, values: Record<string, unknown> = {}) {
  return takeStep(record.store, { person: await named(name), word, ref, at: AT, values });
}

async function assign(ref: string, dueOn = '2026-12-31'): Promise<void> {
  const [leader, responsible] = [(await named('孟知行')).id, [(await named('许星阑')).id]];
  await say('程一禾', '指派', ref, { leader, responsible, dueOn });
}

const stateOf = async (ref: string) => (await rows().entry.findUniqueOrThrow({ where: { ref } })).state;

async function hide(ref: string, name: string): Promise<void> {
  const { id } = await rows().entry.findUniqueOrThrow({ where: { ref } });
  const from = (await named(name)).id;
  // Hidden beside the chain, which does not fit any more: put back by the test that does so.
  await record.store.database.write((writing) =>
    hideFrom({ store: record.store, rows: writing, at: AT }, { id, ref, ownedBy: undefined }, [from]),
  );
}

const unhide = () => record.store.database.write((writing) => writing.recusal.deleteMany());

describe('what was taken out', () => {
  it('is in no figure, no report, on no weekly card and in nobody’s list, whatever they count', async () => {
    const { store } = record;
    const person = await named('程一禾');
    const entries = entriesFor(store, rows(), person);
    const period = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
    const asked = { entries, among: 'seen', period, today: '2026-11-23', calendar: store.calendar } as const;
    const report = async () =>
      (await reportOf({ entries, today: '2026-11-23', rules: store.rules }, 'Z2')).report;
    await assign('Z2-1');
    const [before, published] = [totalOf(await countFigures(asked)), JSON.stringify(await report())];
    await say('程一禾', '作废', 'Z2-1', REASON);
    expect(totalOf(await countFigures(asked))).toEqual({
      ...before,
      items: before.items - 1,
      open: before.open - 1,
    });
    expect(published).toContain('共 2 个问题');
    expect(JSON.stringify(await report())).toContain('共 1 个问题');
    expect(JSON.stringify(await report())).toContain('1.关于“示例问题乙”问题的整改');
    const staff = await named('许星阑');
    expect(await supervisionCards(store, rows(), [staff], '2026-11-23')).toEqual(new Map());
    const own = entriesFor(store, rows(), staff);
    for (const filter of [{}, { leaf: true }, { open: false }, { personId: staff.id }, { below: 'Z2' }])
      expect((await own.list(filter)).map(({ ref }) => ref)).toEqual([]);
    expect(await own.partsOf(staff.id, 'rectification')).toEqual(new Set());
    expect((await own.get('Z2-1')).state).toBe('taken-out');
    expect((await own.list({ stateLabel: '已作废' })).map(({ ref }) => ref)).toEqual(['Z2-1']);
    expect(await own.list({ stateLabel: '已' })).toEqual([]);
  });

  it('leaves a problem that is given out itself, on the weekly card of who has it', async () => {
    await say('程一禾', '作废', 'Z2-2-1', REASON);
    await assign('Z2-2');
    const cards = await supervisionCards(record.store, rows(), [await named('许星阑')], '2026-11-23');
    expect(JSON.stringify([...cards.values()])).toContain('Z2-2 示例问题乙');
  });

  it('closes the problem and the round when what is left of them is closed', async () => {
    await say('程一禾', '加措施', 'Z2-2', { measures: '多写的措施' });
    await say('程一禾', '作废', 'Z2-1', REASON);
    await close(record.store, 'Z2-2-1', AT);
    await say('唐文澜', '审定', 'Z2-2-1', { on: '2026-11-23', name: '第 1 次会议' });
    expect([await stateOf('Z2-2'), await stateOf('Z2')]).toEqual(['progressing', 'progressing']);
    await say('程一禾', '作废', 'Z2-2-2', REASON);
    expect([await stateOf('Z2-2'), await stateOf('Z2')]).toEqual(['closed', 'closed']);
  });

  it('leaves a round without any problem as it was when it was made', async () => {
    await say('程一禾', '作废', 'Z2-1', REASON);
    await say('叶知秋', '作废', 'Z2-2', REASON);
    expect([await stateOf('Z2'), await stateOf('Z2-2-1')]).toEqual(['opened', 'taken-out']);
    expect((await say('程一禾', '加问题', 'Z2', { title: '示例' })).added[0]?.ref).toBe('Z2-3');
  });

  it('was never worked on: a file is a record, and so is a check', async () => {
    await assign('Z2-1');
    await giveEvidence(record.store, '许星阑', 'Z2-1', AT);
    await expect(say('程一禾', '作废', 'Z2-1', REASON)).rejects.toThrow('Z2-1 已有签收、进展等办理记录');
    await assign('Z2-2-1');
    await say('程一禾', '核查', 'Z2-2-1', { how: 'visit', on: '2026-11-23', findings: '示例' });
    await expect(say('程一禾', '作废', 'Z2-2-1', REASON)).rejects.toThrow('已有签收、进展等办理记录');
    await expect(say('程一禾', '作废', 'Z2-2', REASON)).rejects.toThrow('Z2-2 之下有已经办理的措施');
  });

  it('is not closed by the same people’s 修改, which may come before', async () => {
    await say('程一禾', '修改', 'Z2-1', { title: '改过的问题' });
    await assign('Z2-1');
    await takeMessages(record.store);
    await say('唐文澜', '作废', 'Z2-1', REASON);
    const told = await takeMessages(record.store);
    expect(told.map(({ to }) => to).sort()).toEqual(['孟知行', '许星阑']);
  });
});

describe('a workbook', () => {
  const row = (line: number, cells: Record<string, string>, problem: string, measure = '') => ({
    ...{ sheet: '表', line, aspect: '', problem, measure, mapping: {} },
    cells: Object.fromEntries(Object.entries(cells).map(([field, text]) => [field, { text, column: 'A' }])),
  });

  async function planned(given: ReturnType<typeof row>[]) {
    const { store } = record;
    const person = await named('程一禾');
    const context = {
      ...{ store, rows: rows(), entries: entriesFor(store, rows(), person), today: '2026-11-23', at: AT },
      ...{ directory: await readDirectory(rows()), person },
    };
    return planImport(context, given as never, { ref: 'Z2' });
  }

  it('that was exported before brings nothing back, and new rows get numbers that nobody had', async () => {
    await say('程一禾', '作废', 'Z2-1', REASON);
    await say('程一禾', '作废', 'Z2-2-1', REASON);
    const plan = await planned([
      row(2, { ref: 'Z2-1', version: '1' }, '示例问题甲'),
      row(3, { ref: 'Z2-2-1', version: '1' }, '示例问题乙', '示例措施'),
      row(4, { ref: '2-1' }, '示例问题乙', '示例措施'),
      row(5, { measure: '示例措施' }, '示例问题乙', '示例措施'),
      row(6, { number: '1' }, '示例问题甲'),
    ]);
    expect(plan.rows.map(({ kind, ref, says }) => [kind, ref, ...says])).toEqual([
      ['refused', 'Z2-1', 'Z2-1 已作废，编号不再使用'],
      ['refused', 'Z2-2-1', 'Z2-2-1 已作废，编号不再使用'],
      ['refused', 'Z2-2-1', expect.stringMatching(/已作废|重复/u)],
      ['add', 'Z2-2-2'],
      ['add', 'Z2-3'],
    ]);
    await applyPlan({ store: record.store, actor: await named('程一禾'), at: AT }, plan);
    const states = await Promise.all(['Z2-1', 'Z2-2-1', 'Z2-2-2', 'Z2-3', 'Z2-2'].map(stateOf));
    expect(states).toEqual(['taken-out', 'taken-out', 'unassigned', 'unassigned', 'progressing']);
  });

  it('puts no measure below a problem that was taken out while the plan was looked at', async () => {
    const plan = await planned([row(2, { measure: '新措施' }, '示例问题乙', '新措施')]);
    await say('程一禾', '作废', 'Z2-2', REASON);
    const done = await applyPlan({ store: record.store, actor: await named('程一禾'), at: AT }, plan);
    expect(done.rows.map(({ kind }) => kind)).toEqual(['refused']);
    expect(await rows().entry.count({ where: { ref: { startsWith: 'Z2-2-' } } })).toBe(1);
  });

  it('puts no measure below a problem that is an item again and was given out', async () => {
    await say('程一禾', '作废', 'Z2-2-1', REASON);
    await assign('Z2-2');
    const plan = await planned([row(2, { measure: '新措施' }, '示例问题乙', '新措施')]);
    expect(plan.rows.map(({ kind, says }) => [kind, ...says])).toEqual([
      ['refused', 'Z2-2 本身已是一个整改事项，不能再加措施'],
    ]);
  });
});

describe('回避', () => {
  it('nobody takes out what is hidden from him by taking out the problem above it, nor is he told of it', async () => {
    await hide('Z2-2-1', '程一禾');
    await expect(say('程一禾', '作废', 'Z2-2-1', REASON)).rejects.toThrow('没有找到编号「Z2-2-1」');
    await expect(say('程一禾', '作废', 'Z2-2', REASON)).rejects.toThrow('Z2-2 之下有已经办理的措施');
    expect(await stateOf('Z2-2-1')).toBe('unassigned');
    await unhide();
  });

  it('offers no short number of what is hidden', async () => {
    await hide('Z2-1', '程一禾');
    const entries = entriesFor(record.store, rows(), await named('程一禾'));
    await expect(entries.get('2-1')).rejects.toThrow('「2-1」是「Z1-2-1」还是「Z2-2-1」？请写全编号。');
    await unhide();
  });
});

it('the state stands in the ledger as every other, and closes it', () => {
  expect(rectification.states['taken-out']).toEqual({ label: '已作废', closed: true });
});
