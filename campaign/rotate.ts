import { parseArgs } from 'node:util';
import { percentile } from './prober.ts';
import { type RotateReport, runRotateCampaign } from './rotate-campaign.ts';

/** The most problems of a kind that are printed. */
const SHOWN = 10;

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '5' },
    seed: { type: 'string' },
  },
});
const [records, kills] = [Number(values.records), Number(values.kills)];
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (![records, kills, seed].every((number) => Number.isInteger(number) && number >= 0)) {
  process.stderr.write('Usage: npm run campaign:rotate [-- --records 10000 --kills 5 --seed 7]\n');
  process.exit(2);
}
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
say(`Rotating the keys of ${records} records under load, killed ${kills} times, with seed ${seed}`);
const begun = performance.now();
const report = await runRotateCampaign({ records, kills, seed, at: new Date(), say });
process.stdout.write(tableOf(report, performance.now() - begun));
process.exitCode = Object.values(report.violations).flat().length > 0 ? 1 : 0;

function tableOf(
  { journal, leftAfterKills, lastRun, uses, chainRecords, storing, violations }: RotateReport,
  tookMs: number,
): string {
  const times = (measured: readonly number[]) =>
    [0.5, 0.95, 1].map((share) => Math.round(percentile(measured, share))).join(' / ');
  const lines: [string, string | number][] = [
    ['records', records],
    ['kills', leftAfterKills.length],
    ['under the old key after each', leftAfterKills.join(', ')],
    ['last rotation', `exit code ${lastRun.code} after ${(lastRun.tookMs / 1000).toFixed(1)} s`],
    ['values at the end', [...uses].map(([id, count]) => `${count} under ${id}`).join(', ')],
    ['messages acknowledged', journal.said.filter(({ acknowledged }) => acknowledged).length],
    ['reports and progress filed', journal.effects.filter(({ acknowledged }) => acknowledged).length],
    ['storing a message before', `${times(storing.before)} ms (p50 / p95 / max of ${storing.before.length})`],
    ['storing a message during', `${times(storing.during)} ms (p50 / p95 / max of ${storing.during.length})`],
    ['lost', violations.lost.length],
    ['duplicated', violations.duplicated.length],
    ['other violations', violations.other.length],
    ['chain', `${chainRecords} records`],
    ['duration', `${Math.round(tookMs / 1000)} s`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  const details = Object.entries(violations).flatMap(([kind, found]: [string, string[]]) => [
    ...found.slice(0, SHOWN).map((line) => `${kind}: ${line}`),
    ...(found.length > SHOWN ? [`${kind}: … and ${found.length - SHOWN} more`] : []),
  ]);
  return `${[...table, ...details].join('\n')}\n`;
}
