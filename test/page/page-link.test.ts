import { describe, expect, it } from 'vitest';
import {
  addPage,
  findVisit,
  makePageLink,
  openPageLink,
  prolongVisit,
  sweepPageLinks,
} from '../../ledger/page-link.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';

const AT = new Date('2026-11-23T01:00:00.000Z');
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const holder = { personId: 'P1', platform: 'local', externalId: 'P1' };
const subject = { kind: 'form', draftId: 'D1' } as const;

let store: Store;
freshCopies(AT, (copy) => {
  store = copy.store;
});

const make = () => store.database.write((rows) => makePageLink(store, rows, { holder, subject, at: AT }));
const open = (
  secret: string,
  code: string,
  { at = AT, isTheirs = true }: { at?: Date; isTheirs?: boolean } = {},
) =>
  store.database.write((rows) =>
    openPageLink(store, rows, { secret, code, at, isTheirs: async () => isTheirs }),
  );

describe('a way to a page', () => {
  it('keeps neither secret nor code', async () => {
    const { secret, code } = await make();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(code).toMatch(/^\d{6}$/);
    const row = await store.database.rows.pageLink.findFirstOrThrow();
    const opened = JSON.stringify(store.keys.unseal(row.sealed, `page-link/${row.id}`));
    for (const kept of [JSON.stringify(row), opened]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(`"${code}"`);
    }
  });

  it('opens within its minutes and not on the last stroke of them', async () => {
    const [early, late] = [await make(), await make()];
    expect(await open(early.secret, early.code, { at: later(9) })).toBeDefined();
    expect(await open(late.secret, late.code, { at: later(10) })).toBeUndefined();
  });

  it('is as good as unknown for an account that is not the person’s any more', async () => {
    const { secret, code } = await make();
    expect(await open(secret, code, { isTheirs: false })).toBeUndefined();
    expect(await open(secret, code)).toBeDefined();
  });

  it('does not count wrong codes for another link', async () => {
    const [one, other] = [await make(), await make()];
    for (let times = 0; times < 5; times++)
      await open(one.secret, other.code === one.code ? 'x' : other.code);
    expect(await open(one.secret, one.code)).toBeUndefined();
    expect(await open(other.secret, other.code)).toBeDefined();
  });
});

describe('a visit', () => {
  it('goes on while there are signs of life, and never after it was over', async () => {
    const { secret, code } = await make();
    const opened = await open(secret, code);
    const cookie = opened?.cookie ?? '';
    const live = async (at: Date) => {
      const visit = await findVisit(store, store.database.rows, cookie);
      if (visit) await store.database.write((rows) => prolongVisit(store, rows, visit, at));
      return (await findVisit(store, store.database.rows, cookie))?.until;
    };
    expect(await live(later(29))).toEqual(later(59));
    expect(await live(later(60))).toEqual(later(59));
  });

  it('keeps what the same person had open in the same browser, and ends the visit before', async () => {
    const [one, other] = [await make(), await make()];
    const first = await open(one.secret, one.code);
    const second = await store.database.write((rows) =>
      openPageLink(store, rows, { ...other, at: AT, isTheirs: async () => true, before: first?.visit }),
    );
    expect(second?.visit.opened.map(({ key }) => key)).toContain(first?.visit.opened[0]?.key);
    expect(await findVisit(store, store.database.rows, first?.cookie ?? '')).toBeUndefined();
  });

  it('holds at most twenty pages, and one of a kind once', async () => {
    const { secret, code } = await make();
    const opened = await open(secret, code);
    const visit = opened?.visit;
    if (!visit) throw new Error('It did not open');
    const add = (ref: string) =>
      store.database.write((rows) => addPage(store, rows, visit, { kind: 'entry', ref }));
    const keys = [await add('R1'), await add('R1')].map(({ key }) => key);
    expect(keys[0]).toBe(keys[1]);
    for (let number = 2; number <= 30; number++) await add(`R${number}`);
    const found = await findVisit(store, store.database.rows, opened?.cookie ?? '');
    expect(found?.opened).toHaveLength(20);
  });

  it('is forgotten a day after it was over, a link that was not opened when its minutes are', async () => {
    const [used, unused] = [await make(), await make()];
    await open(used.secret, used.code);
    const left = () => store.database.rows.pageLink.count();
    await store.database.write((rows) => sweepPageLinks(rows, later(9)));
    expect(await left()).toBe(2);
    await store.database.write((rows) => sweepPageLinks(rows, later(11)));
    expect(await left()).toBe(1);
    await store.database.write((rows) => sweepPageLinks(rows, later(24 * 60 + 31)));
    expect(await left()).toBe(0);
    expect(await open(unused.secret, unused.code)).toBeUndefined();
  });
});
