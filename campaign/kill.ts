import { parseArgs } from 'node:util';
import { type CampaignReport, type KillOptions, runKillCampaign } from './kill-campaign.ts';
import { ownPostgresql } from './own-postgresql.ts';
import { percentile } from './prober.ts';

/** The most problems of a kind that are printed. */
const SHOWN = 10;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string' },
    postgresql: { type: 'boolean', default: false },
    instances: { type: 'string', default: '1' },
  },
});
const [kills, instances] = [Number(values.kills), Number(values.instances)];
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const isOnServer = values.postgresql || process.env.DATABASE_URL?.startsWith('postgres') === true;
if (![kills, instances].every((n) => Number.isInteger(n) && n >= 1) || !Number.isInteger(seed)) usage();
if (instances > 1 && !isOnServer) usage();
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
say(
  `Killing ${instances === 1 ? 'the service' : `${instances} instances`} ${kills} times, with seed ${seed}`,
);
const report = await (isOnServer ? overPostgresql : runKillCampaign)({ kills, seed, instances, say });
process.stdout.write(tableOf(report));
process.exitCode = Object.values(report.violations).flat().length > 0 ? 1 : 0;

function usage(): never {
  process.stderr.write(
    'Usage: npm run campaign:kill [-- --kills 20 --seed 7 --postgresql --instances 2]; several instances on PostgreSQL only: a server of its own, or an empty database at DATABASE_URL\n',
  );
  process.exit(2);
}

async function overPostgresql(options: KillOptions): Promise<CampaignReport> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined) return runKillCampaign({ ...options, databaseUrl: given });
  const own = await ownPostgresql();
  if (typeof own === 'string') {
    say(own);
    process.exit(2);
  }
  await using server = own;
  return await runKillCampaign({ ...options, databaseUrl: server.databaseUrl });
}

function tableOf(done: CampaignReport): string {
  const { tookMs, journal, record, endings, violations, servesAgainMs } = done;
  const { records, problems } = record.chain;
  const slowest = Math.max(...endings.map((ending) => ending.tookMs));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const lines: [string, string | number][] = [
    ['kills', done.kills],
    ['messages acknowledged', journal.said.filter(({ acknowledged }) => acknowledged).length],
    ['acts acknowledged', journal.pressed.filter(({ answer }) => answer).length],
    ['requests sent again', journal.repeated],
    ['messages delivered', record.outbox.filter(({ state }) => state === 'sent').length],
    ['lost', violations.lost.length],
    ['duplicated', violations.duplicated.length],
    ['other violations', violations.other.length],
    ['chain', `${records} records, ${problems.length === 0 ? 'holds' : 'BROKEN'}`],
    ['ready again', [0.5, 1].map((share) => seconds(percentile(servesAgainMs, share))).join(' / ')],
    ['stop', `exit codes ${endings.map(({ code }) => code).join(', ')} after ${seconds(slowest)}`],
    ['duration', seconds(tookMs)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  const details = Object.entries(violations).flatMap(([kind, found]: [string, string[]]) => [
    ...found.slice(0, SHOWN).map((line) => `${kind}: ${line}`),
    ...(found.length > SHOWN ? [`${kind}: … and ${found.length - SHOWN} more`] : []),
  ]);
  return `${[...table, ...details].join('\n')}\n`;
}
