import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MOST_BYTES = 64 * 1024 * 1024;

/** Runs `qinglian …` as an operator would. @returns its exit code (null: a signal ended it), and all that it said */
export function runCommand(
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...variables }, maxBuffer: MOST_BYTES };
    const child = execFile(process.execPath, ['cli/qinglian.ts', ...args], options, (_, out, err) =>
      resolve({ code: child.exitCode, said: `${out}${err}` }),
    );
  });
}
