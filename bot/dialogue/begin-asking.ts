import type { Asking, Plan } from '../../handlers/define.ts';
import { type Draft, keepTyped } from '../../handlers/draft.ts';
import { filesOf } from '../../ledger/attachment.ts';
import type { RawValues } from '../../ledger/form.ts';
import { type Content, text } from '../../ledger/message.ts';
import type { Refusal } from '../../ledger/refusal.ts';
import type { Rows } from '../../ledger/store.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import { type AskedForm, askedForm, beginning, missing, stillThere } from './asked-form.ts';
import { type Beside, besideIn, withBeside } from './doubt.ts';
import { findRunning, hasLapsed, keepRunning, type Place } from './running.ts';
import { notRecorded, question, TAKEN_OVER } from './wording.ts';

export interface Opened {
  plan: Plan;
  draft: Draft;
  /** Why it was not recorded: the field that it is about is asked again. */
  refusal?: Refusal | undefined;
  /** It was left, and is taken up where it stood; `elsewhere`: with what is missing. */
  left?: Place | 'elsewhere' | undefined;
  /** What is said before it. */
  notes?: readonly string[];
}

/** Begins to ask a form, inside the caller's transaction. @returns its first question, or what is to be mended in it */
export async function beginAsking(
  house: House,
  rows: Rows,
  inbound: Inbound,
  asking: Asking,
  { plan, draft, refusal, left, notes = [] }: Opened,
): Promise<Content> {
  const before = await findRunning(rows, inbound);
  const takesOver =
    before && before.draftId !== draft.id && !hasLapsed(house.store, before, inbound.at)
      ? await isOpen(rows, before.draftId)
      : false;
  if (refusal) {
    draft.raw = withBeside(draft.raw, { refused: refusedBy(refusal, draft.raw) });
    await keepTyped(house.store, rows, draft, asking.at);
  }
  const form = await formOf(house, rows, asking, plan, draft);
  const place = placeFor(form, refusal, left);
  await keepRunning(rows, inbound, { draftId: draft.id, place, changedAt: asking.at });
  if (refusal) return text(question(form, place, { lines: notRecorded(form, refusal) }));
  const lines = [...notes, ...(takesOver ? [TAKEN_OVER] : [])];
  return text(question(form, place, { ...besideIn(draft.raw), lines, opening: true }));
}

/** What is wrong with a value by more than its field's own rules is said for as long as it stands there. */
const refusedBy = ({ fields }: Refusal, raw: RawValues): Beside['refused'] =>
  Object.fromEntries(Object.entries(fields).map(([name, why]) => [name, { value: raw[name], why }]));

async function isOpen(rows: Rows, draftId: string): Promise<boolean> {
  const row = await rows.draft.findUnique({ where: { id: draftId }, select: { state: true } });
  return row?.state === 'open';
}

function placeFor(form: AskedForm, refusal: Opened['refusal'], left: Opened['left']): Place {
  const wrong = refusal && form.shown.find(({ name }) => name in refusal.fields);
  if (wrong) return { at: 'field', name: wrong.name, only: true };
  if (refusal) return missing(form);
  if (left === 'elsewhere') return missing(form);
  return left ? stillThere(form, left) : beginning(form);
}

/** The form as it is asked; files count where they come with it. */
export async function formOf(
  { store, handlers }: House,
  rows: Rows,
  { person, directory }: Asking,
  plan: Plan,
  draft: Draft,
): Promise<AskedForm> {
  const handler = handlers.find(({ name }) => name === draft.handler);
  const takesFiles = handler?.kind === 'command' && handler.takesFiles === 'form';
  const owner = { draftId: draft.id, personId: person.id };
  const files = takesFiles ? (await filesOf(store, rows, owner)).length : undefined;
  return askedForm(plan, draft.raw, directory, files);
}
