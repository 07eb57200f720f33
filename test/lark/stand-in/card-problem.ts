/** Why the card service refuses a card: its own code, and what it says. */
export interface CardProblem {
  readonly code: number;
  readonly message: string;
  /** What is wrong with what. */
  readonly value?: string;
  readonly path?: string;
}

/** 200621, for all that is no proper card. */
export const unparsable = (value: string): CardProblem => ({
  code: 200621,
  message: 'parse card json err, please check whether the card json is correct',
  value,
});
