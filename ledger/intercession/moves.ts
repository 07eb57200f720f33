import { followUpMoves } from './moves/follow-up.ts';
import { handlingMoves } from './moves/handling.ts';
import { identifyMoves } from './moves/identify.ts';
import { objectionMoves } from './moves/objection.ts';
import { ownReportMoves } from './moves/own-report.ts';
import type { Step } from './moves/step.ts';
import { triageMoves } from './moves/triage.ts';
import { recusing } from './pass-on.ts';
import { unsealingMoves } from './unsealing.ts';

const steps: readonly Step[] = [
  ...triageMoves,
  ...handlingMoves,
  ...objectionMoves,
  ...followUpMoves,
  ...ownReportMoves,
  ...identifyMoves,
  ...unsealingMoves,
];

/** Nothing is left to be done: as the ledger's states say. */
const isClosed = (state: string): boolean => ['archived', 'withdrawn', 'unsealing'].includes(state);

/** All that is done with a 说情打招呼记录, in the order in which its buttons stand. */
export const moves: readonly Step[] = steps.map((step) => recusing(step, isClosed));
