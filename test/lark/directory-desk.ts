import { pino } from 'pino';
import { afterEach } from 'vitest';
import {
  type DirectorySyncing,
  type DirectorySyncOptions,
  openDirectorySync,
} from '../../bot/lark/directory/directory-sync.ts';
import { notedChanges } from '../../bot/lark/directory/noted-changes.ts';
import { readDirectory } from '../../ledger/directory.ts';
import type { Store } from '../../ledger/store.ts';
import { verifiedCopies } from '../fresh-record.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';
import { bureauWorld, type World, type WorldPerson } from './directory-world.ts';

export const AT = new Date('2026-11-24T02:00:00Z');

/** The sample bureau, the same bureau as the platform has it, and the sync from there to here. */
export class DirectoryDesk {
  readonly store: Store;
  readonly world: World;
  sync: DirectorySyncing;

  static async open({ store }: SampleRecord): Promise<DirectoryDesk> {
    return new DirectoryDesk(store, await bureauWorld(store));
  }

  private constructor(store: Store, world: World) {
    this.store = store;
    this.world = world;
    this.sync = this.openSync();
  }

  /** Another one on the same record, as a process has it that was just started. */
  openSync(options: Partial<DirectorySyncOptions> = {}): DirectorySyncing {
    return openDirectorySync({
      ...{ store: this.store, api: this.world.api, platform: 'lark', now: () => AT },
      ...{ settleMs: 20, retryMs: 10, log: pino({ level: 'silent' }) },
      ...options,
    });
  }

  /** An event of the platform about the person. */
  changed(staffNumber: string, left = false): Promise<void> {
    return this.sync.changed({ kind: 'person', openId: `ou_${staffNumber}`, left });
  }

  inWorld(staffNumber: string): WorldPerson {
    const person = this.world.people.find(({ open_id }) => open_id === `ou_${staffNumber}`);
    if (!person) throw new Error(`Nobody has the number ${staffNumber}`);
    return person;
  }

  resign(staffNumber: string): void {
    this.world.people = this.world.people.filter(({ open_id }) => open_id !== `ou_${staffNumber}`);
  }

  /** How many changes wait to be read. */
  async noted(): Promise<number> {
    return (await notedChanges(this.store, 'lark')).length;
  }

  /** Who is in the record. */
  async names(): Promise<string[]> {
    return (await readDirectory(this.store.database.rows)).people.map(({ name }) => name);
  }

  /** What was called since it was last asked. */
  apis(): string[] {
    return this.world.calls.splice(0).map(({ api }) => api);
  }
}

/** The sample bureau, once everybody was read. */
export async function openRead(): Promise<SampleRecord> {
  const record = await openSampleRecord(AT);
  const { sync } = await DirectoryDesk.open(record);
  await sync.full();
  await sync.stop();
  return record;
}

/** Each test has a desk of its own, and after it the audit trail holds. */
export function freshDesks(
  at: Parameters<typeof verifiedCopies>[0],
  begin: (desk: DirectoryDesk) => void,
): void {
  let desk: DirectoryDesk;
  verifiedCopies(at, async (copy) => {
    desk = await DirectoryDesk.open(copy);
    begin(desk);
  });
  afterEach(() => desk.sync.stop());
}
