import { v7 as uuidv7 } from 'uuid';
import type { Directory, Person } from '../ledger/directory.ts';
import { type RawValues, showFields } from '../ledger/form.ts';
import type { Content, FormContent } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import { aboutAnswer, aboutValues } from '../ledger/sealed-places.ts';
import type { Row, Rows, Store } from '../ledger/store.ts';
import type { Command, Plan } from './define.ts';

/** A form that somebody opened. Nothing is in the ledger until it is sent. */
export interface Draft {
  id: string;
  handler: string;
  subject: string;
  state: 'open' | 'sent' | 'abandoned';
  /** What was typed so far. */
  raw: RawValues;
  /** Once it was sent: what was answered. */
  answer?: Content;
}

/** The words of a form's two buttons. */
export const SUBMIT = '提交';
export const ABANDON = '放弃';

export async function openDraft(
  store: Store,
  rows: Rows,
  opened: { person: Person; command: Command; plan: Plan; at: Date },
): Promise<Draft> {
  const { person, command, plan, at } = opened;
  const draft: Draft = {
    id: uuidv7({ msecs: at.getTime() }),
    handler: command.name,
    subject: plan.subject,
    state: 'open',
    raw: { ...plan.start, ...plan.given },
  };
  await rows.draft.create({
    data: {
      id: draft.id,
      personId: person.id,
      handler: draft.handler,
      subject: draft.subject,
      state: draft.state,
      sealed: store.keys.seal(draft.raw, aboutValues(draft.id)),
      openedAt: at,
      changedAt: at,
    },
  });
  return draft;
}

/** @throws Refusal `form-closed` when the person has no such form */
export async function findDraft(store: Store, rows: Rows, person: Person, id: string): Promise<Draft> {
  const row = await rows.draft.findUnique({ where: { id } });
  if (row?.personId !== person.id)
    throw new Refusal('form-closed', '没有找到这份表单，它可能已过期。请重新打开。');
  return asDraft(store, row);
}

function asDraft(store: Store, row: Row.DraftModel): Draft {
  return {
    id: row.id,
    handler: row.handler,
    subject: row.subject,
    state: row.state as Draft['state'],
    raw: store.keys.unseal<RawValues>(row.sealed, aboutValues(row.id)),
    ...(row.answer && { answer: store.keys.unseal<Content>(row.answer, aboutAnswer(row.id)) }),
  };
}

/** Keeps what was typed, so that nothing has to be typed again; of a form that is done with, nothing is kept. */
export async function keepTyped(store: Store, rows: Rows, draft: Draft, at: Date): Promise<void> {
  await rows.draft.updateMany({
    where: { id: draft.id, state: 'open' },
    data: {
      subject: draft.subject,
      sealed: store.keys.seal(draft.raw, aboutValues(draft.id)),
      changedAt: at,
    },
  });
}

/** The form is done with; what was typed goes, since the ledger has it now or nobody wants it. */
export async function closeDraft(
  store: Store,
  rows: Rows,
  draft: Draft,
  closing: { state: 'sent' | 'abandoned'; answer: Content; at: Date },
): Promise<void> {
  await rows.draft.update({
    where: { id: draft.id },
    data: {
      state: closing.state,
      answer: store.keys.seal(closing.answer, aboutAnswer(draft.id)),
      sealed: store.keys.seal({}, aboutValues(draft.id)),
      changedAt: closing.at,
    },
  });
}

/** The form as it now stands. */
export function showDraft(
  plan: Plan,
  draft: Draft,
  directory: Directory,
  refusal?: Pick<Refusal, 'message' | 'fields'>,
): FormContent {
  return {
    kind: 'form',
    title: plan.title,
    intro: refusal ? [refusal.message, ...plan.intro] : plan.intro,
    fields: showFields(
      plan.asked?.(draft.raw) ?? plan.fields,
      draft.raw,
      directory.options(),
      refusal?.fields,
    ),
    actions: [
      { action: `${SUBMIT} ${draft.id}`, label: '提交', style: 'primary' },
      { action: `${ABANDON} ${draft.id}`, label: '放弃' },
    ],
  };
}
