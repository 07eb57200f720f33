import { ABANDON, type Draft, findDraft, keepTyped, SUBMIT } from '../../handlers/draft.ts';
import type { Fields, RawValues } from '../../ledger/form.ts';
import { targetsIn } from '../../ledger/held-card.ts';
import type { Content } from '../../ledger/message.ts';
import { addPage, type Opened } from '../../ledger/page-link.ts';
import { formNow } from '../forms.ts';
import type { House } from '../house.ts';
import type { ActionAnswer } from '../platform.ts';
import { receive } from '../receive.ts';
import { fromPage, type Visitor } from './visiting.ts';

export type { Draft } from '../../handlers/draft.ts';

export type FormPage = Extract<Opened, { kind: 'form' }>;

/**
 * The draft, and the form as it stands now; once it was sent, what was answered.
 * @returns besides, the visitor, who can look at the entry that came of the form
 */
export async function showForm(
  house: House,
  visitor: Visitor,
  { draftId }: FormPage,
): Promise<{ visitor: Visitor; draft: Draft; content: Content }> {
  const { asking } = visitor;
  const draft = await findDraft(house.store, asking.rows, asking.person, draftId);
  const content = await formNow(house, asking, draft);
  // It may have been sent elsewhere, or the house may have stopped right after it was.
  const visit = draft.state === 'sent' ? await addWhatCame(house, visitor, content) : visitor.visit;
  return { visitor: { ...visitor, visit }, draft, content };
}

/** All that the form may ask, for reading what a browser sends. */
export function fieldsOf({ handlers }: House, draft: Draft): Fields {
  const handler = handlers.find(({ name }) => name === draft.handler);
  return handler?.kind === 'command' ? handler.fields : {};
}

/** What a browser sent of a form. What is in neither was not on its page: it stays as it was. */
export interface Typed {
  raw: RawValues;
  /** Fields that were shown and in which nothing is chosen any more. */
  emptied: readonly string[];
}

/** 暂存: what was typed is kept, and nothing is recorded. A form that is closed stays as it is. */
export async function putBy(
  { store }: House,
  { asking }: Visitor,
  { draftId }: FormPage,
  { raw, emptied }: Typed,
): Promise<Draft> {
  const { person, at, rows } = asking;
  const draft = await findDraft(store, rows, person, draftId);
  if (draft.state !== 'open') return draft;
  const before = Object.entries(draft.raw).filter(([name]) => !emptied.includes(name));
  draft.raw = { ...Object.fromEntries(before), ...raw };
  await store.database.write((inside) => keepTyped(store, inside, draft, at));
  return draft;
}

/** Sends the form as its button would; sent twice, it is sent once. */
export async function sendForm(
  house: House,
  visitor: Visitor,
  { draftId }: FormPage,
  raw: RawValues,
): Promise<ActionAnswer> {
  const said = { key: `page:${draftId}:send`, text: `${SUBMIT} ${draftId}`, form: raw };
  const { answer } = await receive(house, fromPage(house, visitor.visit, said));
  house.wake();
  if (!answer.refused) await addWhatCame(house, visitor, answer.card);
  return answer;
}

export async function abandon(
  house: House,
  { visit }: Visitor,
  { draftId }: FormPage,
): Promise<ActionAnswer> {
  const said = { key: `page:${draftId}:abandon`, text: `${ABANDON} ${draftId}` };
  const { answer } = await receive(house, fromPage(house, visit, said));
  house.wake();
  return answer;
}

/** The entry that a receipt names can be looked at in the same visit. @returns the visit with it */
async function addWhatCame(
  { store }: House,
  { visit }: Visitor,
  content: Content | undefined,
): Promise<Visitor['visit']> {
  const ref = entryIn(content);
  const isThere = visit.opened.some((opened) => opened.kind === 'entry' && opened.ref === ref);
  if (ref === undefined || isThere) return visit;
  const added = await store.database.write((rows) => addPage(store, rows, visit, { kind: 'entry', ref }));
  return added.visit;
}

/** The one entry that an answer is about. */
export function entryIn(content: Content | undefined): string | undefined {
  if (content?.kind !== 'notice') return undefined;
  const lines = [content.refresh ?? '', ...content.actions.map(({ action }) => action)];
  return lines.flatMap(targetsIn).map(({ ref }) => ref)[0];
}
