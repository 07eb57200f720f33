/** How much of what the platform takes is used, and for how long a call waits in line. Whole numbers from 1 on. */
export interface Limits {
  /** Calls of one API. */
  perSecond: number;
  perMinute: number;
  /** Calls in a second that concern one person, one group, one card. */
  perPerson: number;
  perGroup: number;
  perCard: number;
  /** A message that would wait longer in line is given back, to come again when its turn is. */
  maxWaitMs: number;
  /** The same for an urgent one. */
  urgentMaxWaitMs: number;
  /** For how long nothing but urgent messages is sent after the monthly quota was used up. */
  quotaPauseMs: number;
  /** For how long nothing is called after the platform refused the app itself. */
  haltMs: number;
}

/** What the platform's pages state: nearly every API 50/s and 1000/min, a person, a group and a card 5/s. */
export const defaultLimits: Limits = {
  perSecond: 50,
  perMinute: 1000,
  perPerson: 5,
  perGroup: 5,
  perCard: 5,
  maxWaitMs: 5000,
  urgentMaxWaitMs: 20_000,
  quotaPauseMs: 3_600_000,
  haltMs: 60_000,
};

/** A limit: `most` starts within any `lengthMs`. */
export interface Limit {
  most: number;
  lengthMs: number;
  /** The share of it that ordinary calls leave to urgent ones. */
  keptShare: number;
}

/** Clocks of different machines do not tick alike. */
const MARGIN_MS = 5;
const SECOND_MS = 1000 + MARGIN_MS;
const MINUTE_MS = 60_000 + MARGIN_MS;

/** Ordinary calls leave some places free, so that somebody who writes is answered while a thousand notices go out. */
export const limitsOfApi = ({ perSecond, perMinute }: Limits): Limit[] => [
  { most: perSecond, lengthMs: SECOND_MS, keptShare: 0.02 },
  { most: perMinute, lengthMs: MINUTE_MS, keptShare: 0.04 },
];

export const limitsOfReceiver = (limits: Limits, kind: ReceiverKind): Limit[] => {
  const most = { person: limits.perPerson, group: limits.perGroup, card: limits.perCard }[kind];
  return [{ most, lengthMs: SECOND_MS, keptShare: 0 }];
};

export type ReceiverKind = 'person' | 'group' | 'card';
