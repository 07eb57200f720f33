import { spawn } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// The tests that are told by chance, with other stories than those of `npm test`, and more of them.

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: { times: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const [times, seed] = [Number(values.times), Number(values.seed ?? Date.now() % 1_000_000)];
if (![times, seed].every((number) => Number.isInteger(number) && number >= 0) || times === 0) {
  process.stderr.write('Usage: npm run campaign:chance [-- --times 10 --seed 7]\n');
  process.exit(2);
}
const files: string[] = [];
for await (const file of glob('test/**/*.test.ts', { cwd: ROOT }))
  if ((await readFile(join(ROOT, file), 'utf8')).includes("'fast-check'")) files.push(file);
process.stderr.write(`${files.length} files, ${times} times as many stories, from seed ${seed} on\n`);
const env = { ...process.env, CHANCE_SEED: `${seed}`, CHANCE_TIMES: `${times}` };
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', '--project', 'local', '--project', 'long', ...files], {
  cwd: ROOT,
  env,
  stdio: 'inherit',
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
