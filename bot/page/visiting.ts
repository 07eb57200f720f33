import type { Asking } from '../../handlers/define.ts';
import { readPerson } from '../../ledger/directory.ts';
import type { RawValues } from '../../ledger/form.ts';
import {
  findVisit,
  isWorthProlonging,
  leavePages,
  type Opened,
  openPageLink,
  type PageHolder,
  prolongVisit,
  type Visit,
} from '../../ledger/page-link.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { ask } from '../asking.ts';
import type { House } from '../house.ts';
import { personIdOf } from '../identify.ts';
import type { Inbound } from '../platform.ts';

/** Who visits the pages, and the house as he sees it there. */
export interface Visitor {
  visit: Visit;
  asking: Asking;
}

const CLOSED = '页面已关闭或已超时。请回到聊天，重新获取链接。';
const closed = () => new Refusal('form-closed', CLOSED);

/** Uses a link up. @returns the cookie of the visit and the page that was opened; nothing where link and code do not open it */
export async function enter(
  house: House,
  { secret, code, cookie }: { secret: string; code: string; cookie: string | undefined },
): Promise<{ cookie: string; page: Opened } | undefined> {
  const { store } = house;
  const at = house.now();
  const opening = await store.database.write(async (rows) => {
    const before = cookie === undefined ? undefined : await findVisit(store, rows, cookie);
    const isTheirs = async ({ personId, platform, externalId }: PageHolder) => {
      const person = await readPerson(rows, personId);
      const owner = await personIdOf(rows, house.platforms, { platform, account: externalId });
      return owner === personId && person?.active === true;
    };
    return openPageLink(store, rows, { secret, code, at, isTheirs, before });
  });
  const page = opening?.visit.opened.at(-1);
  return opening && page && { cookie: opening.cookie, page };
}

/** Whether the browser has a visit that goes on, one that is over but was not ended, or none. */
export async function visitAt(house: House, cookie: string | undefined): Promise<'on' | 'over' | 'none'> {
  const { store } = house;
  const visit = cookie && (await findVisit(store, store.database.rows, cookie));
  if (!visit) return 'none';
  return visit.until <= house.now() ? 'over' : 'on';
}

/** Whose visit the browser has, whether it goes on or not; nothing where it has none. */
export async function personVisiting(
  { store }: House,
  cookie: string | undefined,
): Promise<string | undefined> {
  const visit = cookie === undefined ? undefined : await findVisit(store, store.database.rows, cookie);
  return visit?.personId;
}

/**
 * Who the browser belongs to; a sign of life.
 * @throws Refusal `form-closed` without a visit and when its account is not the person's any more; `unknown-person`
 */
export async function visitorOf(house: House, cookie: string | undefined): Promise<Visitor> {
  const { store } = house;
  const visit = cookie && (await findVisit(store, store.database.rows, cookie));
  if (!visit) throw closed();
  const at = house.now();
  const asking = await ask(house, fromPage(house, visit, { key: '', text: '' }), at);
  if (asking.person.id !== visit.personId) throw closed();
  if (isWorthProlonging(store, visit, at))
    await store.database.write((rows) => prolongVisit(store, rows, visit, at));
  return { visit, asking };
}

export const isOver = ({ visit, asking }: Visitor): boolean => visit.until <= asking.at;

/** @throws Refusal `form-closed` when the visit is over or has no such page */
export function pageOf<K extends Opened['kind']>(
  visitor: Visitor,
  kind: K,
  key: string,
): Extract<Opened, { kind: K }> {
  if (isOver(visitor)) throw closed();
  return openedAs(visitor, kind, key);
}

/** The same, though the visit may be over: for putting by what was being typed. */
export function openedAs<K extends Opened['kind']>({ visit }: Visitor, kind: K, key: string) {
  const page = visit.opened.find((opened) => opened.key === key && opened.kind === kind);
  if (!page) throw closed();
  return page as Extract<Opened, { kind: K }>;
}

/** 离开. */
export async function leave({ store }: House, cookie: string | undefined): Promise<void> {
  if (cookie === undefined) return;
  await store.database.write(async (rows) => {
    const visit = await findVisit(store, rows, cookie);
    if (visit) await leavePages(rows, visit);
  });
}

/** What a page sends goes the way of every message, as the person's own account said it. */
export const fromPage = (
  house: House,
  { platform, externalId }: Visit,
  said: { key: string; text: string; form?: RawValues },
): Inbound => ({ kind: 'action', platform, account: externalId, at: house.now(), onPage: true, ...said });
