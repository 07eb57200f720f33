import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** Several times what all tests that run at one time leave there. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * The folder for what need not outlive a test: in memory, where the system has room there. Every answer is committed
 * durably, and to a disk that others write to as well that takes longer than everything else.
 */
export async function memoryFolder(): Promise<string> {
  const { bavail = 0, bsize = 0 } = (await statfs(MEMORY).catch(() => undefined)) ?? {};
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir();
}
