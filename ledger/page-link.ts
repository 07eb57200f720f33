import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Row, Rows, Store } from './store.ts';

/**
 * What a page shows: a form that was opened, an entry, 台账, to be taken away whole, where 整改台账 goes in and out as a table,
 * or that table itself.
 */
export type PageSubject =
  /** `back`: the query of the table from which it was opened. */
  | { kind: 'form'; draftId: string; back?: string }
  | { kind: 'entry'; ref: string; back?: string }
  | { kind: 'ledger' }
  | { kind: 'workbook' }
  | { kind: 'items' };

/** A subject under the name by which the pages of one visit call it: an address tells nothing of what stands on it. */
export type Opened = PageSubject & { key: string };

/** Whose account a link was made for. */
export interface PageHolder {
  personId: string;
  platform: string;
  externalId: string;
}

/** What the chat is told; nothing of it is kept but hashes. */
export interface PageLink {
  /** Stands in the address. */
  secret: string;
  /** 口令: six digits, typed on the page. */
  code: string;
}

/** A browser in which somebody opened a link. */
export interface Visit extends PageHolder {
  readonly id: string;
  readonly opened: readonly Opened[];
  /** Without a sign of life until then it is over. */
  readonly until: Date;
}

interface Kept {
  opened: Opened[];
  /** HMAC of the code under the secret: without the address nobody can try codes on it. */
  code: string;
}

const MINUTE_MS = 60_000;
const SECRET_BYTES = 32;
const CODE_BELOW = 1_000_000;
/** Pages that one visit can hold; the oldest go. */
const MOST_OPENED = 20;

/** The place that a link is bound to. */
export const aboutLink = (id: string): string => `page-link/${id}`;
const newSecret = () => randomBytes(SECRET_BYTES).toString('base64url');
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const codeUnder = (secret: string, code: string) => createHmac('sha256', secret).update(code).digest();
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
const named = (subject: PageSubject): Opened => ({ ...subject, key: randomBytes(6).toString('base64url') });

/** Makes a way to a page, for `rules.contents.linkMinutes` and one browser. */
export async function makePageLink(
  store: Store,
  rows: Rows,
  { holder, subject, at }: { holder: PageHolder; subject: PageSubject; at: Date },
): Promise<PageLink> {
  const secret = newSecret();
  const code = String(randomInt(CODE_BELOW)).padStart(6, '0');
  const id = hashOf(secret);
  const kept: Kept = { opened: [named(subject)], code: codeUnder(secret, code).toString('base64url') };
  await rows.pageLink.create({
    data: {
      ...holder,
      id,
      sealed: store.keys.seal(kept, aboutLink(id)),
      madeAt: at,
      expiresAt: later(at, store.rules.contents.linkMinutes),
    },
  });
  return { secret, code };
}

export interface Opening {
  secret: string;
  code: string;
  at: Date;
  /** Whether the account is still the person's, and he is here: else the link is as good as unknown. */
  isTheirs(holder: PageHolder): Promise<boolean>;
  /** The visit of the same browser until now: it ends, and what the same person had open stays open. */
  before?: Visit | undefined;
}

/**
 * Uses a link up. A link that is unknown, over, used or void and a code that is wrong come to the same, by the same work:
 * nothing.
 * @returns the visit, and the cookie that it is known by
 */
export async function openPageLink(
  store: Store,
  rows: Rows,
  { secret, code, at, isTheirs, before }: Opening,
): Promise<{ visit: Visit; cookie: string } | undefined> {
  const id = hashOf(secret);
  const row = await rows.pageLink.findUnique({ where: { id } });
  // What is unknown is opened and compared too: time must not tell the one from the other.
  const sealed = row?.sealed ?? store.keys.seal(DECOY, aboutLink(id));
  const kept = store.keys.unseal<Kept>(sealed, aboutLink(id));
  const isRight = timingSafeEqual(codeUnder(secret, code), Buffer.from(kept.code, 'base64url'));
  const cookie = newSecret();
  const until = later(at, store.rules.contents.pageMinutes);
  const fits = (await isTheirs(row ?? NOBODY)) && isRight;
  const { count } = await rows.pageLink.updateMany({
    where: {
      id: fits ? id : '',
      usedAt: null,
      expiresAt: { gt: at },
      attempts: { lt: store.rules.contents.codeAttempts },
    },
    data: { usedAt: at, session: hashOf(cookie), sessionUntil: until },
  });
  if (count === 0 || !row) {
    // Also of what is used or over: writing takes time, and time must not tell.
    await rows.pageLink.updateMany({ where: { id }, data: { attempts: { increment: 1 } } });
    return undefined;
  }
  const visit = visitOf(store, { ...row, sessionUntil: until });
  if (before) await leavePages(rows, before);
  const isSamePerson = before?.personId === row.personId && before.externalId === row.externalId;
  if (!isSamePerson) return { visit, cookie };
  const opened = latest([...before.opened, ...visit.opened]);
  await keep(store, rows, visit, opened);
  return { visit: { ...visit, opened }, cookie };
}

const DECOY: Kept = { opened: [], code: Buffer.alloc(32).toString('base64url') };
const NOBODY: PageHolder = { personId: '', platform: '', externalId: '' };

function visitOf(store: Store, row: Row.PageLinkModel): Visit {
  const { id, personId, platform, externalId, sessionUntil } = row;
  const { opened } = store.keys.unseal<Kept>(row.sealed, aboutLink(id));
  return { id, personId, platform, externalId, opened, until: sessionUntil ?? row.madeAt };
}

/** The visit of the browser that shows this cookie; it may be over, but was not ended. */
export async function findVisit(store: Store, rows: Rows, cookie: string): Promise<Visit | undefined> {
  const row = await rows.pageLink.findUnique({ where: { session: hashOf(cookie) } });
  return row ? visitOf(store, row) : undefined;
}

/** Whether a sign of life at that moment is worth being written down. */
export const isWorthProlonging = ({ rules }: Store, { until }: Visit, at: Date): boolean =>
  until > at && until < later(at, rules.contents.pageMinutes - 1);

/** A sign of life: the visit goes on for `rules.contents.pageMinutes`. One that is over stays over. */
export async function prolongVisit(store: Store, rows: Rows, visit: Visit, at: Date): Promise<void> {
  await rows.pageLink.updateMany({
    where: { id: visit.id, session: { not: null }, sessionUntil: { gt: at } },
    data: { sessionUntil: later(at, store.rules.contents.pageMinutes) },
  });
}

/** One more page for the visit. @returns under which name */
export async function addPage(
  store: Store,
  rows: Rows,
  visit: Visit,
  subject: PageSubject,
): Promise<{ visit: Visit; key: string }> {
  const row = await rows.pageLink.findUniqueOrThrow({ where: { id: visit.id } });
  const { opened } = visitOf(store, row);
  const known = opened.find((each) => isSame(each, subject));
  if (known) return { visit: { ...visit, opened }, key: known.key };
  const page = named(subject);
  const all = latest([...opened, page]);
  await keep(store, rows, visit, all);
  return { visit: { ...visit, opened: all }, key: page.key };
}

/** A table stays open however many pages were opened from it. */
function latest(opened: readonly Opened[]): Opened[] {
  const tables = opened.filter(({ kind }) => kind === 'items').slice(-1);
  const others = opened.filter(({ kind }) => kind !== 'items').slice(tables.length - MOST_OPENED);
  return opened.filter((each) => tables.includes(each) || others.includes(each));
}

function isSame(one: PageSubject, other: PageSubject): boolean {
  if (one.kind === 'form') return other.kind === 'form' && one.draftId === other.draftId;
  if (one.kind === 'entry') return other.kind === 'entry' && one.ref === other.ref && one.back === other.back;
  return other.kind === one.kind;
}

/** The code is used up by now: only what is open is kept on. */
async function keep(store: Store, rows: Rows, { id }: Visit, opened: Opened[]): Promise<void> {
  const kept: Kept = { opened, code: DECOY.code };
  await rows.pageLink.update({ where: { id }, data: { sealed: store.keys.seal(kept, aboutLink(id)) } });
}

/** 离开: the cookie opens nothing any more. */
export async function leavePages(rows: Rows, { id }: Pick<Visit, 'id'>): Promise<void> {
  await rows.pageLink.updateMany({ where: { id }, data: { session: null, sessionUntil: null } });
}

/** For so long after a visit was over, what was being typed into a form can still be put by. */
const LATE_MS = 86_400_000;

/** Forgets links that nobody can open any more and visits that are over. */
export async function sweepPageLinks(rows: Rows, at: Date): Promise<void> {
  const over = new Date(at.getTime() - LATE_MS);
  await rows.pageLink.deleteMany({
    where: { expiresAt: { lt: at }, OR: [{ sessionUntil: null }, { sessionUntil: { lt: over } }] },
  });
}
