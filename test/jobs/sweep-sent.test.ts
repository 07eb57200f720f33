import { expect, test } from 'vitest';
import { addMessage, latestSeq, messagesAfter } from '../../bot/local/messages.ts';
import { runJob } from '../../jobs/run.ts';
import { sweep } from '../../jobs/sweep.ts';
import type { Store } from '../../ledger/store.ts';
import { openSampleRecord } from '../sample-record.ts';

const BEGAN = new Date('2026-01-05T01:00:00Z');
const SWEPT_AT = '2026-11-30T19:00:00Z';
const DAY_MS = 86_400_000;
/** So many days before the sweep, and a second earlier. */
const aged = (days: number) => new Date(Date.parse(SWEPT_AT) - days * DAY_MS);
const older = (days: number) => new Date(aged(days).getTime() - 1000);

async function lineUp(
  { database: { rows } }: Store,
  key: string,
  state: string,
  notBefore: Date,
): Promise<void> {
  await rows.outbox.create({
    data: {
      ...{ id: key, key, state, notBefore, personId: 'somebody', createdAt: notBefore },
      ...{ sealed: new Uint8Array(), attempts: 1 },
    },
  });
}

test('what was sent is forgotten after 90 days, what could not be delivered after 180, and what waits never', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const { rows } = store.database;
  await lineUp(store, 'sent, old', 'sent', older(90));
  await lineUp(store, 'sent, young', 'sent', aged(90));
  await lineUp(store, 'within another, old', 'within', older(90));
  await lineUp(store, 'given up, old', 'dead', older(180));
  await lineUp(store, 'given up, young', 'dead', aged(180));
  await lineUp(store, 'waiting, very old', 'waiting', older(300));
  await runJob(store, sweep, new Date(SWEPT_AT));
  const left = (await rows.outbox.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key);
  expect(left).toEqual(['given up, young', 'sent, young', 'waiting, very old']);
  await close();
});

test('what a job says weekly is forgotten, and what it does once for ever is not', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const { rows } = store.database;
  const jobs = ['weekly-card', 'graded-warning', 'nil-return-ask', 'greeting'];
  for (const job of jobs)
    await rows.jobRun.create({ data: { job, occurrence: 'long ago', ranAt: older(90) } });
  await rows.jobRun.create({ data: { job: 'weekly-card', occurrence: 'of late', ranAt: aged(90) } });
  await runJob(store, sweep, new Date(SWEPT_AT));
  const left = await rows.jobRun.findMany({ where: { occurrence: 'long ago' }, orderBy: { job: 'asc' } });
  expect(left.map(({ job }) => job)).toEqual(['graded-warning', 'greeting', 'nil-return-ask']);
  expect(await rows.jobRun.count({ where: { occurrence: 'of late' } })).toBe(1);
  await close();
});

test('a card is kept as things stand for 90 days, and what it shows is forgotten with it', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const { rows } = store.database;
  for (const [messageId, sentAt] of [
    ['old', older(90)],
    ['young', aged(90)],
  ] as const)
    await rows.heldCard.create({
      data: {
        ...{ platform: 'local', messageId, externalId: 'somebody', personId: 'somebody', sentAt },
        sealed: new Uint8Array([1]),
        entries: { create: [{ ref: 'Z1-1', version: 1 }] },
      },
    });
  await runJob(store, sweep, new Date(SWEPT_AT));
  expect((await rows.heldCard.findMany()).map(({ messageId }) => messageId)).toEqual(['young']);
  expect((await rows.heldCardEntry.findMany()).map(({ messageId }) => messageId)).toEqual(['young']);
  await close();
});

test('years of it go in turns, and none is left behind', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const { rows } = store.database;
  const at = older(200);
  const data = Array.from({ length: 2500 }, (_, index) => ({ key: `key ${index}`, settledAt: at }));
  await rows.request.createMany({ data });
  await rows.localMessage.createMany({
    data: data.map(({ key }) => ({ messageId: key, window: 'somebody', at, sealed: new Uint8Array([1]) })),
  });
  await runJob(store, sweep, new Date(SWEPT_AT));
  expect([await rows.request.count(), await rows.localMessage.count()]).toEqual([0, 0]);
  await close();
});

test('whoever looks into a window of the local chat goes on where he stood, whatever is gone from its beginning', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const say = (window: string, text: string, at: Date) =>
    addMessage(store, { messageId: text, window, authorId: null, at, content: { kind: 'text', text } });
  const textsAfter = async (seq: number) =>
    (await messagesAfter(store, 'somebody', seq)).map(({ seq: place, messageId }) => [place, messageId]);
  await say('somebody', 'long ago', older(100));
  await say('another', 'to another, long ago', older(99));
  await say('group', 'to all, long ago', older(98));
  await say('somebody', 'seen before', aged(2));
  const before = await textsAfter(0);
  expect(before).toEqual([
    [1, 'long ago'],
    [2, 'to all, long ago'],
    [3, 'seen before'],
  ]);
  await runJob(store, sweep, new Date(SWEPT_AT));
  expect(await textsAfter(0)).toEqual([[3, 'seen before']]);
  expect(await textsAfter(1)).toEqual([[3, 'seen before']]);
  await say('somebody', 'new', aged(1));
  expect(await textsAfter(3)).toEqual([[4, 'new']]);
  expect(await latestSeq(store, 'somebody')).toBeGreaterThan(0);
  await close();
});
