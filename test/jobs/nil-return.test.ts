import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { nilReturnAsk } from '../../jobs/nil-return-ask.ts';
import { nilReturnRemind } from '../../jobs/nil-return-remind.ts';
import { scheduler } from '../../jobs/scheduler.ts';
import { headline } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import { importRoster } from '../../ledger/roster/import-roster.ts';
import type { Rules, Store } from '../../ledger/store.ts';
import { freshCopies, freshRecord } from '../fresh-record.ts';
import { BEGAN, NONE, press, SOME } from '../ledger/nil-return/asked-bureau.ts';
import { takeMessages } from '../sample-record.ts';
import { receivers, saidBy } from './at-work.ts';
import { silent } from './live-through.ts';

let store: Store;
freshCopies(BEGAN, (copy) => {
  store = copy.store;
});

const ASK = '2026-12-01T01:40:00Z';
const DUE = '2026-12-07T01:40:00Z';
const PEOPLE = 21;

const ruled = (nilReturn: Partial<Rules['nilReturn']>): Store => ({
  ...store,
  rules: { ...store.rules, nilReturn: { ...store.rules.nilReturn, ...nilReturn } },
});

describe('the question', () => {
  it('goes once to everybody who works here, on the first workday after the month', async () => {
    expect(await saidBy(store, nilReturnAsk, '2026-12-01T01:39:59Z')).toEqual([]);
    const messages = await saidBy(store, nilReturnAsk, ASK);
    expect(new Set(receivers(messages)).size).toBe(PEOPLE);
    expect(messages).toHaveLength(PEOPLE);
    expect(new Set(messages.map(({ content }) => JSON.stringify(content))).size).toBe(1);
    expect(messages[0]?.content).toMatchObject({
      title: '零报告（2026年11月）',
      actions: [
        { action: NONE, label: '无此类情形' },
        { action: SOME, label: '有情形' },
      ],
    });
    for (const at of [ASK, '2026-12-02T01:40:00Z', '2026-12-31T01:40:00Z'])
      expect(await saidBy(store, nilReturnAsk, at)).toEqual([]);
  });

  it('is not put for a month before the bureau began, also where no ledger has anything yet', async () => {
    expect(await saidBy(store, nilReturnAsk, '2026-11-20T01:40:00Z')).toEqual([]);
    await store.database.write(async (rows) => {
      await rows.entryPerson.deleteMany();
      await rows.auditRecord.updateMany({ data: { entryId: null } });
      await rows.entry.deleteMany({ where: { parentId: { not: null }, children: { none: {} } } });
      await rows.entry.deleteMany({ where: { parentId: { not: null } } });
      await rows.entry.deleteMany();
    });
    expect(await saidBy(store, nilReturnAsk, ASK)).toHaveLength(PEOPLE);
  });

  it('waits for the end of quiet hours, and heals what was missed', async () => {
    const messages = await saidBy(store, nilReturnAsk, '2026-12-05T15:00:00Z');
    expect(messages).toHaveLength(PEOPLE);
    expect(messages[0]?.notBefore).toEqual(new Date('2026-12-07T00:00:00Z'));
    expect(JSON.stringify(messages[0]?.content)).toContain('请不晚于 2026-12-11 点选一次');
    expect(await saidBy(store, nilReturnRemind, DUE)).toEqual([]);
    expect(await saidBy(store, nilReturnRemind, '2026-12-11T01:40:00Z')).toHaveLength(PEOPLE);
  });

  it('comes once, for the last month, after three months in which nobody looked', async () => {
    const messages = await saidBy(store, nilReturnAsk, '2027-03-10T01:40:00Z');
    expect(messages).toHaveLength(PEOPLE);
    expect(headline(messages[0]?.content ?? { kind: 'text', text: '' })).toBe('零报告（2027年2月）');
  });

  it('comes month by month where the clock goes on through three months', async () => {
    let now = BEGAN;
    const log = pino({ level: 'silent' });
    const jobs = [nilReturnAsk, nilReturnRemind];
    const timetable = scheduler({ store, now: () => now, log }, jobs, () => undefined, silent);
    now = new Date('2027-03-01T00:00:00Z');
    await timetable.catchUp(now);
    const said = (await takeMessages(store)).filter(({ to }) => to === '林砚秋');
    expect(said.map(({ content }) => headline(content))).toEqual([
      '零报告（2026年11月）',
      '零报告提醒（2026年11月）',
      '零报告（2026年12月）',
      '零报告提醒（2026年12月）',
      '零报告（2027年1月）',
      '零报告提醒（2027年1月）',
    ]);
    await timetable.stop();
  });

  it('is not put where it is switched off, and by quarter where it is ruled so', async () => {
    expect(await saidBy(ruled({ enabled: false }), nilReturnAsk, ASK)).toEqual([]);
    const quarterly = ruled({ period: 'quarter' });
    expect(await saidBy(quarterly, nilReturnAsk, ASK)).toEqual([]);
    const messages = await saidBy(quarterly, nilReturnAsk, '2027-01-04T01:40:00Z');
    expect(headline(messages[0]?.content ?? { kind: 'text', text: '' })).toBe('零报告（2026年第四季度）');
  });
});

describe('who came and went', () => {
  const roster = (numbers: readonly number[]) =>
    numbers.map((number) => ({
      line: number,
      staffNumber: `X${number}`,
      name: `示例新人${number}`,
      department: '办公室',
      post: '',
      roles: [],
      isHead: false,
    }));

  const join = (numbers: readonly number[], at: string) =>
    operate(store, { actor: 'command:import', at: new Date(at) }, (operation) =>
      importRoster(operation, roster(numbers)),
    );

  it('who joined in the month is asked, who joined after the question is neither asked nor reminded', async () => {
    await join([1], '2026-11-25T02:00:00Z');
    expect(receivers(await saidBy(store, nilReturnAsk, ASK))).toContain('示例新人1');
    await join([2], '2026-12-02T02:00:00Z');
    const reminded = receivers(await saidBy(store, nilReturnRemind, DUE));
    expect(reminded).toContain('示例新人1');
    expect(reminded).not.toContain('示例新人2');
    await expect(press(store, '示例新人2', NONE, new Date(DUE))).resolves.toMatchObject({ refused: true });
  });

  it('who left is neither asked nor reminded', async () => {
    const leave = (staffNumber: string) =>
      store.database.write((rows) => rows.person.update({ where: { staffNumber }, data: { active: false } }));
    await leave('S020');
    expect(receivers(await saidBy(store, nilReturnAsk, ASK))).not.toContain('石清扬');
    await leave('S019');
    expect(receivers(await saidBy(store, nilReturnRemind, DUE))).toHaveLength(PEOPLE - 2);
  });

  it('a large bureau is asked in turns, each person once', async () => {
    await join(
      Array.from({ length: 230 }, (_, index) => index + 1),
      '2026-11-25T02:00:00Z',
    );
    const messages = await saidBy(store, nilReturnAsk, ASK);
    expect(new Set(receivers(messages)).size).toBe(PEOPLE + 230);
    expect(messages).toHaveLength(PEOPLE + 230);
  });
});

describe('the reminder', () => {
  it('goes once, on the due workday, to who has not answered, whatever the others said', async () => {
    await saidBy(store, nilReturnAsk, ASK);
    await press(store, '林砚秋', NONE, new Date(ASK));
    await press(store, '许星阑', SOME, new Date(ASK));
    expect(await saidBy(store, nilReturnRemind, '2026-12-04T01:40:00Z')).toEqual([]);
    const messages = await saidBy(store, nilReturnRemind, DUE);
    expect(messages).toHaveLength(PEOPLE - 2);
    expect(receivers(messages)).not.toContain('林砚秋');
    expect(receivers(messages)).not.toContain('许星阑');
    for (const at of [DUE, '2026-12-08T01:40:00Z', '2026-12-31T01:40:00Z'])
      expect(await saidBy(store, nilReturnRemind, at)).toEqual([]);
  });

  it('of a bureau that began today says nothing', async () => {
    const young = await freshRecord(new Date(ASK));
    await takeMessages(young.store);
    expect(await saidBy(young.store, nilReturnAsk, ASK)).toEqual([]);
    expect(await saidBy(young.store, nilReturnRemind, DUE)).toEqual([]);
  });
});
