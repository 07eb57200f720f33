import type { State } from '../define.ts';
import { followUpMoves } from './moves/follow-up.ts';
import { handlingMoves } from './moves/handling.ts';
import { identifyMoves } from './moves/identify.ts';
import { objectionMoves } from './moves/objection.ts';
import { ownReportMoves } from './moves/own-report.ts';
import type { Step } from './moves/step.ts';
import { triageMoves } from './moves/triage.ts';
import { recusing } from './pass-on.ts';
import { STATES } from './states.ts';
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

/** Nothing is left to be done. */
const isClosed = (name: string): boolean => {
  const states: Readonly<Record<string, State>> = STATES;
  return states[name]?.closed === true;
};

/** All that is done with a 说情打招呼记录, in the order in which its buttons stand. */
export const moves: readonly Step[] = steps.map((step) => recusing(step, isClosed));
