import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SampleRecord } from '../sample-record.ts';
import { fileKnown, NAMED, OFFICER, openBase, REPORTER, RESIDENT } from './bureaus.ts';
import { fileAndHandle } from './life.ts';
import { type Known, live, READERS, type Seen, WAYS } from './live.ts';
import { masked } from './masked.ts';
import { openTenant, type Tenant } from './tenant.ts';
import { openWorld } from './world.ts';

/** What stands in the chats before anything is filed, and is kept true. */
const BEFORE = ['台账', '未送达'];

/** What all worlds begin with: a record with one report, and cards in every chat. */
async function begin(base: SampleRecord, tenant: Tenant): Promise<void> {
  const world = await openWorld(base, tenant);
  const { rows } = base.store.database;
  const people = await rows.person.count();
  const areBound = async () => expect(await rows.account.count()).toBe(people);
  await vi.waitFor(areBound, { timeout: 60_000, interval: 20 });
  await Promise.all(READERS.map((name) => world.says(name, BEFORE)));
  await Promise.all(READERS.map((name) => world.feishu.writes(name, BEFORE.slice(0, 1))));
  await world.close();
  tenant.part();
}

/** A copy of the record lives on. @param known what was filed in the other world; undefined: it is filed in this one */
async function liveOn(base: SampleRecord, tenant: Tenant, visible: string, known?: Known) {
  const record = await base.copy();
  const world = await openWorld(record, tenant);
  const filed = known ? undefined : { ...(await fileAndHandle(world)), visible };
  const all = known ?? filed;
  if (!all) throw new Error('Nothing is known of what was filed');
  const seen = await live(world, filed, all);
  await world.close();
  await record.close();
  return { known: all, seen };
}

/**
 * Two copies of one record live the same two weeks: in one of them reports were filed that name somebody of each role. The whole
 * program runs, in two chats at once: the local one, where contents stand in the chat, and Feishu, where they travel by pages, its
 * cards made by the real platform code, taken by the strict stand-in and compared as they were handed over. What is drawn at
 * random is masked, and so is the head of the chain; nothing else.
 */
describe('a world in which reports were filed, and one in which they never were', () => {
  let withReports: { seen: Record<string, Seen> };
  let without: { seen: Record<string, Seen> };

  beforeAll(async () => {
    const base = await openBase();
    const visible = await fileKnown(base);
    const tenant = await openTenant(base.store);
    await begin(base, tenant);
    const first = await liveOn(base, tenant, visible);
    withReports = first;
    without = await liveOn(base, tenant, visible, first.known);
    await base.close();
    await tenant.close();
  }, 240_000);

  describe.each(WAYS)('%s', (way) => {
    it.each(Object.entries(NAMED))('is the same to the %s who is named, byte for byte', (_role, name) => {
      expect(without.seen[name]).toBeDefined();
      expect(masked(withReports.seen[name]?.[way])).toBe(masked(without.seen[name]?.[way]));
    });

    it.each(
      ['page', 'workbook'].includes(way) ? [OFFICER] : [OFFICER, RESIDENT],
    )('is not the same to %s, who is not named', (name) => {
      expect(without.seen[name]).toBeDefined();
      expect(masked(withReports.seen[name]?.[way])).not.toBe(masked(without.seen[name]?.[way]));
    });
  });

  it.each(
    Object.values(NAMED),
  )('are both looked at: %s had a form on his page, and cards in Feishu', (name) => {
    for (const { seen } of [withReports, without]) {
      expect(JSON.stringify(seen[name]?.page)).toContain('六位口令');
      expect(JSON.stringify(seen[name]?.page)).toContain('具体内容');
      expect(seen[name]?.feishu.sent.length).toBeGreaterThan(4);
    }
  });

  it('have the reports, and who filed them is told of each step', () => {
    expect(JSON.stringify(withReports.seen[REPORTER]?.feishu.sent)).toContain('您的记录有新进展');
    expect(JSON.stringify(without.seen[REPORTER]?.feishu.sent)).not.toContain('您的记录有新进展');
  });
});
