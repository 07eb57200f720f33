import type { Rows, Rules } from '../store.ts';

const MINUTE_MS = 60_000;

/** Forgets codes that ran out, and tries that no limit counts any more. */
export async function sweepBinding(rows: Rows, at: Date, { binding }: Rules): Promise<void> {
  await rows.bindingCode.deleteMany({ where: { expiresAt: { lt: at } } });
  const longest = Math.max(binding.pauseMinutes, binding.overallMinutes);
  // The last try begins a pause by those that went before it.
  const before = new Date(at.getTime() - 2 * longest * MINUTE_MS);
  await rows.bindingTry.deleteMany({ where: { at: { lt: before } } });
}
