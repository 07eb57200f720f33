import { Writable } from 'node:stream';
import { pino } from 'pino';
import { answerAction } from '../../../bot/answer-action.ts';
import type { House } from '../../../bot/house.ts';
import type { ActionAnswer } from '../../../bot/platform.ts';
import { handlersFor } from '../../../handlers/index.ts';
import { nilReturnAsk } from '../../../jobs/nil-return-ask.ts';
import { runJob } from '../../../jobs/run.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import type { Content } from '../../../ledger/message.ts';
import type { Store } from '../../../ledger/store.ts';
import { quietPlatform } from '../../quiet-platform.ts';
import { openSampleRecord, personNamed, type SampleRecord, takeMessages } from '../../sample-record.ts';

/** When the sample bureau began: in the middle of November. */
export const BEGAN = new Date('2026-11-18T02:00:00Z');
/** 1 December is the first workday after November; 7 December the fifth. */
export const ASKED = new Date('2026-12-01T01:40:00Z');
export const DUE = new Date('2026-12-07T01:40:00Z');
export const NONE = '零报告 2026-11 无';
export const SOME = '零报告 2026-11 有';

/** The sample bureau after everybody was asked for November. */
export async function openAskedBureau(): Promise<SampleRecord> {
  const record = await openSampleRecord(BEGAN);
  await takeMessages(record.store);
  await runJob(record.store, nilReturnAsk, ASKED);
  await takeMessages(record.store);
  return record;
}

const platform = quietPlatform('test');

/** The way of a press around a record; what is logged comes into `log`. */
export function houseAround(store: Store, at: Date, log: string[] = []): House {
  const lines = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  return {
    store,
    handlers: handlersFor(store.ledgers),
    platforms: [platform],
    now: () => at,
    log: pino({ level: 'trace', timestamp: false }, lines),
    wake: () => undefined,
  };
}

let presses = 0;

/** Somebody presses a button whose line this is. */
export async function press(
  store: Store,
  name: string,
  line: string,
  at: Date = ASKED,
  house: House = houseAround(store, at),
  key = `press-${++presses}`,
): Promise<ActionAnswer> {
  const { id: account } = await personNamed(store, name);
  return answerAction(house, {
    kind: 'action',
    key,
    platform: platform.name,
    account,
    text: line,
    at,
    messageId: 'card',
  });
}

/** What somebody declared for the periods, one after the other, as only the seal knows it. */
export async function declaredBy(store: Store, name: string): Promise<string[][]> {
  const { id } = await personNamed(store, name);
  const entries = entriesFor(store, store.database.rows, 'bureau');
  const own = await entries.list({ ledger: 'nil-return', personId: id });
  return own.map((entry) => {
    const { contents } = entries.read(entry) as { contents: { declared: { answer: string }[] } };
    return contents.declared.map(({ answer }) => answer);
  });
}

export const titleOf = (content: Content | undefined): string =>
  content === undefined || content.kind === 'text' ? '' : content.title;
