import { parseArgs } from 'node:util';
import { faults } from './faults/index.ts';
import { areKept, runFaults } from './faults/run-faults.ts';
import { faultsJson, faultsMarkdown, faultsTable } from './faults/table.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? faults.map(({ name }) => name);
const unknown = names.filter((name) => !faults.some((fault) => fault.name === name));
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (unknown.length > 0 || !Number.isInteger(seed)) {
  process.stderr.write(
    `Usage: npm run campaign:faults [-- --only ${faults.map(({ name }) => name).join(',')} --seed 7 --json --markdown]\n`,
  );
  process.exit(2);
}
process.stderr.write(`${names.length} faults, with seed ${seed}\n`);
const outcomes = await runFaults(
  faults.filter(({ name }) => names.includes(name)),
  { seed, say: (sentence) => void process.stderr.write(`${sentence}\n`) },
);
if (values.json) process.stdout.write(`${faultsJson(outcomes)}\n`);
else if (values.markdown) process.stdout.write(`${faultsMarkdown(outcomes)}\n`);
else process.stdout.write(faultsTable(outcomes));
process.exitCode = areKept(outcomes) ? 0 : 1;
