import { randomUUID } from 'node:crypto';
import { type Command, needsAsking, type Plan } from '../../handlers/define.ts';
import { addPage, type Opened } from '../../ledger/page-link.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { House } from '../house.ts';
import { parse } from '../parse.ts';
import type { ActionAnswer } from '../platform.ts';
import { receive } from '../receive.ts';
import { draftIn } from './page-entry.ts';
import { fromPage, type Visitor } from './visiting.ts';

export type { Plan } from '../../handlers/define.ts';

export type TablePage = Extract<Opened, { kind: 'items' }>;

/** What can be done to many rows at once: the words of the ledger's own moves. */
export const BULK_WORDS = ['指派', '复核通过', '审定', '准予延期'] as const;

const TARGET = /^Z\d{1,4}(-\d{1,4}){1,2}@\d{1,9}$/;
/** As many as stand on the largest page. */
const MOST_TARGETS = 100;

/** A row with which the word cannot be said, and why. */
export interface RefusedRow {
  ref: string;
  why: string;
}

/** What pressing a button over ticked rows came to: a form, something to be confirmed, an answer; or nothing, row by row. */
export type BulkPressed =
  | { form: string }
  | { plan: Plan; press: string }
  | { answer: ActionAnswer }
  | { refused: RefusedRow[]; others: string[]; press: string };

export interface Press {
  word: string;
  /** With the version that was shown: what changed since is refused. */
  targets: readonly string[];
  /** Names this press: sent twice, it has one effect. */
  press: string;
  /** He was shown what it is about, and confirmed it. */
  isSure: boolean;
  /** The query of the table, to come back to. */
  back: string;
}

/** Says the word of all ticked rows, as the person's own account would in the chat. @throws Refusal */
export async function pressTable(house: House, visitor: Visitor, pressed: Press): Promise<BulkPressed> {
  const { asking, visit } = visitor;
  const { word, targets, isSure, back, press } = pressed;
  if (targets.length === 0)
    throw new Refusal('invalid-input', '还没有勾选事项，没有办理。请返回勾选后再试。');
  const isMeant = (BULK_WORDS as readonly string[]).includes(word) && targets.length <= MOST_TARGETS;
  if (!isMeant || !targets.every((target) => TARGET.test(target)))
    throw new Refusal('invalid-input', '发送的内容读不出来，没有办理。请返回重试。');
  const line = `${word} ${targets.join(',')}`;
  const { handler, typed } = parse(line, asking.allowed);
  if (handler?.kind !== 'command') throw new Refusal('not-permitted', `「${word}」由指定的工作人员办理。`);
  const rowByRow = async () => ({ ...(await apart(asking, handler, targets)), press: randomUUID() });
  if (!isSure) {
    const plan = await handler.plan(asking, typed).catch(unlessRefused);
    if (plan instanceof Refusal) return orElse(await rowByRow(), plan);
    if (!needsAsking(plan)) return { plan, press: randomUUID() };
  }
  // Sent twice it is settled already, whatever stands there by now: the answer is the same.
  const said = { key: `page:${visit.id}:${press}`, text: line };
  const { answer } = await receive(house, fromPage(house, visit, said));
  house.wake();
  if (answer.refused) {
    const rows = await rowByRow();
    if (rows.refused.length > 0) return rows;
  }
  const draftId = draftIn(answer.card);
  if (draftId === undefined) return { answer };
  const { key } = await house.store.database.write((rows) =>
    addPage(house.store, rows, visit, { kind: 'form', draftId, back }),
  );
  return { form: key };
}

function unlessRefused(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault;
  throw fault;
}

function orElse<R extends { refused: readonly RefusedRow[] }>(rows: R, refusal: Refusal): R {
  if (rows.refused.length === 0) throw refusal;
  return rows;
}

/** Each row by itself: the first that cannot be done keeps back all, and whoever ticked them should see every one. */
async function apart(
  asking: Visitor['asking'],
  command: Command,
  targets: readonly string[],
): Promise<{ refused: RefusedRow[]; others: string[] }> {
  const refused: RefusedRow[] = [];
  const others: string[] = [];
  for (const target of targets) {
    const plan = await command.plan(asking, target).catch(unlessRefused);
    if (plan instanceof Refusal) refused.push({ ref: target.replace(/@\d+$/u, ''), why: plan.message });
    else others.push(target);
  }
  return { refused, others };
}

/** Opens the page of an entry that stands in the table. @param back the query of the table @returns its key. @throws Refusal */
export async function openFromTable(
  { store }: House,
  { asking, visit }: Visitor,
  { ref, back }: { ref: string; back: string },
): Promise<string> {
  const entry = await asking.entries.get(ref);
  const { key } = await store.database.write((rows) =>
    addPage(store, rows, visit, { kind: 'entry', ref: entry.ref, back }),
  );
  return key;
}
