import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { NODE_COMPILE_CACHE } = process.env;
const COMPILED = NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {};

/** The real command in a process of its own, which can be killed. */
export interface RealCommand {
  child: ChildProcess;
  /** How it ended, and what it said on stderr. */
  ended: Promise<{ code: number | null; err: string }>;
  kill(): Promise<void>;
}

/** @param variables its settings, such as DATA_DIR */
export function startCommand(variables: Readonly<Record<string, string>>, ...args: string[]): RealCommand {
  const child = spawn(process.execPath, ['cli/qinglian.ts', ...args], {
    cwd: ROOT,
    env: { ...COMPILED, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr?.on('data', (text) => {
    err += String(text);
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, err }));
  return {
    child,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What processes of ours put there for a while. */
export const leftIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('.qinglian-'));

/** Waits until the command has something of that kind in the folder. @returns false when it ended without */
export async function hasBegun({ child }: RealCommand, folder: string, kind: string): Promise<boolean> {
  for (;;) {
    const own = new RegExp(`^\\.qinglian-${kind}-.+-${child.pid}-`);
    if ((await leftIn(folder)).some((name) => own.test(name))) return true;
    if (child.exitCode !== null) return false;
    await wait(1);
  }
}
