import type { Entry } from '../ledger/define.ts';
import type { Action, Section } from '../ledger/message.ts';
import { movesOpenTo, situationOf } from '../ledger/move.ts';
import type { Asking } from './define.ts';

/** An entry in a list: its line, its state, and what this person can do with it now. */
export function entrySection(asking: Asking, entry: Entry, most = 5): Section {
  const ledger = asking.entries.ledgerOf(entry);
  const state = ledger.states[entry.state]?.label ?? entry.state;
  return {
    heading: ledger.line(asking.entries.read(entry), asking.today),
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
