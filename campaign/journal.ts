import type { ActionAnswer } from '../bot/platform.ts';

/** Something a person said. */
export interface Said {
  messageId: string;
  person: string;
  text: string;
  /** The service answered 200: it has it. */
  acknowledged: boolean;
}

/** A button that a person pressed, or a form that he sent. */
export interface Pressed {
  /** The request key under which the service knows it. */
  key: string;
  /** What the service answered; absent: it never did. */
  answer?: ActionAnswer;
}

/** Something written into the ledger that can be told from everything else there by what it says. */
export interface Effect {
  token: string;
  ledger: 'intercession' | 'rectification';
  /** The service said that it was done. */
  acknowledged: boolean;
}

/** What was asked of the service and what it acknowledged, as its people know it. */
export class Journal {
  readonly said: Said[] = [];
  readonly pressed: Pressed[] = [];
  readonly effects: Effect[] = [];
  /** Requests that were sent again because the connection broke, or to see that nothing happens twice. */
  repeated = 0;
  /** What was answered where the service could not take something: they try again. */
  readonly putOff: string[] = [];
  /** Nobody holds on any longer: what they said is looked at no more. */
  isAbandoned = false;
  /** What the people saw going wrong. */
  readonly problems: string[] = [];
}
