import type { Rows, Rules, Store } from '../store.ts';
import { codeHash } from './code.ts';

const MINUTE_MS = 60_000;

/** Something that looks like a code, typed by somebody whom the ledger does not know. */
export interface TypedCode {
  platform: string;
  /** As the platform knows him. */
  contact: string;
  /** Of the message: the same a second time is one try. */
  key: string;
  code: string;
  at: Date;
}

/** `paused`: nothing is taken now, not even what is right; `isAlarm`: with this one the limit of all contacts is reached. */
export type Tried = { is: 'right'; personId: string } | { is: 'wrong'; isAlarm: boolean } | { is: 'paused' };

/** Looks whether the code is good now, and uses nothing up; a wrong one counts. */
export async function tryCode(store: Store, rows: Rows, typed: TypedCode): Promise<Tried> {
  const { platform, contact, key, code, at } = typed;
  const { triesPerContact: most, pauseMinutes } = store.rules.binding;
  const his = { platform, contact: store.keys.mark(`binding-contact/${platform}/${contact}`) };
  const isOver = async () => (await pausedUntil(store, rows, platform, at)) !== undefined;
  const hisPause = pauseEnd(rows, { among: his, most, withinMs: pauseMinutes * MINUTE_MS, at });
  if ((await hisPause) !== undefined || (await isOver())) return { is: 'paused' };
  const personId = await holderOf(store, rows, platform, code, at);
  if (personId !== undefined) return { is: 'right', personId };
  const id = store.keys.mark(`binding-try/${key}`);
  if (await rows.bindingTry.findUnique({ where: { id } })) return { is: 'wrong', isAlarm: false };
  await rows.bindingTry.create({ data: { ...his, id, at } });
  return { is: 'wrong', isAlarm: await isOver() };
}

/** Until when no code at all is taken there; `undefined`: codes are taken. */
export function pausedUntil(
  { rules }: { rules: Pick<Rules, 'binding'> },
  rows: Rows,
  platform: string,
  at: Date,
): Promise<Date | undefined> {
  const { triesOverall: most, overallMinutes } = rules.binding;
  return pauseEnd(rows, { among: { platform }, most, withinMs: overallMinutes * MINUTE_MS, at });
}

/** For whom the code is good. @returns undefined: it never was one, was used or replaced, is over, or he has left */
async function holderOf(
  { keys }: Store,
  rows: Rows,
  platform: string,
  code: string,
  at: Date,
): Promise<string | undefined> {
  const id = codeHash(keys, platform, code);
  const row = await rows.bindingCode.findUnique({ where: { id } });
  if (!row || row.expiresAt <= at) return undefined;
  const person = await rows.person.findUnique({ where: { id: row.personId }, select: { active: true } });
  return person?.active ? row.personId : undefined;
}

interface Limit {
  among: object;
  most: number;
  withinMs: number;
  at: Date;
}

/** So many tries within that time, up to the last, begin a pause of the same length; in a pause nothing is counted. */
async function pauseEnd(rows: Rows, { among, most, withinMs, at }: Limit): Promise<Date | undefined> {
  const last = await rows.bindingTry.findFirst({ where: among, orderBy: { at: 'desc' } });
  if (!last) return undefined;
  const end = new Date(last.at.getTime() + withinMs);
  if (end <= at) return undefined;
  const since = new Date(last.at.getTime() - withinMs);
  const count = await rows.bindingTry.count({ where: { ...among, at: { gt: since } } });
  return count >= most ? end : undefined;
}
