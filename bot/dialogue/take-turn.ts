import { DONE } from '../../handlers/add-files.ts';
import type { Calendar } from '../../ledger/calendar.ts';
import type { FormField } from '../../ledger/message.ts';
import { showRoughTime } from '../../ledger/rough-time.ts';
import { type AskedForm, before, isFilled, missing, wrongIn, wrongWith } from './asked-form.ts';
import { type Held, refusedFor } from './doubt.ts';
import { readAnswer } from './read-answer.ts';
import type { Doubt } from './read-people.ts';
import type { Place } from './running.ts';
import { helped, previewed } from './wording.ts';
import { amendedIn, numberIn, plainWord, SUBMIT, SURE, type Word, wordIn } from './words.ts';

/** What a message does with a form that is being asked. */
export type Turn =
  | { does: 'submit' | 'abandon' | 'aside' }
  /** Goes to the place; `on`: to whatever comes next once the answer stands there. */
  | { does: 'go'; to: Place | 'on'; answer?: { name: string; value: unknown }; lines?: readonly string[] }
  /** Who is meant has to be asked first. */
  | { does: 'doubt'; doubt: Doubt }
  /** What is meant by it has to be asked first. */
  | { does: 'hold'; held: Held; lines?: readonly string[] }
  /** It says nothing to the question: something else may be meant by it. */
  | { does: 'wrong'; lines: readonly string[] };

export interface Said {
  /** As it was typed. */
  text: string;
  /** It asks for something else, though any words could be an answer. */
  isCommandLine: boolean;
  doubt?: Doubt | undefined;
  /** What was said before and waits for its confirmation. */
  held?: Held | undefined;
  /** It seems to be meant for this command, and what is said besides where it is asked. */
  report?: { word: string; group: string; notes: readonly string[] } | undefined;
  at: Date;
  calendar: Calendar;
}

export function takeTurn(form: AskedForm, place: Place, said: Said): Turn {
  const word = wordIn(said.text);
  const amended = placeToAmend(form, said.text);
  if (amended) return { does: 'go', to: amended };
  const sure = byHeld(form, place, said);
  if (sure) return sure;
  const everywhere = word && atAnyPlace(form, place, word);
  if (everywhere) return everywhere;
  if (place.at === 'summary') return atSummary(form, said);
  if (place.at === 'files') return atFiles(word, said);
  const shown = form.shown.find(({ name }) => name === place.name);
  if (!shown) return { does: 'go', to: missing(form) };
  return (word && byWord(form, place, shown, word)) ?? byAnswer(form, place, shown, said);
}

/** 「确认」, 「就是进展」: what was said before is the answer. */
function byHeld(form: AskedForm, place: Place, { held, report: _, ...said }: Said): Turn | undefined {
  if (place.at !== 'field' || held?.name !== place.name) return undefined;
  const shown = form.shown.find(({ name }) => name === place.name);
  const plain = plainWord(said.text);
  const isSure = wordIn(plain) === 'keep' || [SURE, `${SURE}${shown?.label}`].includes(plain);
  return shown && isSure
    ? byAnswer(form, place, shown, { ...said, text: held.said, isCommandLine: false })
    : undefined;
}

/** 「改 2」: no number that is not there. */
function placeToAmend({ shown }: AskedForm, text: string): Place | undefined {
  const amended = amendedIn(text);
  if (!amended) return undefined;
  const field =
    'number' in amended
      ? shown[amended.number - 1]
      : shown.find(({ label, name }) => [label, name].includes(amended.label));
  return field && { at: 'field', name: field.name, only: true };
}

/** Words that mean the same wherever the form stands. */
function atAnyPlace(form: AskedForm, place: Place, word: Word): Turn | undefined {
  switch (word) {
    case 'cancel':
      return { does: 'abandon' };
    case 'preview':
      return { does: 'go', to: place, lines: place.at === 'summary' ? [] : previewed(form) };
    case 'help':
      return { does: 'go', to: place, lines: helped(form) };
    case 'resume':
      return { does: 'go', to: place };
    case 'back': {
      const to = before(form, place);
      return { does: 'go', to, lines: to === place ? ['已经是第一项。'] : [] };
    }
    case 'submit':
      return submitFrom(form, place);
    default:
      return place.at === 'summary' && word === 'keep' ? submitFrom(form, place) : undefined;
  }
}

/** Nothing is sent that was not looked over. */
function submitFrom(form: AskedForm, place: Place): Turn {
  const to = missing(form);
  if (to.at === 'summary' && place.at === 'summary') return { does: 'submit' };
  return { does: 'go', to, lines: to.at === 'summary' ? [] : ['还有没填好的，填好就可以提交。'] };
}

function atSummary({ shown }: AskedForm, { text }: Said): Turn {
  const field = shown[(numberIn(text) ?? 0) - 1];
  if (field) return { does: 'go', to: { at: 'field', name: field.name, only: true } };
  return { does: 'wrong', lines: [`还没有登记：登记请回复「${SUBMIT}」。`] };
}

function atFiles(word: Word | undefined, { text }: Said): Turn {
  const isOver = word !== undefined || text.trim() === DONE;
  return isOver ? { does: 'go', to: 'on' } : { does: 'wrong', lines: ['请直接发送文件。'] };
}

/** What a word says to this field: 跳过, 确认, 不填. */
function byWord(form: AskedForm, place: Place, shown: FormField, word: Word): Turn | undefined {
  const { name, required } = shown;
  const on: Turn = { does: 'go', to: 'on' };
  if (word === 'clear') {
    if (required) return { does: 'go', to: place, lines: ['这一项必填。'] };
    return { ...on, answer: { name, value: shown.type === 'checkbox' ? false : undefined } };
  }
  const wrong = isFilled(shown) ? (wrongIn(form)[name] ?? refusedFor(form.raw, name)) : undefined;
  if (wrong !== undefined) return { does: 'go', to: place, lines: [`这一项要改：${wrong}。`] };
  if (isFilled(shown)) return on;
  if (word === 'keep') return confirmed(shown) ?? { does: 'go', to: place, lines: ['这一项还没有填。'] };
  if (!required) return on;
  const lines = [`这一项必填，不能跳过。现在填不了，可以先放着，以后再接着填。`];
  return word === 'skip' ? { does: 'go', to: place, lines } : undefined;
}

/** 「确认」 answers what has nothing but a yes. */
function confirmed({ name, type, options = [], required }: FormField): Turn | undefined {
  if (!required) return undefined;
  if (type === 'checkbox') return { does: 'go', to: 'on', answer: { name, value: true } };
  const [only, ...others] = options;
  if (type !== 'select' || !only || others.length > 0) return undefined;
  return { does: 'go', to: 'on', answer: { name, value: only.value } };
}

function byAnswer(form: AskedForm, place: Place, shown: FormField, said: Said): Turn {
  const { name, type } = shown;
  const field = form.fields[name];
  const isText = type === 'text' || type === 'textarea';
  if (!field || (isText && said.isCommandLine)) return { does: 'aside' };
  const kept = form.raw[name];
  const { text, doubt, at, calendar } = said;
  const about = doubt?.name === name ? { doubt } : {};
  const answer = readAnswer(text, { shown, field, kept, at, calendar, ...about });
  if ('doubt' in answer) return { does: 'doubt', doubt: answer.doubt };
  // A time of which the hour is missing is kept, and asked for.
  const isRough = type === 'datetime' && 'value' in answer && showRoughTime(answer.value) !== undefined;
  const wrong = 'wrong' in answer ? answer.wrong : isRough ? undefined : wrongWith(form, name, answer.value);
  if (wrong !== undefined || !('value' in answer)) return { does: 'wrong', lines: [`没有记下：${wrong}。`] };
  const { value } = answer;
  if (isText && said.report) {
    const { notes, ...report } = said.report;
    return { does: 'hold', held: { name, said: text, report }, lines: notes };
  }
  return { does: 'go', to: isRough ? place : 'on', answer: { name, value } };
}
