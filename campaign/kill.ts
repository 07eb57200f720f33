import { parseArgs } from 'node:util';
import { type CampaignReport, runKillCampaign } from './kill-campaign.ts';

/** The most problems of a kind that are printed. */
const SHOWN = 10;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run campaign:kill [-- --kills 20 --seed 7]\n');
  process.exit(2);
}
process.stderr.write(`Killing the service ${kills} times, with seed ${seed}\n`);
const report = await runKillCampaign({ kills, seed });
process.stdout.write(tableOf(report));
process.exitCode = Object.values(report.violations).flat().length > 0 ? 1 : 0;

function tableOf({ kills: done, tookMs, journal, record, ending, violations }: CampaignReport): string {
  const acknowledgedActs = journal.pressed.filter(({ answer }) => answer).length;
  const { records, problems } = record.chain;
  const lines: [string, string | number][] = [
    ['kills', done],
    ['messages acknowledged', journal.said.filter(({ acknowledged }) => acknowledged).length],
    ['acts acknowledged', acknowledgedActs],
    ['requests sent again', journal.repeated],
    ['messages delivered', record.outbox.filter(({ state }) => state === 'sent').length],
    ['lost', violations.lost.length],
    ['duplicated', violations.duplicated.length],
    ['other violations', violations.other.length],
    ['chain', `${records} records, ${problems.length === 0 ? 'holds' : 'BROKEN'}`],
    ['stop', `exit code ${ending.code} after ${(ending.tookMs / 1000).toFixed(1)} s`],
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
