/** Something about the installation that can be looked at by itself; it changes nothing. */
export interface Check {
  /** In Chinese; stands before each of its findings. */
  title: string;
  /** @throws NotChecked where something else has to be mended first; any other error is a failure of its own */
  run(): Promise<Finding[]>;
}

/** `failure`: the bot does not work, or not safely; `warning`: it works, and somebody should know. */
export type FindingStatus = 'ok' | 'warning' | 'failure';

/** For operators, in Chinese; without secrets, names of people and contents. */
export interface Finding {
  status: FindingStatus;
  text: string;
  /** What to do about it, a line each. */
  hints: string[];
}

export const ok = (text: string): Finding => ({ status: 'ok', text, hints: [] });
export const warning = (text: string, ...hints: string[]): Finding => ({ status: 'warning', text, hints });
export const failure = (text: string, ...hints: string[]): Finding => ({ status: 'failure', text, hints });

/** Nothing can be said before something else is mended; the message says what, in Chinese. */
export class NotChecked extends Error {}

/** Does the work at the first call, and gives every caller the same result. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
