import type { Operation } from '../operation.ts';
import { codeHash, newCode } from './code.ts';

const MINUTE_MS = 60_000;

/**
 * A code by which the person binds his account on that platform, for `rules.binding.codeMinutes`; the one that he had
 * before is void. Only its hash is kept.
 */
export async function issueCode(
  { rows, store, at }: Operation,
  personId: string,
  platform: string,
): Promise<string> {
  const code = newCode();
  const kept = {
    id: codeHash(store.keys, platform, code),
    platform,
    expiresAt: new Date(at.getTime() + store.rules.binding.codeMinutes * MINUTE_MS),
  };
  await rows.bindingCode.upsert({ where: { personId }, create: { ...kept, personId }, update: kept });
  return code;
}
