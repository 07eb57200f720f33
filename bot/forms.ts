import type { Asking, Command, Plan } from '../handlers/define.ts';
import { closeDraft, type Draft, findDraft, keepTyped, showDraft } from '../handlers/draft.ts';
import { dropFilesOf } from '../ledger/attachment.ts';
import type { RawValues } from '../ledger/form.ts';
import { type Content, text } from '../ledger/message.ts';
import { operate } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rows } from '../ledger/store.ts';
import { answered } from './answered.ts';
import { beginAsking } from './dialogue/begin-asking.ts';
import { typedOnly } from './dialogue/doubt.ts';
import { notPossible } from './dialogue/not-possible.ts';
import { replied } from './dialogue/replied.ts';
import { asksForms, endAsking } from './dialogue/running.ts';
import { handedBack } from './handed-back.ts';
import type { House } from './house.ts';
import { CARRIED } from './kept-off-chat.ts';
import { linkCard } from './link-card.ts';
import type { Inbound } from './platform.ts';
import { type Outcome, settle, settledBefore } from './settle.ts';
import { showWay, wayToForm } from './show-way.ts';

/** A card of before contents were kept out of this chat. */
const BY_PAGE = new Refusal('private-only', '内容不经聊天传递，请打开页面提交。');

/** Carries out what a form was opened for. Sent again, it has no further effect and gets the same answer. */
export async function submitForm(
  house: House,
  inbound: Inbound,
  asking: Asking,
  id: string,
): Promise<Outcome> {
  const draft = await findOpen(house, inbound, asking, id);
  if (!('raw' in draft)) return draft;
  const command = commandOf(house, asking, draft);
  if (inbound.form) draft.raw = { ...keptOf(draft, inbound), ...inbound.form };
  if (inbound.form && asking.keepsBack && command.sealed)
    return showAgain(house, inbound, asking, command, draft, BY_PAGE);
  const { store } = house;
  try {
    return await operate(store, { actor: asking.person, at: asking.at }, async (operation) => {
      const { rows } = operation;
      const before = await settledBefore(store, rows, inbound.key);
      if (before) return before;
      const current = await findDraft(store, rows, asking.person, id);
      if (current.state !== 'open') return alreadyClosed(house, rows, inbound, asking, current);
      const raw = typedOnly(draft.raw);
      const content = await command.decide(operation, asking.person, draft.subject, raw, id);
      await closeDraft(store, rows, draft, { state: 'sent', answer: content, at: asking.at });
      await endAsking(rows, id);
      const outcome = answered(inbound, content);
      await settle(house, rows, { inbound, person: asking.person, outcome, at: asking.at });
      return outcome;
    });
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return showAgain(house, inbound, asking, command, draft, fault);
  }
}

/** What a form that was just opened is answered with: itself, its first question, or the way to its page. */
export async function formOutcome(
  house: House,
  rows: Rows,
  inbound: Inbound,
  asking: Asking,
  { plan, draft, refusal, notes }: { plan: Plan; draft: Draft; refusal?: Refusal; notes: readonly string[] },
): Promise<Outcome> {
  const form = showDraft(plan, draft, asking.directory, refusal);
  if (inbound.onPage) return { answer: { card: form } };
  const said = (reply: Content, toast: string): Outcome => ({
    reply,
    answer: inbound.kind === 'action' ? { toast } : {},
  });
  if (plan.confidential && asking.keepsBack) {
    const way = { ...wayToForm(plan, draft), notes, personId: asking.person.id, at: asking.at };
    return said(await linkCard(house, rows, inbound, way), '请打开下方的页面填写');
  }
  if (!asksForms(house, inbound)) return said(form, '请填写下方的表单');
  return said(await beginAsking(house, rows, inbound, asking, { plan, draft, refusal }), '请回答下方的问题');
}

/** The form as it stands now; once it is closed, what came of it; where it is not possible any more, what was typed. */
export async function formNow(house: House, asking: Asking, draft: Draft): Promise<Content> {
  if (draft.state !== 'open') return draft.answer ?? text('这份表单已经结束。');
  const command = commandOf(house, asking, draft);
  try {
    return showDraft(await planAgain(command, asking, draft), draft, asking.directory);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return handedBack(command, asking, draft, fault);
  }
}

/** The way to the page of a form that was opened, with what was typed into it. */
export async function openAgain(
  house: House,
  inbound: Inbound,
  asking: Asking,
  id: string,
): Promise<Outcome> {
  const draft = await findOpen(house, inbound, asking, id);
  if (!('raw' in draft)) return draft;
  const plan = await planAgain(commandOf(house, asking, draft), asking, draft);
  return showWay(house, inbound, asking, wayToForm(plan, draft));
}

/** The form as it was left; where it is closed, what came of it is said again. */
async function findOpen(
  house: House,
  inbound: Inbound,
  asking: Asking,
  id: string,
): Promise<Draft | Outcome> {
  const { rows, write } = house.store.database;
  const draft = await findDraft(house.store, rows, asking.person, id);
  if (draft.state === 'open') return draft;
  return write((inside) => alreadyClosed(house, inside, inbound, asking, draft));
}

const keptOf = ({ raw }: Draft, { kept = [] }: Inbound): RawValues =>
  Object.fromEntries(kept.filter((name) => Object.hasOwn(raw, name)).map((name) => [name, raw[name]]));

/** Nothing is recorded, and what was typed is gone. */
export async function abandonForm(
  house: House,
  inbound: Inbound,
  asking: Asking,
  id: string,
): Promise<Outcome> {
  const { store } = house;
  return store.database.write(async (rows) => {
    const draft = await findDraft(store, rows, asking.person, id);
    if (draft.state !== 'open') return alreadyClosed(house, rows, inbound, asking, draft);
    const content = text('已放弃，未作任何登记。');
    await closeDraft(store, rows, draft, { state: 'abandoned', answer: content, at: asking.at });
    await dropFilesOf(rows, id);
    await endAsking(rows, id);
    const outcome = answered(inbound, content);
    await settle(house, rows, { inbound, person: asking.person, outcome, at: asking.at });
    return outcome;
  });
}

/** @throws Refusal where there is no such form any more, or not for this person */
export function commandOf(house: House, asking: Asking, draft: Draft): Command {
  const handler = house.handlers.find(({ name }) => name === draft.handler);
  if (handler?.kind !== 'command')
    throw new Refusal('form-closed', '这份表单的功能已停用，请发送「帮助」查看现有功能。');
  if (!handler.may(asking.person))
    throw new Refusal('not-permitted', '您已没有提交这份表单的权限，未作任何登记。');
  return handler;
}

/** What came of the form is said again; a message is settled with it. */
async function alreadyClosed(
  house: House,
  rows: Rows,
  inbound: Inbound,
  { person, at }: Asking,
  draft: Draft,
): Promise<Outcome> {
  const content = draft.answer ?? text('这份表单已经结束。');
  const toast = draft.state === 'sent' ? '这份表单已提交过，没有重复登记。' : '这份表单已放弃。';
  if (inbound.kind === 'action') return { answer: { toast, card: content } };
  const outcome = { reply: content, answer: {} };
  await settle(house, rows, { inbound, person, outcome, at });
  return outcome;
}

/** The form comes back with all that was typed and what is wrong with it. */
async function showAgain(
  house: House,
  inbound: Inbound,
  asking: Asking,
  command: Command,
  draft: Draft,
  refusal: Refusal,
): Promise<Outcome> {
  const keep = () => house.store.database.write((rows) => keepTyped(house.store, rows, draft, asking.at));
  await keep();
  const isAsked = asksForms(house, inbound) && inbound.kind === 'message';
  const plan = await planAgain(command, asking, draft).catch((fault: unknown) => {
    if (fault instanceof Refusal && (inbound.kind === 'action' || isAsked)) return fault;
    throw fault;
  });
  if (plan instanceof Refusal && isAsked)
    return notPossible(house, inbound, asking, { command, draft, refusal: plan });
  if (plan instanceof Refusal) {
    const card = asking.keepsBack ? undefined : handedBack(command, asking, draft, plan);
    return { answer: { toast: plan.message, refused: true, ...(card && { card }) } };
  }
  draft.subject = plan.subject;
  await keep();
  if (plan.confidential && asking.keepsBack) {
    const notes = refusal === BY_PAGE ? [CARRIED] : ['还没有提交：请打开页面改好后再提交。'];
    return showWay(house, inbound, asking, { ...wayToForm(plan, draft), notes });
  }
  if (isAsked)
    return replied(house, inbound, asking, (rows) =>
      beginAsking(house, rows, inbound, asking, { plan, draft, refusal }),
    );
  const content = showDraft(plan, draft, asking.directory, refusal);
  if (inbound.kind === 'action') return { answer: { toast: refusal.message, refused: true, card: content } };
  throw refusal;
}

/** The form as it is for the things' present state. @throws Refusal where it is not possible any more */
export function planAgain(command: Command, asking: Asking, draft: Draft): Promise<Plan> {
  return command.plan(asking, draft.subject.replace(/@\d+/gu, ''));
}
