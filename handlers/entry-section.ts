import type { Entry } from '../ledger/define.ts';
import { mayAddFiles } from '../ledger/evidence.ts';
import type { Action, Section } from '../ledger/message.ts';
import { movesOpenTo, situationOf } from '../ledger/move.ts';
import { DOES_NOT_OPEN } from '../ledger/open-or-tell.ts';
import { stateLabel } from '../ledger/state-label.ts';
import type { Asking } from './define.ts';

/** An entry in a list: its line, its state, and what this person can do with it now. */
export function entrySection(asking: Asking, entry: Entry, most = 5): Section {
  const ledger = asking.entries.ledgerOf(entry);
  const state = stateLabel(ledger, entry, asking.person);
  const reading = asking.entries.readable(entry);
  if (!reading) return { heading: entry.ref, lines: [state, DOES_NOT_OPEN] };
  return {
    heading: ledger.line(reading, asking.today),
    lines: [state],
    actions: [...moveActions(asking, entry).slice(0, most), { action: `查看 ${entry.ref}`, label: '查看' }],
  };
}

/** A button for each move open to the person; it stops working once somebody has changed the entry. */
export const moveActions = (asking: Asking, entry: Entry): Action[] =>
  movesOpenTo(asking.entries.ledgerOf(entry), situationOf(asking, asking.person, entry)).map(
    ({ word, style }) => ({
      action: `${word} ${entry.ref}@${entry.version}`,
      label: word,
      ...(style && { style }),
    }),
  );

/** The same where what the entry says is shown: what a judgement is mostly founded on stands on buttons of its own. */
export function judgingActions(asking: Asking, entry: Entry): Action[] {
  const open = movesOpenTo(asking.entries.ledgerOf(entry), situationOf(asking, asking.person, entry));
  const said = new Map(open.map(({ word, offered }) => [word, offered ?? []]));
  return moveActions(asking, entry).flatMap((action) => {
    const offered = said.get(action.label) ?? [];
    if (offered.length === 0) return [action];
    const quick = offered.map((words) => ({
      ...action,
      action: `${action.action} ${words}`,
      label: `${action.label}：${words}`,
    }));
    return [...quick, { ...action, label: `${action.label}（其他理由）` }];
  });
}

/** 补充佐证, where the person may add files to the entry now. */
export function fileActions({ entries, person }: Asking, entry: Entry): Action[] {
  const ledger = entries.ledgerOf(entry);
  const word = ledger.files?.word;
  if (word === undefined || !mayAddFiles(ledger, person, entry)) return [];
  return [{ action: `${word} ${entry.ref}`, label: word }];
}
