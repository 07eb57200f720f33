import { parseArgs } from 'node:util';
import { runMonthsCampaign } from './months-campaign.ts';
import { failuresIn, tableOf } from './months-table.ts';

const { values } = parseArgs({
  options: {
    months: { type: 'string', default: '24' },
    people: { type: 'string', default: '500' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [months, people, seed] = [
  Number(values.months),
  Number(values.people),
  Number(values.seed ?? Date.now() % 1_000_000),
];
if (![months, people, seed].every(Number.isInteger) || months < 2 || months > 24 || people < 15) {
  process.stderr.write('Usage: npm run campaign:months [-- --months 24 --people 500 --seed 7 --json]\n');
  process.exit(2);
}
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
say(`${months} months of ${people} people, with seed ${seed}`);
const report = await runMonthsCampaign({ months, people, seed, say });
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : tableOf(report));
process.exitCode = failuresIn(report).length > 0 ? 1 : 0;
