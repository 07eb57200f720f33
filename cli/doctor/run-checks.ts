import { setTimeout as wait } from 'node:timers/promises';
import { type Check, type Finding, failure, NotChecked, warning } from '../../bot/lark/doctor/check.ts';
import { SendFailure } from '../../bot/platform.ts';

/** A finding, and which check it is of. */
export interface CheckedFinding extends Finding {
  check: string;
}

/**
 * Runs all checks at the same time, each by itself: one that throws, or takes longer than `deadlineMs`, has failed, and
 * the others have not.
 */
export async function runChecks(checks: readonly Check[], deadlineMs: number): Promise<CheckedFinding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await within(deadlineMs, check).catch((fault: unknown) => [findingOf(fault)]);
      return findings.map((finding) => ({ check: check.title, ...finding }));
    }),
  );
  return found.flat();
}

async function within(deadlineMs: number, check: Check): Promise<Finding[]> {
  const over = new AbortController();
  const late = wait(deadlineMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${deadlineMs / 1000} 秒没有结果`);
  });
  try {
    return await Promise.race([check.run(), late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}

function findingOf(fault: unknown): Finding {
  if (fault instanceof NotChecked) return warning(`未检查：${fault.message}`);
  return failure(`没有查成：${reasonOf(fault)}`);
}

/** What the house itself throws names no person and no content; anything else may quote what it was about. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown';
  if (fault instanceof SendFailure || fault.constructor === Error) return fault.message;
  return 'code' in fault ? `${fault.name} ${String(fault.code)}` : fault.name;
}
