import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inbound } from '../../bot/platform.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, openBureau, readable, START } from '../harness.ts';
import { brokenLedger } from './broken-ledger.ts';
import { inbound, StandInPlatform } from './stand-in-platform.ts';

const FIXED_LINE = /^抱歉，系统出现故障，这次操作没有生效。故障已记录（编号 ([0-9a-f]{8})），请稍后再试。$/;
const READER = '林砚秋';
const DAY_MS = 86_400_000;

let filed: number;

/** A third ledger that breaks whenever something is filed. */
const broken = brokenLedger({
  async file(operation) {
    filed += 1;
    // What it did until then must leave no trace.
    await operation.rows.meta.create({ data: { name: `filed-${filed}`, value: '' } });
    throw new Error('the filing is broken');
  },
});

let bureau: Bureau;
let platform: StandInPlatform;
/** A second way into the same database, as somebody at the file would have it. */
let other: Store;
let logged: { level: number; msg: string; inbox?: string; message?: string }[];
let time: number;

beforeEach(async () => {
  filed = 0;
  logged = [];
  time = Date.parse(START);
  platform = new StandInPlatform();
  const log = pino({ level: 'error' }, { write: (line) => void logged.push(JSON.parse(line)) });
  bureau = await openBureau({
    world: {
      now: () => new Date(time),
      log,
      ledgers: [...ledgers, broken],
      platforms: [platform.setting],
    },
  });
  // Both write from one thread: whoever waited for the other would wait for himself.
  await bureau.service.idle();
  other = await openStore(bureau.environment, [...ledgers, broken]);
});

afterEach(async () => {
  await bureau.service.stop();
  await other.database.close();
  await bureau.close();
});

const said = (key: string, text: string, more: Partial<Inbound> = {}): Inbound =>
  inbound({ key, account: bureau.idOf(READER), text, at: new Date(time), ...more });

const window = () => platform.window(bureau.idOf(READER)).map(readable);

/** Comes in, all before anything of it is looked at by the test. */
async function comesIn(...messages: Inbound[]): Promise<void> {
  for (const message of messages) await platform.receiver.message(message);
  await bureau.service.idle();
}

/** Opens the broken ledger's form. @returns the line behind its first button */
async function formOpened(): Promise<string> {
  await comesIn(said('form', '示例故障'));
  const form = platform.window(bureau.idOf(READER)).at(-1);
  if (form?.kind !== 'form') throw new Error('A form was expected');
  return form.actions[0]?.action ?? '';
}

describe('what came in', () => {
  it('is kept sealed, and gone once it is settled; only its key is remembered', async () => {
    const { rows } = other.database;
    await comesIn(said('one', '帮助'));
    expect(await rows.inbox.count()).toBe(0);
    expect(await rows.request.findUnique({ where: { key: 'one' } })).toMatchObject({ sealed: null });
    expect(window()).toHaveLength(1);
  });

  it('is answered once, however often it comes', async () => {
    await Promise.all([1, 2, 3].map(() => platform.receiver.message(said('one', '帮助'))));
    await bureau.service.idle();
    await comesIn(said('one', '帮助'), said('one', '帮助'));
    expect(window()).toHaveLength(1);
  });

  it('is settled at the next start when the process ended before', async () => {
    const message = said('one', '帮助');
    await bureau.service.stop();
    const sealed = other.keys.seal(message, 'inbox/one');
    await other.database.rows.inbox.create({
      data: { key: 'one', receivedAt: message.at, attempts: 1, sealed },
    });
    await bureau.restart();
    await bureau.service.idle();
    expect(window()).toHaveLength(1);
    expect(await other.database.rows.inbox.count()).toBe(0);
  });
});

describe('a message that meets a fault each time', () => {
  it('is answered with the fixed line after three attempts, and leaves no trace in the ledger', async () => {
    const submit = await formOpened();
    const records = await other.database.rows.auditRecord.count();
    await comesIn(said('poison', submit, { form: { content: '示例' } }));
    expect(filed).toBe(3);
    expect(window().at(-1)).toMatch(FIXED_LINE);
    const [, number] = FIXED_LINE.exec(window().at(-1) ?? '') ?? [];
    expect(logged.filter(({ message }) => message === number).map(({ msg }) => msg)).toEqual(
      Array.from({ length: 3 }, () => 'a message met a fault'),
    );
    expect(await other.database.rows.auditRecord.count()).toBe(records);
    expect(await other.database.rows.meta.count({ where: { name: { startsWith: 'filed-' } } })).toBe(0);
  });

  it('does not block those behind it', async () => {
    const submit = await formOpened();
    await comesIn(said('a-poison', submit, { form: { content: '示例' } }), said('b', '帮助'));
    expect(window().slice(1)).toEqual([
      expect.stringMatching(FIXED_LINE),
      expect.stringContaining('我能帮您做什么'),
    ]);
    expect(await other.database.rows.inbox.count()).toBe(0);
  });

  it('does nothing when it comes again', async () => {
    const poison = said('poison', await formOpened(), { form: { content: '示例' } });
    await comesIn(poison);
    await comesIn(poison, poison);
    expect(filed).toBe(3);
    expect(window().filter((line) => FIXED_LINE.test(line))).toHaveLength(1);
  });

  it('is counted over restarts, so that one that ends the process is not tried forever', async () => {
    const poison = said('poison', '帮助');
    const sealed = other.keys.seal(poison, 'inbox/poison');
    await other.database.rows.inbox.create({
      data: { key: 'poison', receivedAt: new Date(time - 1), attempts: 3, sealed },
    });
    await comesIn(said('next', '帮助'));
    expect(window()).toEqual([expect.stringMatching(FIXED_LINE), expect.stringContaining('我能帮您做什么')]);
  });
});

it('a button that meets a fault is answered with the fixed line at once, and may be pressed again', async () => {
  const submit = await formOpened();
  const press = said('press', submit, { kind: 'action', form: { content: '示例' } });
  expect(await platform.receiver.action(press)).toMatchObject({ toast: expect.stringMatching(FIXED_LINE) });
  expect(await platform.receiver.action(press)).toMatchObject({ toast: expect.stringMatching(FIXED_LINE) });
  expect(filed).toBe(2);
});

it('a stored message whose bytes were changed is dropped and logged, and those behind it are answered', async () => {
  const changed = other.keys.seal(said('changed', '帮助'), 'inbox/changed');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  await other.database.rows.inbox.create({
    data: { key: 'changed', receivedAt: new Date(time - 1000), attempts: 0, sealed: changed },
  });
  await comesIn(said('next', '帮助'));
  expect(window()).toEqual([expect.stringContaining('我能帮您做什么')]);
  expect(await other.database.rows.inbox.count()).toBe(0);
  expect(logged).toMatchObject([
    { inbox: 'changed', msg: 'a stored message does not open: it is dropped unanswered' },
  ]);
  // The platform may still bring it again, whole.
  await comesIn(said('changed', '帮助'));
  expect(window()).toHaveLength(2);
});

it('a form that is over, sent again by a typed line, is answered like any message', async () => {
  await comesIn(said('form', '我要报告'));
  const form = platform.window(bureau.idOf(READER)).at(-1);
  const abandon = form?.kind === 'form' ? (form.actions[1]?.action ?? '') : '';
  await comesIn(said('first', abandon));
  await comesIn(said('second', abandon));
  await comesIn(said('third', abandon.replace('放弃', '提交')));
  expect(window().slice(1)).toEqual(Array(3).fill('已放弃，未作任何登记。'));
  expect(logged).toEqual([]);
});

it('the sweep forgets what was settled long ago, and only that', async () => {
  const { rows } = other.database;
  const remembered = () => rows.request.findMany({ where: { key: { in: ['old', 'new'] } } });
  const movedBy = (days: number) =>
    bureau.moveClock(new Date(Date.parse(START) + days * DAY_MS).toISOString());
  await comesIn(said('old', '帮助'));
  await movedBy(6);
  await comesIn(said('new', '帮助'));
  expect(await remembered()).toHaveLength(2);
  await movedBy(8);
  expect(await remembered()).toMatchObject([{ key: 'new' }]);
});
