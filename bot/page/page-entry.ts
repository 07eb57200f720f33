import { SUBMIT } from '../../handlers/draft.ts';
import type { Entry, Reading } from '../../ledger/define.ts';
import { targetsIn } from '../../ledger/held-card.ts';
import { type Action, type Content, showLine } from '../../ledger/message.ts';
import { addPage, type Opened } from '../../ledger/page-link.ts';
import { receiptText } from '../../ledger/receipt/keep-receipt.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { House } from '../house.ts';
import { parse } from '../parse.ts';
import type { ActionAnswer } from '../platform.ts';
import { receive } from '../receive.ts';
import { fromPage, type Visitor } from './visiting.ts';

export type EntryPage = Extract<Opened, { kind: 'entry' }>;

/** The entry in full, through the very handler that shows it in a chat. @throws Refusal */
export async function showEntryPage({ asking }: Visitor, { ref }: EntryPage): Promise<Content> {
  const { handler, typed } = parse(showLine(ref), asking.allowed);
  if (handler?.kind !== 'query') throw new Error('Nothing shows an entry');
  return handler.answer(asking, typed);
}

/** What the entry says, for taking it away on paper, with the reader's own receipt of it. @throws Refusal */
export async function revealed(
  { asking }: Visitor,
  { ref }: EntryPage,
): Promise<{ reading: Reading; receipt?: string }> {
  const reading = await asking.reveal(await asking.entries.get(ref));
  const isOwn = reading.entry.people.some(
    ({ personId, part }) => personId === asking.person.id && part === 'reporter',
  );
  const receipt = isOwn ? await receiptText(asking.store, asking.rows, reading.entry.id) : undefined;
  return { reading, ...(receipt !== undefined && { receipt }) };
}

/** The entry itself, with the reader's eyes. @throws Refusal */
export const entryOf = ({ asking }: Visitor, { ref }: EntryPage): Promise<Entry> => asking.entries.get(ref);

/** Whether the button moves this very entry: no other line can be pressed on its page. */
export function movesIt(
  { asking }: Visitor,
  { ref }: EntryPage,
  { action }: Pick<Action, 'action'>,
): boolean {
  const { handler } = parse(action, asking.allowed);
  const [word = '', targets, ...rest] = action.split(' ');
  if (handler?.kind !== 'command' || !handler.words.includes(word)) return false;
  if (rest.length > 0 && !isOffered(asking, word, rest.join(' '))) return false;
  // Files have a place of their own on the page.
  if (handler.takesFiles === 'entry') return false;
  return targets !== undefined && targetsIn(`${word} ${targets}`).every((target) => target.ref === ref);
}

/** Whether the house itself offers these words behind the ref, with one tap. */
const isOffered = ({ store }: Visitor['asking'], word: string, words: string): boolean =>
  store.ledgers.some(({ moves }) =>
    moves.some((move) => move.word === word && move.offered?.includes(words)),
  );

/** What a press came to: a form to be filled in, under a key of the visit, or an answer. */
export interface Pressed {
  form?: string;
  answer: ActionAnswer;
}

/** Presses a button of the entry's page. @param press names this press: sent twice, it has one effect */
export async function press(
  house: House,
  visitor: Visitor,
  page: EntryPage,
  { line, press: id }: { line: string; press: string },
): Promise<Pressed> {
  if (!movesIt(visitor, page, { action: line }))
    throw new Refusal('unknown-word', '这个页面没有这个按钮，没有办理。');
  const said = { key: `page:${visitor.visit.id}:${id}`, text: line };
  const { answer } = await receive(house, fromPage(house, visitor.visit, said));
  house.wake();
  const draftId = draftIn(answer.card);
  if (draftId === undefined) return { answer };
  const { store } = house;
  const { key } = await store.database.write((rows) =>
    addPage(store, rows, visitor.visit, { kind: 'form', draftId }),
  );
  return { form: key, answer };
}

/** The form that an answer is, by its draft. */
export function draftIn(content: Content | undefined): string | undefined {
  if (content?.kind !== 'form') return undefined;
  const [first] = content.actions.filter(({ action }) => action.startsWith(`${SUBMIT} `));
  return first?.action.slice(SUBMIT.length + 1);
}
