import type { Ledger } from './define.ts';
import { intercession } from './intercession/intercession.ts';
import { nilReturn } from './nil-return/nil-return.ts';
import { rectification } from './rectification/rectification.ts';

/** The ledgers of the bureau: one folder each, and one word here. */
export const ledgers: readonly Ledger[] = [intercession, rectification, nilReturn];
