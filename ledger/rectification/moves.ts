import { assign } from './assignment.ts';
import { amend } from './moves/amend.ts';
import { amendRound } from './moves/amend-round.ts';
import { buildMoves } from './moves/build.ts';
import { closingMoves } from './moves/closing.ts';
import { deferralMoves } from './moves/deferral.ts';
import { lookBackMoves } from './moves/look-back.ts';
import { object } from './moves/object.ts';
import { stallMoves } from './moves/stall.ts';
import type { Step } from './moves/step.ts';
import { supervisingMoves } from './moves/supervise.ts';
import { takeOut } from './moves/take-out.ts';
import { withdraw } from './moves/withdraw.ts';
import { workMoves } from './moves/work.ts';
import { signOff } from './published/sign-off.ts';

/** Everything that can be done with a round, a problem, a measure; lists offer the first of those that are open to somebody. */
export const moves: readonly Step[] = [
  assign,
  ...workMoves,
  ...closingMoves,
  ...deferralMoves,
  ...stallMoves,
  withdraw,
  ...lookBackMoves,
  object,
  ...buildMoves,
  ...supervisingMoves,
  amend,
  amendRound,
  takeOut,
  signOff,
];
