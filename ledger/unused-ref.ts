import { randomInt } from 'node:crypto';
import type { Operation } from './operation.ts';

/** Without 0 and O, 1, I and L, and U: nothing that is misread from paper or misheard. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';
const SIGNS = `23456789${LETTERS}`;

/** 编号 for what is confidential: random, so that it tells neither who nor how many. */
export async function unusedRef({ rows }: Pick<Operation, 'rows'>): Promise<string> {
  const ref = randomRef();
  const taken = await rows.entry.findUnique({ where: { ref }, select: { id: true } });
  return taken ? randomRef() : ref;
}

/** With a digit and a letter, so that it is seen to be one. */
function randomRef(): string {
  const signs = Array.from({ length: 8 }, () => SIGNS[randomInt(SIGNS.length)] ?? '');
  const ref = `${signs.slice(0, 4).join('')}-${signs.slice(4).join('')}`;
  return /\d/.test(ref) && /[A-Z]/.test(ref) ? ref : randomRef();
}
