import type { Person } from '../ledger/directory.ts';
import { text } from '../ledger/message.ts';
import type { Operation } from '../ledger/operation.ts';
import { aboutAnswer, aboutValues } from '../ledger/sealed-places.ts';
import type { Row, Rows } from '../ledger/store.ts';
import type { Command, Handler } from './define.ts';
import { openDraft } from './draft.ts';

const MINUTE_MS = 60_000;
/** For so long after it was asked for, or after the last one came, a file goes to the entry. */
export const WAIT_MINUTES = 10;
/** A form that somebody opened and did not touch for so long is not what he sends a file for. */
const FORM_HOURS = 24;
/** How far the platform's clock may be behind ours. */
const CLOCKS_APART_MS = MINUTE_MS;

/** Where a file goes that somebody sends: with a form that is still open, or to an entry. */
export type FilePlace = { kind: 'form'; draftId: string } | { kind: 'entry'; ref: string; draftId: string };

/** Files that this person sends go to the entry from now on, and to no other. */
export async function openWait(
  { store, rows, at }: Operation,
  person: Person,
  command: Command,
  ref: string,
): Promise<void> {
  await closeWaits({ store, rows, at }, person, [command]);
  const plan = { subject: ref, title: '', intro: [], fields: {}, start: {}, given: {}, confirm: false };
  await openDraft(store, rows, { person, command, plan, at });
}

/** @returns the refs of the entries that files were waited for */
export async function closeWaits(
  { store, rows, at }: Pick<Operation, 'store' | 'rows' | 'at'>,
  { id }: Person,
  handlers: readonly Handler[],
): Promise<string[]> {
  const names = handlersThatTake(handlers, 'entry');
  const found = await rows.draft.findMany({ where: { personId: id, state: 'open', handler: { in: names } } });
  for (const draft of found) {
    const answer = store.keys.seal(text('已结束。'), aboutAnswer(draft.id));
    const sealed = store.keys.seal({}, aboutValues(draft.id));
    // It ended when its time was over, if that was before.
    const changedAt = new Date(Math.min(at.getTime(), endOf(draft)));
    await rows.draft.update({ where: { id: draft.id }, data: { state: 'sent', answer, sealed, changedAt } });
  }
  return found.filter((draft) => at.getTime() <= endOf(draft)).map(({ subject }) => subject);
}

const endOf = ({ changedAt }: Row.DraftModel): number => changedAt.getTime() + WAIT_MINUTES * MINUTE_MS;

const handlersThatTake = (handlers: readonly Handler[], what?: 'form' | 'entry'): string[] =>
  handlers
    .filter(
      (handler) => handler.kind === 'command' && handler.takesFiles && (handler.takesFiles === what || !what),
    )
    .map(({ name }) => name);

/**
 * Where a file belongs that the person sent at that moment: it may be worked on later, when what he had open is done with.
 * What was opened last comes first.
 */
export async function placeOfFile(
  rows: Rows,
  { id }: Person,
  handlers: readonly Handler[],
  sentAt: Date,
): Promise<FilePlace | undefined> {
  const found = await rows.draft.findMany({
    where: {
      personId: id,
      handler: { in: handlersThatTake(handlers) },
      openedAt: { lte: new Date(sentAt.getTime() + CLOCKS_APART_MS) },
      changedAt: { gte: new Date(sentAt.getTime() - FORM_HOURS * 60 * MINUTE_MS) },
    },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: 20,
  });
  const waits = new Set(handlersThatTake(handlers, 'entry'));
  for (const draft of found) {
    const place = placeIn(draft, waits.has(draft.handler), sentAt.getTime());
    if (place) return place;
  }
  return undefined;
}

function placeIn(draft: Row.DraftModel, isWait: boolean, sentAtMs: number): FilePlace | undefined {
  const { id: draftId, state, subject: ref, changedAt } = draft;
  if (state === 'open') {
    if (!isWait) return { kind: 'form', draftId };
    return sentAtMs <= endOf(draft) ? { kind: 'entry', ref, draftId } : undefined;
  }
  // Sent before it ended: a filed form names its entry.
  return state === 'sent' && ref !== '' && sentAtMs <= changedAt.getTime()
    ? { kind: 'entry', ref, draftId }
    : undefined;
}

/** A file came: the wait goes on from now, a form stays in use. */
export async function goOn(rows: Pick<Rows, 'draft'>, draftId: string, at: Date): Promise<void> {
  await rows.draft.updateMany({ where: { id: draftId, state: 'open' }, data: { changedAt: at } });
}
