import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs one of the project's own tools; what it says is shown when it fails. */
function run(tool: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(`${root}/node_modules/.bin/${tool}`, args, { cwd: root }, (fault, stdout, stderr) =>
      resolve({ code: fault ? 1 : 0, said: stdout + stderr }),
    );
  });
}

// Several checkers would each work out the same types of the libraries, on cores that the other tests need.
it('the types fit', async () => {
  const { code, said } = await run('tsc', ['--noEmit', '--checkers', '1']);
  expect(code, said).toBe(0);
});

it('the code is formatted and has no lint', async () => {
  const { code, said } = await run('biome', ['check', '--error-on-warnings', '.']);
  expect(code, said).toBe(0);
});
