import { adapterCause } from './adapter-cause.ts';

/** What to do about what SQLite says of a file as it is opened, by its result. */
const ADVICE: Readonly<Record<number, string>> = {
  8: 'it can only be read: check its owner and whether the disk is read-only',
  10: 'the disk does not read or write it: see the system log',
  11: 'it is damaged: keep a copy of it, and restore the last backup (qinglian restore)',
  13: 'the disk is full: make room',
  14: 'it cannot be opened: check DATA_DIR, its owner, and whether the disk is full or read-only',
  26: 'it is damaged or no database: keep a copy of it, and restore the last backup (qinglian restore)',
};

/** The same for an operator, naming the file and what to do; anything else stays what it is. */
export function fileFault(path: string, fault: unknown): unknown {
  const advice = ADVICE[Number(adapterCause(fault)?.originalCode) % 256];
  if (advice === undefined || !(fault instanceof Error)) return fault;
  return new Error(`The database ${path} cannot be used (${fault.message.trim()}): ${advice}`, {
    cause: fault,
  });
}
