import type { Entry } from './define.ts';

/** An entry that is to be moved, and the version it was looked at in, where that is known. */
export interface Target {
  ref: string;
  version?: number;
}

/** `Z1-3-2@5,Z1-3-3` → what is meant. */
export function readTargets(subject: string): Target[] {
  return subject
    .split(/[,，、]/u)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [ref = '', version] = part.split('@', 2);
      return version === undefined ? { ref } : { ref, version: Number(version) };
    });
}

export const writeTargets = (entries: readonly Entry[]): string =>
  entries.map((entry) => `${entry.ref}@${entry.version}`).join(',');
