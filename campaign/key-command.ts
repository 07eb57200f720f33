import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Variables } from './running-program.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a command ended. */
export interface CommandRun {
  /** Absent where a signal ended it. */
  code: number | null;
  /** By us, as was meant. */
  isKilled: boolean;
  out: string;
  err: string;
  tookMs: number;
}

/** When a command is killed: so long after its start, or after it has said this. */
export interface Kill {
  afterMs: number;
  since?: string;
}

/** Runs `qinglian key rotate` as an operator would. @param kill it is killed then, as by a power cut */
export async function rotateKeysOf(variables: Variables, kill?: Kill): Promise<CommandRun> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['cli/qinglian.ts', 'key', 'rotate', '--json'], {
    cwd: ROOT,
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => {
    said.out += String(bytes);
  });
  let isAwaited = kill !== undefined;
  let isKilled = false;
  const killWhenDue = () => {
    if (!kill || !isAwaited || !said.err.includes(kill.since ?? '')) return;
    isAwaited = false;
    setTimeout(() => {
      isKilled = child.kill('SIGKILL');
    }, kill.afterMs).unref();
  };
  child.stderr.on('data', (bytes) => {
    said.err += String(bytes);
    killWhenDue();
  });
  killWhenDue();
  await once(child, 'close');
  return {
    code: child.exitCode,
    isKilled: isKilled && child.exitCode === null,
    ...said,
    tookMs: performance.now() - begun,
  };
}
