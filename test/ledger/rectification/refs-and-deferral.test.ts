import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Person } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { situationOf } from '../../../ledger/move.ts';
import { operate } from '../../../ledger/operation.ts';
import { importReport } from '../../../ledger/rectification/import-report.ts';
import { parseReport } from '../../../ledger/rectification/report/parse-report.ts';
import { freshCopies } from '../../fresh-record.ts';
import { asCard } from '../../jobs/at-work.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const SECOND_ROUND = new URL('../../../sample/rectification-report.txt', import.meta.url);

let record: SampleRecord;

freshCopies(AT, (copy) => {
  record = copy;
});

const named = (name: string) => personNamed(record.store, name);
const eyesOf = (person: Person) => entriesFor(record.store, record.store.database.rows, person);
const step = (person: Person, word: string, ref: string, values: Record<string, unknown>) =>
  takeStep(record.store, { person, word, ref, at: AT, values });

async function assign(ref: string, leader: Person, responsible: Person[]): Promise<void> {
  const values = { leader: leader.id, responsible: responsible.map(({ id }) => id), dueOn: '2026-12-31' };
  await step(await named('程一禾'), '指派', ref, values);
}

it('a short number means the one round in which the person has it, and is asked back where there are two', async () => {
  const report = parseReport(
    (await readFile(SECOND_ROUND, 'utf8')).replace('2026年9月14日', '2026年10月14日'),
  );
  await operate(record.store, { actor: 'command:test', at: AT }, (operation) =>
    importReport(operation, report),
  );
  const [officer, staff] = [await named('程一禾'), await named('林砚秋')];
  await assign('Z1-1-1', await named('孟知行'), [staff]);
  expect((await eyesOf(staff).get('1-1')).ref).toBe('Z1-1-1');
  await expect(eyesOf(officer).get('1-1')).rejects.toThrow(
    '「1-1」是「Z1-1」、「Z1-1-1」还是「Z2-1-1」？请写全编号。',
  );
});

it('nobody decides on the deferral that he asked for, also when he became 责任领导 meanwhile', async () => {
  const [first, second, leader] = [await named('林砚秋'), await named('许星阑'), await named('孟知行')];
  await assign('Z1-2-1', leader, [first, second]);
  await step(first, '申请延期', 'Z1-2-1', { to: '2027-02-28', reason: '外部单位未回函' });
  await assign('Z1-2-1', first, [second]);
  for (const word of ['准予延期', '不予延期']) {
    await expect(step(first, word, 'Z1-2-1', { reason: '示例' })).rejects.toThrow(/延期/u);
  }
  expect((await eyesOf(first).get('Z1-2-1')).dueOn).toBe('2026-12-31');
});

it('a deferral is bounded by the rules: the refusal says what was asked, what is allowed, and by which clause', async () => {
  const staff = await named('林砚秋');
  await assign('Z1-2-1', await named('孟知行'), [staff]);
  const ask = (to: string) => step(staff, '申请延期', 'Z1-2-1', { to, reason: '示例' });
  const why =
    '申请延期至 2027-04-01，超过上限：Z1-2-1 原时限 2026-12-31，一次延期最多 3 个月，最迟可延至 2027-03-31（依据：本项目建议：一次延期最多三个月）';
  await expect(ask('2027-04-01')).rejects.toMatchObject({
    code: 'invalid-input',
    message: `${why}。`,
    fields: { to: why },
  });
  record.store.rules.rectification.deferralMaxMonths = 4;
  await ask('2027-04-30');
  record.store.rules.rectification.deferralMaxMonths = 3;
});

it('what is set aside is bounded too, from its date, or from today where that is over', async () => {
  const staff = await named('林砚秋');
  await assign('Z1-2-1', await named('孟知行'), [staff]);
  const ask = (until: string, at = AT) => {
    const values = { until, reason: '示例' };
    return takeStep(record.store, { person: staff, word: '申请暂难', ref: 'Z1-2-1', at, values });
  };
  const refusal = (until: string, from: string, to: string) => {
    const why = `申请暂难至 ${until}，超过上限：Z1-2-1 自 ${from} 起，一次暂难最多 6 个月，恢复整改的日期最迟为 ${to}，到期复核（依据：本项目建议：一次暂难最多六个月，到期复核能否恢复）`;
    return { code: 'invalid-input', message: `${why}。`, fields: { until: why } };
  };
  await expect(ask('2027-07-01')).rejects.toMatchObject(refusal('2027-07-01', '2026-12-31', '2027-06-30'));
  const over = new Date('2027-01-20T02:00:00Z');
  const fromToday = refusal('2027-07-21', '2027-01-20', '2027-07-20');
  await expect(ask('2027-07-21', over)).rejects.toMatchObject(fromToday);
  record.store.rules.rectification.stallMaxMonths = 7;
  await ask('2027-07-21', over);
  record.store.rules.rectification.stallMaxMonths = 6;
});

it('who decides on a deferral is shown both dates and how many days lie between, in the message and with the item', async () => {
  const [staff, leader] = [await named('林砚秋'), await named('孟知行')];
  await assign('Z1-2-1', leader, [staff]);
  await takeMessages(record.store);
  await step(staff, '申请延期', 'Z1-2-1', { to: '2027-02-28', reason: '外部单位未回函' });
  const line = '原时限 2026-12-31，新时限 2027-02-28，延长 59 天。';
  const [told] = await takeMessages(record.store);
  expect(asCard(told?.content ?? { kind: 'text', text: '' }).sections[0]?.lines).toEqual([
    '林砚秋 申请延期至 2027-02-28：外部单位未回函',
    line,
  ]);
  const shown = await operate(record.store, { actor: leader, at: AT }, async (operation) => {
    const entry = await operation.entries.get('Z1-2-1');
    return operation.entries.ledgerOf(entry).describe(situationOf(operation, leader, entry));
  });
  expect(JSON.stringify(shown)).toContain(line);
});
