import type { CalendarDate } from '../calendar.ts';
import type { Entry } from '../define.ts';
import { Refusal } from '../refusal.ts';
import type { NewEntry } from '../write-entry.ts';
import type { RectificationData } from './data.ts';

export const LEDGER = 'rectification';

type Round = Extract<RectificationData, { level: 'round' }>;
type Item = Extract<RectificationData, { level: 'problem' | 'measure' }>;

/** What the parts of a round take from it. */
export function fromRound({ feedbackOn, termMonths, needsMeeting }: Round) {
  return {
    ...(feedbackOn && { feedbackOn }),
    ...(termMonths && { termMonths }),
    ...(needsMeeting && { needsMeeting }),
  };
}

/** What the measures of a problem take from it. */
export function fromProblem({ aspect, feedbackOn, termMonths, needsMeeting }: Item) {
  return {
    ...(aspect && { aspect }),
    ...(feedbackOn && { feedbackOn }),
    ...(termMonths && { termMonths }),
    ...(needsMeeting && { needsMeeting }),
  };
}

/** Places in lists: problem 3 is 3000, its second measure 3002. */
const PLACES = 1000;
/** Problems of a round, measures of a problem. */
export const MOST_PARTS = PLACES - 1;

/** What is said of a problem or a measure when it comes into the ledger. */
type Says = Omit<Item, 'level' | 'number'>;

/** A problem below its round, open to be assigned; one that has measures is worked on through them. */
export const newProblem = (
  round: Pick<Entry, 'id' | 'ref'>,
  number: number,
  { title, hasMeasures, says }: { title: string; hasMeasures: boolean; says: Says },
): NewEntry => ({
  ledger: LEDGER,
  ref: `${round.ref}-${number}`,
  state: hasMeasures ? 'progressing' : 'unassigned',
  title,
  parentId: round.id,
  position: number * PLACES,
  data: { ...says, level: 'problem', number } satisfies RectificationData,
});

/** A measure below its problem, open to be assigned. */
export const newMeasure = (
  problem: Pick<Entry, 'id' | 'ref' | 'position'>,
  number: number,
  { title, says }: { title: string; says: Says },
): NewEntry => ({
  ledger: LEDGER,
  ref: `${problem.ref}-${number}`,
  state: 'unassigned',
  title,
  parentId: problem.id,
  position: problem.position + number,
  data: { ...says, level: 'measure', number } satisfies RectificationData,
});

/** A title stands in one line of a list. */
export const oneLine = (typed: string): string => typed.trim().replace(/\s*\n\s*/gu, ' ');

/** Nobody has given his findings on a day to come. @throws Refusal */
export function requireGiven(feedbackOn: CalendarDate, today: CalendarDate): void {
  if (feedbackOn <= today) return;
  const sentence = `反馈日期 ${feedbackOn} 还没有到，今天是 ${today}`;
  throw new Refusal('invalid-input', `${sentence}。`, { feedbackOn: sentence });
}
