import type { Asking } from '../../handlers/define.ts';
import { type Draft, findDraft, keepTyped } from '../../handlers/draft.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { reportMeant } from '../find-handler.ts';
import { submitForm } from '../forms.ts';
import type { House } from '../house.ts';
import { tidyText } from '../parse.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { stillThere } from './asked-form.ts';
import { carryOn } from './carry-on.ts';
import { isCommandLine } from './command-line.ts';
import { besideIn, withoutDoubt } from './doubt.ts';
import { dropLeft } from './drop-left.ts';
import { knownForm } from './known-form.ts';
import { linkAgain } from './link-again.ts';
import { resumeAsking } from './resume-asking.ts';
import { asksForms, endAsking, findRunning, hasLapsed, type Running } from './running.ts';
import { takeLate } from './take-late.ts';
import { type Said, takeTurn } from './take-turn.ts';
import { reminder } from './wording.ts';
import { plainWord, wordIn } from './words.ts';

/** What a message is, where a form may be asked. */
export type Heard =
  /** It was about the form, and is answered. */
  | { is: 'answered'; outcome: Outcome }
  /** It asks for something else; the form goes on, and that is said behind the answer. `instead`: what it means. */
  | { is: 'aside'; reminder: string; instead?: string }
  /** No form is asked. One was, by that id, until too much time had passed. */
  | { is: 'usual'; lapsed?: string };

const USUAL: Heard = { is: 'usual' };

/**
 * Hears a message as an answer, where a form is being asked in this chat.
 * @param understands whether the house would know what to do with the message otherwise
 * @throws Refusal where the form is not possible any more, or not for this person
 */
export async function hear(
  house: House,
  inbound: Inbound,
  asking: Asking,
  understands: () => Promise<boolean>,
): Promise<Heard> {
  if (inbound.kind !== 'message' || !asksForms(house, inbound)) return USUAL;
  const running = await findRunning(asking.rows, inbound);
  const isOver = !running || hasLapsed(house.store, running, inbound.at);
  const dropped = await dropLeft(house, inbound, asking, isOver ? undefined : running.draftId);
  if (dropped) return { is: 'answered', outcome: dropped };
  if (isOver && wordIn(inbound.text) === 'resume')
    return { is: 'answered', outcome: await resumeAsking(house, inbound, asking) };
  if (isOver) return running ? late(house, inbound, asking, running, understands) : USUAL;
  const draft = await draftOf(house, asking, running);
  if (draft?.state !== 'open') return closedMeanwhile(house, inbound, asking, running, draft);
  const known = await knownForm(house, inbound, asking, draft);
  if ('outcome' in known) return { is: 'answered', outcome: known.outcome };
  const { form, plan } = known;
  const place = stillThere(form, running.place);
  const goesOn = reminder(form, place);
  const instead = await takeReport(house, inbound, asking, draft);
  if (instead !== undefined) return { is: 'aside', reminder: goesOn, instead };
  const link = wordIn(inbound.text) === 'resume' && (await linkAgain(house, inbound, asking, [goesOn]));
  if (link) return { is: 'answered', outcome: link };
  const turn = takeTurn(form, place, await saidIn(inbound, asking, draft));
  const isAside = turn.does === 'aside' || (turn.does === 'wrong' && (await understands()));
  if (isAside) return { is: 'aside', reminder: goesOn };
  return {
    is: 'answered',
    outcome: await carryOn(house, inbound, asking, { draft, plan, form, place, turn }),
  };
}

async function draftOf(house: House, asking: Asking, { draftId }: Running): Promise<Draft | undefined> {
  try {
    return await findDraft(house.store, asking.rows, asking.person, draftId);
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

/** It was sent or given up elsewhere, or is another's by now: whoever still speaks of it is told what came of it. */
async function closedMeanwhile(
  house: House,
  inbound: Inbound,
  asking: Asking,
  { draftId }: Running,
  draft: Draft | undefined,
): Promise<Heard> {
  const isAbout = draft && wordIn(inbound.text) !== undefined;
  await house.store.database.write((rows) => endAsking(rows, draftId));
  if (!isAbout) return USUAL;
  return { is: 'answered', outcome: await submitForm(house, inbound, asking, draftId) };
}

async function saidIn(inbound: Inbound, asking: Asking, draft: Draft): Promise<Said> {
  const { at, store, allowed } = asking;
  const { text } = inbound;
  const { doubt, held } = besideIn(draft.raw);
  const own = allowed.find(({ name }) => name === draft.handler);
  const isSealed = own?.kind === 'command' && own.sealed;
  const report = isSealed ? undefined : reportMeant(inbound, asking, tidyText(text));
  const isLine = await isCommandLine(asking, tidyText(text));
  return { text, at, calendar: store.calendar, isCommandLine: isLine, doubt, held, report };
}

/** Too late to be an answer at once. */
async function late(
  house: House,
  inbound: Inbound,
  asking: Asking,
  running: Running,
  understands: () => Promise<boolean>,
): Promise<Heard> {
  const usual: Heard = { is: 'usual', lapsed: running.draftId };
  if (wordIn(inbound.text) !== undefined || (await understands())) return usual;
  const outcome = await takeLate(house, inbound, asking, running);
  return outcome ? { is: 'answered', outcome } : usual;
}

/** 「我要报告」, where that was asked of a sentence. It stands in this form no longer. @returns what is said with it */
async function takeReport(
  { store }: House,
  { text }: Inbound,
  { at }: Asking,
  draft: Draft,
): Promise<string | undefined> {
  const { held } = besideIn(draft.raw);
  if (!held?.report || plainWord(text) !== held.report.word) return undefined;
  draft.raw = withoutDoubt(draft.raw);
  await store.database.write((rows) => keepTyped(store, rows, draft, at));
  const { word } = held.report;
  return held.said.trim().startsWith(word) ? held.said.trim() : `${word} ${held.said.trim()}`;
}
