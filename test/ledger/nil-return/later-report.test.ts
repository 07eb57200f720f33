import { expect, test } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import { filing } from '../../../ledger/intercession/filing.ts';
import { operate } from '../../../ledger/operation.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, takeMessages } from '../../sample-record.ts';
import { houseOf } from '../intercession/house-of-sample.ts';
import { ASKED, declaredBy, NONE, openAskedBureau, press } from './asked-bureau.ts';

let store: Store;
verifiedCopies(openAskedBureau, (copy) => {
  store = copy.store;
});

const WHO = '林砚秋';
const LATER = new Date('2026-12-09T02:00:00Z');
const IN_NOVEMBER = { happenedAt: '2026-11-20T10:00', lateReason: '当时在外地' };

const says = async (name: string, words: string): Promise<string> => {
  const content = await houseOf(store)(await personNamed(store, name), words, LATER);
  return content ? readable(content) : '';
};

/** Files a report. @returns the receipt as it is read */
async function receiptOf(values: Record<string, unknown>): Promise<string> {
  const person = await personNamed(store, WHO);
  const raw = {
    happenedAt: '2026-12-09T09:00',
    channel: 'phone',
    intercessorName: '不详',
    intercessorKind: 'unknown',
    stage: 'review',
    circumstances: ['lobbying'],
    content: '来电请求关照。',
    reply: 'refused',
    promise: true,
    ...values,
  };
  const content = await operate(store, { actor: person, at: LATER }, (operation) =>
    filing.file(operation, person, raw),
  );
  return readable(content);
}

test('a report of that month brings the return into line, and says so in its receipt', async () => {
  await press(store, WHO, NONE);
  expect(await receiptOf(IN_NOVEMBER)).toContain('您2026年11月的零报告已随之补正，无需另行办理。');
  expect(await declaredBy(store, WHO)).toEqual([['none', 'some']]);
  const list = await says(WHO, '我的零报告');
  const shown = await says(WHO, `查看 ${/[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(list)?.[0]}`);
  expect(shown).toContain('登记：补正');
  expect(`${list}${shown}`).not.toMatch(/追责|逾期|违规|虚假|漏报|瞒报/);
});

test('a report of another month, or without a return, leaves everything as it is', async () => {
  await press(store, WHO, NONE);
  expect(await receiptOf({})).not.toContain('补正');
  expect(await receiptOf({ ...IN_NOVEMBER, happenedAt: '2026-10-31T23:59' })).not.toContain('零报告');
  expect(await declaredBy(store, WHO)).toEqual([['none']]);
  await fileReport(store, await personNamed(store, '许星阑'), LATER, IN_NOVEMBER);
  expect(await declaredBy(store, '许星阑')).toEqual([]);
});

test('nobody else sees anything of it: coverage, ledgers, figures and messages are what they were', async () => {
  await press(store, WHO, NONE);
  const readers = ['唐文澜', '姜明澈', '田守正', '孟知行', '郑怀瑾', '沈若谷', '罗子衿', '许星阑'];
  const look = async () => {
    const seen: string[] = [];
    for (const name of readers) {
      for (const words of ['零报告进度', '零报告进度 2026-11', '台账 零报告', '我的零报告'])
        seen.push(`${name} ${words}\n${await says(name, words)}`);
    }
    await takeMessages(store);
    return seen;
  };
  const before = await look();
  await receiptOf({ ...IN_NOVEMBER, recuse: '唐文澜' });
  const told = (await takeMessages(store)).filter(({ content }) => readable(content).includes('零报告'));
  expect(told).toEqual([]);
  expect(await look()).toEqual(before);
});

test('of the return the report’s day decides, at both ends of the month', async () => {
  await press(store, WHO, NONE);
  await receiptOf({ ...IN_NOVEMBER, happenedAt: '2026-11-01T00:00' });
  await receiptOf({ ...IN_NOVEMBER, happenedAt: '2026-11-30T23:59' });
  await receiptOf({ ...IN_NOVEMBER, happenedAt: '2026-12-01T00:00' });
  expect(await declaredBy(store, WHO)).toEqual([['none', 'some', 'some']]);
  expect(ASKED < LATER).toBe(true);
});
