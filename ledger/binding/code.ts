import { randomInt } from 'node:crypto';
import type { KeyRing } from '../key-ring.ts';

/** Without 0 and O, 1, I and L, and U: nothing that is misread when it is copied from one screen to another. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const SHAPE = new RegExp(`^[${SIGNS}]{${LENGTH}}$`);

/** 30^8 of them: at fifty tries an hour, one that is good is met once in a million years. */
export const newCode = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');

/** @returns the code that was typed and nothing else, however it was written; `undefined`: it does not look like one */
export function readCode(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\-‐-―−]/gu, '')
    .toUpperCase();
  return SHAPE.test(plain) ? plain : undefined;
}

/** What is kept of a code: whoever has the database alone cannot try codes on it. */
export const codeHash = ({ mark }: Pick<KeyRing, 'mark'>, platform: string, code: string): string =>
  mark(`binding-code/${platform}/${code}`);
