import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault, FaultRun, Seen, Skipped } from './define.ts';

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
    const folder = await mkdtemp(join(tmpdir(), `qinglian-${fault.name}-`));
    const seen = await injected(fault, { seed: options.seed, folder });
    if (isKept(seen)) await rm(folder, { recursive: true, force: true });
    else options.say(`${fault.name}: a promise was broken; what there is to look at stands in ${folder}`);
    outcomes.push({ fault, seen, tookMs: performance.now() - begun });
  }
  return outcomes;
}

async function injected(fault: Fault, run: FaultRun): Promise<Seen | Skipped> {
  try {
    return await fault.inject(run);
  } catch (why) {
    const said = why instanceof Error ? why.message : String(why);
    return { ...NOTHING, remarks: [], broken: [`It could not be seen to the end: ${said}`] };
  }
}

const NOTHING = { acknowledged: 0, lost: 0, twice: 0, chainHolds: false };

/** Whether every promise was kept that could be looked at. */
export const areKept = (outcomes: readonly Outcome[]): boolean => outcomes.every(({ seen }) => isKept(seen));

const isKept = (seen: Seen | Skipped): boolean => 'skipped' in seen || seen.broken.length === 0;
