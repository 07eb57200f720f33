import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault, Seen, Skipped } from './define.ts';

/** A fault with what came of it. */
export interface Outcome {
  fault: Fault;
  seen: Seen | Skipped;
  tookMs: number;
}

/** Brings about one fault after the other, each on a bureau of its own. */
export async function runFaults(
  faults: readonly Fault[],
  options: { seed: number; say(sentence: string): void },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    options.say(`${fault.name} …`);
    const begun = performance.now();
    const seen = await injected(fault, options.seed);
    outcomes.push({ fault, seen, tookMs: performance.now() - begun });
  }
  return outcomes;
}

async function injected(fault: Fault, seed: number): Promise<Seen | Skipped> {
  const folder = await mkdtemp(join(tmpdir(), `qinglian-${fault.name}-`));
  try {
    return await fault.inject({ seed, folder });
  } catch (why) {
    const said = why instanceof Error ? why.message : String(why);
    return { ...NOTHING, remarks: [], broken: [`It could not be seen to the end: ${said}`] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NOTHING = { acknowledged: 0, lost: 0, twice: 0, chainHolds: false };

/** Whether every promise was kept that could be looked at. */
export const areKept = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every(({ seen }) => 'skipped' in seen || seen.broken.length === 0);
