import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fillRounds } from '../../../bench/ledger-data.ts';
import { readEnvironment } from '../../../config/environment.ts';
import { readPerson } from '../../../ledger/directory.ts';
import { type Entries, entriesFor, type Stretch, type TableFilter } from '../../../ledger/entry.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import type { Rows, Store } from '../../../ledger/store.ts';
import { openStore } from '../../../open-store.ts';
import { memoryFolder } from '../../memory-folder.ts';

/** A ledger of so many measures, and 200 people; 责任领导 are the first twenty. */
export interface LedgerOfMany {
  folder: string;
  store: Store;
  close(): Promise<void>;
}

export async function openLedgerOfMany(entries: number, closed: number): Promise<LedgerOfMany> {
  const folder = await mkdtemp(join(await memoryFolder(), 'qinglian-many-'));
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'none.yaml') });
  const store = await openStore(environment, ledgers);
  await fillRounds(store, { entries, people: 200 }, closed);
  return {
    folder,
    store,
    async close() {
      await store.database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const [OFFICER, LEADER, HEAD, STAFF] = [
  'person-000000',
  'person-000003',
  'person-000051',
  'person-000060',
] as const;

export const MEASURES = { ledger: 'rectification', leaf: true, isPart: true as const };

export interface Reader {
  id: string;
  entries: Entries;
  /** What of the ledger is his. */
  asked: TableFilter;
}

/** One of each kind. @param rows through which they read */
export function readersOf(store: Store, rows: Rows): Promise<Reader[]> {
  return Promise.all(
    [OFFICER, LEADER, HEAD, STAFF].map(async (id) => {
      const person = await readPerson(rows, id);
      if (!person) throw new Error(`Nobody is ${id}`);
      const own = { personId: id, ...(person.isHead && { departmentId: person.departmentId }) };
      const asked = { ...MEASURES, ...(person.roles.includes('supervisor') ? {} : { within: own }) };
      return { id, entries: entriesFor(store, rows, person), asked };
    }),
  );
}

export const LEADERS = Array.from(
  { length: 20 },
  (_, index) => `person-${String(index + 1).padStart(6, '0')}`,
);
const DEPARTMENTS = ['000002', '000000', '000003', '000001'].map((number) => `department-${number}`);

/** How a table may be told apart. */
export const GROUPINGS: Readonly<Record<string, readonly Stretch[]>> = {
  'by state': ['assigned', 'signed', 'progressing', 'stalled', 'closed'].map((state) => ({
    states: [state],
  })),
  'by department': [
    ...DEPARTMENTS.map((departmentId) => ({ departmentId })),
    { elsewhere: DEPARTMENTS },
    { elsewhere: null },
  ],
  'by 责任领导': [...LEADERS, null].map((by) => ({ held: { part: 'leader', by } })),
};
