import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import type { Entry } from '../ledger/define.ts';
import { type Person, readDirectory } from '../ledger/directory.ts';
import type { RawValues } from '../ledger/form.ts';
import { ledgers } from '../ledger/ledgers.ts';
import type { Content } from '../ledger/message.ts';
import { type LedgerMove, type Moved, makeMove } from '../ledger/move.ts';
import { operate } from '../ledger/operation.ts';
import { contentOf } from '../ledger/outbox.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';
import { clearAway, environmentIn, layOutSample } from './laid-out-sample.ts';
import { copyDatabase, onPostgresql } from './postgresql/databases.ts';

/** The sample bureau's record without the service around it: a database and a key file in a folder of their own. */
export interface SampleRecord {
  readonly folder: string;
  readonly environment: Environment;
  readonly store: Store;
  /** The same record once more, to be done with as one likes. */
  copy(): Promise<SampleRecord>;
  close(): Promise<void>;
}

/** @param at when the sample was loaded; a bureau that just began is not told of the week before */
export async function openSampleRecord(at: Date): Promise<SampleRecord> {
  const folder = await newFolder();
  await layOutSample(environmentIn(folder), at);
  return openRecord(folder);
}

const newFolder = () => mkdtemp(join(tmpdir(), 'qinglian-record-'));

async function openRecord(folder: string): Promise<SampleRecord> {
  const environment = environmentIn(folder);
  const store = await openStore(environment, ledgers);
  return {
    folder,
    environment,
    store,
    async copy() {
      const target = await newFolder();
      const { databaseUrl } = environmentIn(target);
      if (onPostgresql()) await copyDatabase(databaseUrl, environment.databaseUrl);
      else await store.database.copyTo(databaseUrl.slice('file:'.length));
      await cp(environment.keyFile, join(target, 'qinglian.key'));
      return openRecord(target);
    },
    async close() {
      await store.database.close();
      await clearAway(folder, environment);
    },
  };
}

/** Somebody of the sample bureau. */
export async function personNamed({ database }: Store, name: string): Promise<Person> {
  const [person] = (await readDirectory(database.rows)).named(name);
  if (!person) throw new Error(`Nobody in the sample bureau is called ${name}`);
  return person;
}

/** One word of one person about one entry. */
export interface Step {
  person: Person;
  word: string;
  ref: string;
  at: Date;
  values?: RawValues;
}

/** What a test that does not care about it says with a word. */
const USUAL: Readonly<Record<string, RawValues>> = { 备查: { ground: 'consultation' } };

/** @throws Refusal when a rule forbids it */
export function takeStep(store: Store, { person, word, ref, at, values = {} }: Step): Promise<Moved> {
  return operate(store, { actor: person, at }, async (operation) => {
    const entry = await operation.entries.get(ref);
    return makeMove(operation, moveWith(store, entry, word), person, entry, { ...USUAL[word], ...values });
  });
}

function moveWith(store: Store, entry: Entry, word: string): LedgerMove {
  const ledger = store.ledgers.find(({ name }) => name === entry.ledger);
  const move = ledger?.moves.find((candidate) => candidate.word === word);
  if (!ledger || !move) throw new Error(`${entry.ledger} has no move 「${word}」`);
  return { ledger, move };
}

/** A message in line. */
export interface Waiting {
  /** The name of the person it is for. */
  to: string;
  notBefore: Date;
  content: Content;
}

/** Everything that is in line and was not delivered, in the order in which it was put there. */
export async function waitingMessages(store: Store): Promise<Waiting[]> {
  const { rows } = store.database;
  const directory = await readDirectory(rows);
  const waiting = await rows.outbox.findMany({ where: { state: 'waiting' }, orderBy: { id: 'asc' } });
  return waiting.map((row) => ({
    to: directory.byId(row.personId)?.name ?? row.personId,
    notBefore: row.notBefore,
    content: contentOf(store, row),
  }));
}

/** Takes them out of line, as if they had gone out. */
export async function takeMessages(store: Store): Promise<Waiting[]> {
  const messages = await waitingMessages(store);
  await store.database.write((rows) =>
    rows.outbox.updateMany({ where: { state: 'waiting' }, data: { state: 'sent' } }),
  );
  return messages;
}
