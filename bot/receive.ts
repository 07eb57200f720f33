import { OnPageOnly } from '../handlers/add-files.ts';
import { type Asking, type Command, needsAsking, type Plan } from '../handlers/define.ts';
import { openDraft } from '../handlers/draft.ts';
import { type Content, text } from '../ledger/message.ts';
import { operate } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';
import { answered } from './answered.ts';
import { ask } from './asking.ts';
import { type Heard, hear } from './dialogue/converse.ts';
import { formAsked } from './dialogue/form-asked.ts';
import { notUnderstoodHere } from './dialogue/not-understood-here.ts';
import { endAsking } from './dialogue/running.ts';
import { saidBehind } from './dialogue/said-behind.ts';
import { reminder } from './dialogue/wording.ts';
import { faultSentence } from './fault-answer.ts';
import { findHandler, isUnderstood } from './find-handler.ts';
import { isFormWord } from './form-word.ts';
import { abandonForm, formOutcome, openAgain, submitForm } from './forms.ts';
import { greet } from './greet.ts';
import type { House } from './house.ts';
import {
  fileNotesOn,
  isSaidInChat,
  notesOn,
  notKeptNotes,
  refusedWithContents,
  withNotes,
} from './kept-off-chat.ts';
import { messageNumber } from './message-number.ts';
import { parse, tidyText } from './parse.ts';
import type { Inbound } from './platform.ts';
import { isTogether, type Outcome, settle, settledBefore } from './settle.ts';
import { showWay, wayToEntry } from './show-way.ts';
import { shownAnew } from './shown-anew.ts';
import { forgetFile, takeFile } from './take-file.ts';

/** The same sentence for every person and every state: a group must learn nothing from it. */
export const PRIVATE_ONLY = '请私聊我。';

/**
 * The way of a message, and of a button or a form, which are lines that could have been typed.
 *
 * Whatever it changes, and that it was settled, commit together: a redelivery changes nothing and gets the same answer.
 * @throws only a fault; what a person may read becomes the answer
 */
export async function receive(house: House, inbound: Inbound): Promise<Outcome> {
  const { store } = house;
  const at = house.now();
  const before = await settledBefore(store, store.database.rows, inbound.key);
  if (before) return shownAnew(house, inbound, before);
  if (inbound.kind === 'entered') return greet(house, inbound, at);
  const eyes: Eyes = {};
  try {
    const said = tidyText(inbound.text);
    if (inbound.group !== undefined) refuseInGroup(house, said);
    refuseUnreadable(inbound);
    refuseLongText(house, said);
    const asking = await ask(house, inbound, at);
    eyes.asking = asking;
    if (inbound.file) {
      const asked = await formAsked(house, inbound, asking);
      if (asked) eyes.heard = { is: 'aside', reminder: reminder(asked.form, asked.place) };
      return await takeFile(house, inbound, inbound.file, asking, asked);
    }
    const heard = await hear(house, inbound, asking, () => isUnderstood(house, inbound, asking, said));
    if (heard.is === 'answered') return heard.outcome;
    eyes.heard = heard;
    const meant = heard.is === 'aside' && heard.instead !== undefined ? tidyText(heard.instead) : said;
    const outcome = await carryOut(house, inbound, { ...asking, behind: behindOf(heard) }, meant);
    return await shownAnew(house, inbound, outcome);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    await forgetFile(house, inbound);
    if (fault instanceof OnPageOnly && eyes.asking)
      return showWay(house, inbound, eyes.asking, {
        ...fault.whereto,
        notes: [fault.message, ...fileNotesOn(inbound)],
      });
    return refused(house, inbound, eyes, fault, at);
  }
}

function refuseInGroup(house: House, said: string): void {
  const { handler } = parse(said, house.handlers);
  if (!handler?.inGroup) throw new Refusal('private-only', PRIVATE_ONLY);
}

function refuseUnreadable({ unreadable }: Inbound): void {
  if (unreadable === undefined) return;
  const sentence = `暂时不能处理${unreadable}，未作任何登记。请用文字告诉我；发送「帮助」可以查看能做什么。`;
  throw new Refusal('invalid-input', sentence);
}

function refuseLongText(house: House, said: string): void {
  const most = house.store.rules.messages.maxLength;
  const length = [...said].length;
  if (length <= most) return;
  const sentence = `这条消息有 ${length} 字，最多可以处理 ${most} 字，未作任何登记。请分成几条，或精简后再发。`;
  throw new Refusal('too-long', sentence);
}

/** Who speaks, and whether a form was being asked. */
interface Eyes {
  asking?: Asking;
  heard?: Heard;
}

/** Who asks, and what is said behind the answer. */
interface Hearing extends Asking {
  readonly behind: string | undefined;
}

const behindOf = (heard: Heard | undefined): string | undefined =>
  heard?.is === 'aside' ? heard.reminder : undefined;

async function carryOut(house: House, inbound: Inbound, asking: Hearing, said: string): Promise<Outcome> {
  const form = isFormWord(said);
  if (form?.word === 'open') return openAgain(house, inbound, asking, form.id);
  if (form?.word === 'submit') return submitForm(house, inbound, asking, form.id);
  if (form?.word === 'abandon') return abandonForm(house, inbound, asking, form.id);
  const { handler, typed, understood } = await findHandler(house, inbound, asking, said);
  if (handler.kind === 'query') return show(house, inbound, asking, await handler.answer(asking, typed));
  const plan = await handler.plan(asking, typed).catch((fault: unknown) => {
    throw refusedWithContents(fault, handler, inbound, asking, { typed, ...(understood && { understood }) });
  });
  const given = { ...plan, given: { ...plan.given, ...understood } };
  const isSaid = isSaidInChat(asking, given);
  if (plan.instead)
    return show(house, inbound, asking, await plan.instead(), isSaid ? notKeptNotes(inbound) : []);
  const notes = notesOn(inbound, asking, given, typed);
  if (needsAsking(given) || isSaid) return openForm(house, inbound, asking, handler, given, { notes });
  try {
    return await decide(house, inbound, asking, handler, given);
  } catch (fault) {
    if (!(fault instanceof Refusal) || Object.keys(fault.fields).length === 0) throw fault;
    return openForm(house, inbound, asking, handler, given, { refusal: fault, notes });
  }
}

/** Something to see: a message is answered with it, a card becomes it. */
async function show(
  house: House,
  inbound: Inbound,
  asking: Hearing,
  content: Content,
  notes: readonly string[] = [],
): Promise<Outcome> {
  const way = wayToEntry(inbound, content);
  if (way) return showWay(house, inbound, asking, { ...way, notes: [...notes, asking.behind ?? []].flat() });
  const shown = saidBehind(withNotes(content, notes), asking.behind);
  if (inbound.kind === 'action') return { answer: { card: shown } };
  return settled(house, inbound, asking, { reply: shown, answer: {} });
}

/** Nothing is in the ledger until the person sends the form. What was typed stands in it, and what is wrong with it. */
async function openForm(
  house: House,
  inbound: Inbound,
  asking: Hearing,
  command: Command,
  plan: Plan,
  said: { refusal?: Refusal; notes: readonly string[] },
): Promise<Outcome> {
  return house.store.database.write(async (rows) => {
    const before = await settledBefore(house.store, rows, inbound.key);
    if (before) return before;
    const { person, at, behind = [] } = asking;
    const notes = [...said.notes, behind].flat();
    const draft = await openDraft(house.store, rows, { person, command, plan, at });
    const outcome = await formOutcome(house, rows, inbound, asking, { plan, draft, ...said, notes });
    await settle(house, rows, { inbound, person, outcome, at });
    return outcome;
  });
}

/** Within a transaction that settles several, it was read in there who works here. */
const requestOf = ({ person, at, rows, directory }: Asking) => ({
  actor: person,
  at,
  ...(isTogether(rows) && { directory }),
});

async function decide(
  house: House,
  inbound: Inbound,
  asking: Hearing,
  command: Command,
  plan: Plan,
): Promise<Outcome> {
  const { person, at } = asking;
  return operate(house.store, requestOf(asking), async (operation) => {
    const before = await settledBefore(house.store, operation.rows, inbound.key);
    if (before) return before;
    const content = await command.decide(operation, person, plan.subject, plan.given);
    const said = withNotes(content, plan.beside ?? []);
    const outcome = answered(inbound, saidBehind(said, asking.behind));
    await settle(house, operation.rows, { inbound, person, outcome, at });
    return outcome;
  });
}

async function settled(house: House, inbound: Inbound, asking: Asking, outcome: Outcome): Promise<Outcome> {
  return house.store.database.write(async (rows) => {
    const before = await settledBefore(house.store, rows, inbound.key);
    if (before) return before;
    await settle(house, rows, { inbound, person: asking.person, outcome, at: asking.at });
    return outcome;
  });
}

/** A refusal had no effect, so an action that was refused may be tried again; a message is answered once. */
async function refused(
  house: House,
  inbound: Inbound,
  { asking, heard }: Eyes,
  refusal: Refusal,
  at: Date,
): Promise<Outcome> {
  if (inbound.kind === 'action')
    return shownAnew(house, inbound, {
      answer: { toast: refusal.message, refused: true },
    });
  const told = notUnderstoodHere(house, inbound, heard, refusal);
  const outcome: Outcome = { reply: saidBehind(refusalReply(told), behindOf(heard)), answer: {} };
  return house.store.database.write(async (rows) => {
    const before = await settledBefore(house.store, rows, inbound.key);
    if (before) return before;
    if (told !== refusal && heard?.is === 'usual' && heard.lapsed) await endAsking(rows, heard.lapsed);
    await settle(house, rows, { inbound, person: asking?.person, outcome, at });
    return outcome;
  });
}

function refusalReply({ message, offers }: Refusal): Content {
  if (offers.length === 0) return text(message);
  return { kind: 'notice', title: message, tone: 'plain', sections: [], actions: [...offers] };
}

/** Gives up on a message that cannot be carried out: it is answered with a fixed line and not tried again. */
export async function giveUp(house: House, inbound: Inbound): Promise<void> {
  await forgetFile(house, inbound);
  const outcome: Outcome = { reply: text(faultSentence(messageNumber(inbound))), answer: {} };
  await house.store.database.write(async (rows) => {
    if (await settledBefore(house.store, rows, inbound.key)) return;
    await settle(house, rows, { inbound, person: undefined, outcome, at: house.now() });
  });
}
