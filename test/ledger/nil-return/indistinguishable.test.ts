import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActionAnswer } from '../../../bot/platform.ts';
import type { Store } from '../../../ledger/store.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';
import { ASKED, declaredBy, houseAround, NONE, openAskedBureau, press, SOME } from './asked-bureau.ts';
import { everythingStored, overheard, withoutRandom } from './everything-stored.ts';

let began: SampleRecord;
let worlds: SampleRecord[];

beforeAll(async () => {
  began = await openAskedBureau();
});
afterAll(() => began.close());
beforeEach(async () => {
  worlds = [await began.copy(), await began.copy()];
});
afterEach(async () => {
  for (const world of worlds) await world.close();
});

const WHO = '林砚秋';
const LATER = new Date('2026-12-03T02:00:00Z');

/** All that anybody could see of it. */
interface Seen {
  answer: string;
  messages: string;
  tables: Record<string, unknown[]>;
  calls: string[];
  log: string;
}

/** Lives on from one line in a world of its own. */
async function seenAfter(
  { store }: SampleRecord,
  live: (store: Store, answers: ActionAnswer[], log: string[]) => Promise<void>,
): Promise<Seen> {
  const log: string[] = [];
  const answers: ActionAnswer[] = [];
  const { store: heard, calls } = overheard(store);
  await live(heard, answers, log);
  const tables = await everythingStored(store);
  return {
    answer: withoutRandom(JSON.stringify(answers)),
    messages: withoutRandom(JSON.stringify(await takeMessages(store))),
    tables,
    calls,
    log: withoutRandom(log.join('')),
  };
}

type Lived = (store: Store, line: string, answers: ActionAnswer[], log: string[]) => Promise<void>;

async function bothWays(live: Lived): Promise<[Seen, Seen]> {
  const [first, second] = worlds;
  if (!first || !second) throw new Error('There are two worlds');
  const none = await seenAfter(first, (store, answers, log) => live(store, NONE, answers, log));
  const some = await seenAfter(second, (store, answers, log) => live(store, SOME, answers, log));
  return [none, some];
}

const tapped: Lived = async (store, line, answers, log) => {
  answers.push(await press(store, WHO, line, ASKED, houseAround(store, ASKED, log), 'the-press'));
};

describe('「无此类情形」 and 「有情形」', () => {
  it('leave the same answer, rows, lengths, database calls and log behind', async () => {
    const [none, some] = await bothWays(tapped);
    expect(none.answer).toContain('已收到您的零报告（2026年11月）');
    expect(none.answer).toContain('我要报告');
    expect(none.calls.length).toBeGreaterThan(10);
    expect(some).toEqual(none);
    const declared = await Promise.all(worlds.map(({ store }) => declaredBy(store, WHO)));
    expect(declared).toEqual([[['none']], [['some']]]);
  });

  it('leave the same behind when the other button is pressed after them', async () => {
    const [none, some] = await bothWays(async (store, line, answers, log) => {
      await tapped(store, line, answers, log);
      const house = houseAround(store, LATER, log);
      answers.push(await press(store, WHO, NONE, LATER, house, 'once-more'));
    });
    expect(none.answer).toContain('您已申报2026年11月零报告，没有重复登记');
    expect(some).toEqual(none);
  });

  it('leave the same behind when they are corrected, to the other or to the same', async () => {
    const [none, some] = await bothWays(async (store, line, answers, log) => {
      await tapped(store, line, answers, log);
      const [entry] = await store.database.rows.entry.findMany({ where: { ledger: 'nil-return' } });
      const person = await personNamed(store, WHO);
      const ref = entry?.ref ?? '';
      await takeStep(store, { person, word: '更正', ref, at: LATER, values: { answer: 'some' } });
    });
    expect(some).toEqual(none);
    const declared = await Promise.all(worlds.map(({ store }) => declaredBy(store, WHO)));
    expect(declared).toEqual([[['none', 'some']], [['some', 'some']]]);
  });

  it('leave the same behind when a report of that month follows', async () => {
    const [none, some] = await bothWays(async (store, line, answers, log) => {
      await tapped(store, line, answers, log);
      const happened = { happenedAt: '2026-11-20T10:00', lateReason: '当时在外地' };
      await fileReport(store, await personNamed(store, WHO), LATER, happened);
    });
    expect(some).toEqual(none);
    const actions = await worlds[0]?.store.database.rows.auditRecord.findMany({
      orderBy: { seq: 'desc' },
      take: 2,
    });
    expect(actions?.map(({ action }) => action)).toEqual(['nil-return.supplement', 'intercession.file']);
  });
});
