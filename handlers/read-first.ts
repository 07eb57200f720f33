import type { Entry } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries, HistoryRecord } from '../ledger/entry.ts';
import { ADD_FILE } from '../ledger/evidence.ts';
import { type Action, type Content, type NoticeContent, showLine } from '../ledger/message.ts';
import type { LedgerMove } from '../ledger/move.ts';
import type { Operation } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';
import { writeTargets } from '../ledger/target.ts';
import type { Asking } from './define.ts';
import { showEntry } from './show-entry.ts';

/** Whether the person was shown what the entry says, and nobody else has said anything in it since. */
export async function hasRead(
  { entries, directory }: Pick<Operation, 'entries' | 'directory'>,
  { id }: Person,
  entry: Entry,
): Promise<boolean> {
  const last = await lastReading(entries, id, entry);
  if (last === undefined) return false;
  const steps = await entries.history(entry);
  return !steps.some(
    (step) =>
      step.actor !== id && step.at > last && saysSomething(step) && directory.byId(step.actor) !== undefined,
  );
}

/** A step that brings words or a file; 受理 and 开始甄别 leave nothing to be read. */
const saysSomething = ({ action, values, isBroken }: HistoryRecord): boolean =>
  isBroken === true || action.endsWith(`.${ADD_FILE}`) || Object.keys(values).length > 0;

async function lastReading(entries: Entries, personId: string, entry: Entry): Promise<Date | undefined> {
  const { readings } = await entries.readings(entry.ref);
  return readings.findLast((reading) => reading.personId === personId)?.at;
}

/** Those that the person has yet to read before he judges them. */
export async function unreadOf(
  reader: Pick<Operation, 'entries' | 'directory'>,
  person: Person,
  { ledger, move }: LedgerMove,
  found: readonly Entry[],
): Promise<Entry[]> {
  const unread: Entry[] = [];
  if (!move.readFirst || !ledger.contents) return unread;
  for (const entry of found) if (!(await hasRead(reader, person, entry))) unread.push(entry);
  return unread;
}

/** @throws Refusal when something came to it that the person has not seen, though his form may have been open before */
export async function requireRead(
  operation: Operation,
  person: Person,
  chosen: LedgerMove,
  entry: Entry,
): Promise<void> {
  const [unread] = await unreadOf(operation, person, chosen, [entry]);
  if (!unread) return;
  const sentence = `${unread.ref} 有您还没有看过的内容，请先查看，再${chosen.move.word}。`;
  throw new Refusal('wrong-state', sentence, {}, [{ action: showLine(unread.ref), label: '查看' }]);
}

/**
 * In place of the step: what was not read, with the button that takes the step now that it is. Of several, which ones those
 * are.
 */
export async function shownInstead(
  asking: Asking,
  word: string,
  { found, unread, rest }: { found: readonly Entry[]; unread: readonly Entry[]; rest: string },
): Promise<Content> {
  const [first] = unread;
  if (first && found.length === 1) return oneInstead(asking, word, first, rest);
  const read = found.filter((entry) => !unread.includes(entry));
  const others: Action[] =
    read.length > 0 ? [{ action: lineOf(word, read, rest), label: `${word}看过的 ${read.length} 项` }] : [];
  return {
    kind: 'notice',
    title: `有 ${unread.length} 项您还没有看过，没有办理`,
    tone: 'yellow',
    sections: [
      { lines: [`「${word}」须看过内容再定：`] },
      ...unread.map(({ ref }) => ({ lines: [ref], actions: [{ action: showLine(ref), label: '查看' }] })),
    ],
    actions: others,
  };
}

const lineOf = (word: string, entries: readonly Entry[], rest: string): string =>
  [word, writeTargets(entries), rest].filter((part) => part !== '').join(' ');

async function oneInstead(asking: Asking, word: string, entry: Entry, rest: string): Promise<Content> {
  const shown = await showEntry.answer(asking, entry.ref);
  if (shown.kind !== 'notice') return shown;
  const title = `${entry.ref} 请先看内容，再${word}`;
  if (shown.confidential) return { ...shown, title } satisfies NoticeContent;
  const label = [...rest].length > REASON_SHOWN ? `${[...rest].slice(0, REASON_SHOWN).join('')}…` : rest;
  const again: Action[] =
    rest === ''
      ? []
      : [{ action: lineOf(word, [entry], rest), label: `${word}：${label}`, style: 'primary' }];
  const why = { lines: [`您还没有看过这条记录，没有${word}。请看过下面的内容再定。`] };
  return { ...shown, title, sections: [why, ...shown.sections], actions: [...again, ...shown.actions] };
}

/** Of a reason that was typed, on its button. */
const REASON_SHOWN = 20;
