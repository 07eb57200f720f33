import { parseArgs } from 'node:util';
import { runRoundCampaign } from './round-campaign.ts';

/** The most violations that are printed. */
const SHOWN = 20;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string' } },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed ?? Date.now() % 1_000_000)];
if (![rounds, seed].every((number) => Number.isInteger(number) && number >= 0)) {
  process.stderr.write('Usage: npm run campaign:round [-- --rounds 50 --seed 7]\n');
  process.exit(2);
}
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
say(`Playing ${rounds} rounds of rectification, from seed ${seed} on`);
const begun = performance.now();
const { played, said, warnings, carried, beyond, violations } = await runRoundCampaign({ rounds, seed, say });
const lines: [string, string | number][] = [
  ['rounds', played],
  ['what was said', said.map(([word, count]) => `${word} ${count}`).join(', ')],
  ['warnings', warnings],
  ['messages held back', carried],
  ['beyond the budget', beyond],
  ['violations', violations.length],
  ['duration', `${Math.round((performance.now() - begun) / 1000)} s`],
];
const width = Math.max(...lines.map(([name]) => name.length));
process.stdout.write(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(''));
process.stdout.write(
  violations
    .slice(0, SHOWN)
    .map((violation) => `${violation}\n`)
    .join(''),
);
if (violations.length > SHOWN) process.stdout.write(`… and ${violations.length - SHOWN} more\n`);
process.exitCode = violations.length > 0 ? 1 : 0;
