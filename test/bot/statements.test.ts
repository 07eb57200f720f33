import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { aboutCard, claimStale, markStale, settleShown } from '../../ledger/held-card.ts';
import { linesOfEach } from '../../prisma/lines-of-each.ts';
import { type Ran, ranDuring } from './counted-statements.ts';
import { openOnStandIn, StandInBureau } from './stand-in-bureau.ts';
import { inbound, STAND_IN } from './stand-in-platform.ts';

let bureau: StandInBureau;
let said = 0;

beforeEach(async () => {
  bureau = new StandInBureau(await openOnStandIn());
});
afterEach(() => bureau.close());

/** So many people say at once what opens a form, and all of them are answered. */
async function saidByMany(count: number): Promise<Ran> {
  const people = await bureau.other.database.rows.person.findMany({ take: count });
  const answered = bureau.platform.calls.length + people.length;
  const ran = await ranDuring(async () => {
    const messages = people.map(({ id }) =>
      inbound({ key: `many-${++said}`, account: id, text: '我要报告', at: new Date(bureau.time) }),
    );
    await Promise.all(messages.map((message) => bureau.platform.receiver.message(message)));
    await bureau.settle();
  });
  expect(bureau.platform.calls).toHaveLength(answered);
  return ran;
}

/** How often it was asked of the table, or the table changed; what is added goes in row by row. */
const about = ({ statements }: Ran, table: string): number =>
  statements.filter((sql) => new RegExp(`(?:FROM|UPDATE)\\s+[\`"](?:main\`\\.\`)?${table}[\`"]`).test(sql))
    .length;

describe('messages of many people that wait at once', () => {
  it('are settled, answered and noted as sent with few commits, however many they are', async () => {
    await saidByMany(2);
    const [few, many] = [await saidByMany(5), await saidByMany(15)];
    // To store, take, settle, claim, send and note them.
    expect(few.commits).toBeLessThanOrEqual(8);
    expect(many.commits).toBeLessThanOrEqual(10);
  });

  it('ask no table once for each of them that can be asked once for all', async () => {
    await saidByMany(2);
    const [few, many] = [await saidByMany(5), await saidByMany(15)];
    // One for each would be ten more; how many go into one commit depends on what comes together.
    for (const table of ['Inbox', 'Request', 'HeldCard', 'Outbox'])
      expect(about(many, table) - about(few, table), table).toBeLessThan(6);
    // What each of them needs for itself: who speaks, who works here, his form, and the rows that are added of it.
    expect((many.statements.length - few.statements.length) / 10).toBeLessThanOrEqual(12);
  });
});

/** A card is held, its entry changes, and it is taken to be shown anew. */
async function cardFollowed(): Promise<Ran> {
  const { other } = bureau;
  const at = new Date(bureau.time);
  const { id: personId } = await other.database.rows.person.findFirstOrThrow();
  const kept = { content: { kind: 'text', text: '示例' }, shown: '' };
  const card = { platform: STAND_IN, messageId: 'om_example' };
  const sealed = other.keys.seal(kept, aboutCard(card));
  return ranDuring(async () => {
    await other.database.write(async (rows) => {
      await rows.heldCard.create({
        data: {
          ...{ ...card, externalId: personId, personId, sealed, sentAt: at },
          entries: { create: { ref: 'Z1-1-1', version: 1 } },
        },
      });
      await markStale(rows, 'Z1-1-1', at, { evenOvertaken: false, by: personId });
    });
    const { cards } = await claimStale(other, at, 10);
    expect(cards).toHaveLength(1);
    await settleShown(
      other,
      cards.map((each) => ({ card: each, shown: { kind: 'text', text: '示例' } })),
    );
    await claim(other, { lane: 'notices', now: at, room: roomFor(20) });
  });
}

async function digestRead(): Promise<Ran> {
  const readers = [{ personId: 'person-1', mark: 'mark-1' }];
  const { rows } = bureau.other.database;
  return ranDuring(async () => {
    await linesOfEach(rows, readers, {
      ledger: 'rectification',
      part: 'responsible',
      states: ['progressing'],
    });
  });
}

describe('what is asked on the way of a message', () => {
  it('is found by an index, in whatever table that grows', async () => {
    const statements = [await saidByMany(5), await cardFollowed(), await digestRead()].flatMap(
      (ran) => ran.statements,
    );
    expect([...new Set(statements)].flatMap(scansIn)).toEqual([]);
  });

  it('passes by what is closed of all that somebody took part in', async () => {
    const { statements } = await digestRead();
    const plans = statements.flatMap(planOf);
    expect(plans).toContainEqual(expect.stringMatching(/^SEARCH e USING INDEX Entry_open_idx/));
  });
});

function planOf(sql: string): string[] {
  const { databaseUrl } = bureau.bureau.environment;
  const file = new DatabaseSync(databaseUrl.slice('file:'.length), { readOnly: true });
  const places = sql.match(/\?/g)?.length ?? 0;
  const plan = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: places }, () => null));
  file.close();
  return plan.map(({ detail }) => String(detail));
}

/** Parts of a statement that go through a whole table. */
const scansIn = (sql: string): string[] =>
  planOf(sql).flatMap((detail) =>
    /^SCAN (?!CONSTANT|sub\b|\d+-ROW VALUES|r\b|Reader\b)(?!.*USING (?:COVERING )?INDEX)/.test(detail)
      ? [`${detail}: ${sql}`]
      : [],
  );
