import { parseArgs } from 'node:util';
import { runDigestCampaign } from './digest-campaign.ts';

/** What may be added to the time that the limits allow. */
const TOLERANCE = 1.1;
const ANSWER_WITHIN_MS = 1000;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    'per-second': { type: 'string', default: '50' },
    failing: { type: 'string', default: '5' },
    seed: { type: 'string' },
  },
});
const options = {
  people: Number(values.people),
  perSecond: Number(values['per-second']),
  failing: Number(values.failing),
  seed: Number(values.seed ?? Date.now() % 1_000_000),
};
if (Object.values(options).some((value) => !Number.isInteger(value) || value < 0)) {
  process.stderr.write(
    'Usage: npm run campaign:digest [-- --people 2000 --per-second 50 --failing 5 --seed 7]\n',
  );
  process.exit(2);
}
process.stderr.write(
  `A digest to ${options.people} people at ${options.perSecond}/s, ${options.failing} % of calls failing, with seed ${options.seed}\n`,
);
const { once, more, never, calls, failed, tookMs, allowedMs, answersMs, putOff } =
  await runDigestCampaign(options);
const slowest = Math.max(0, ...answersMs);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const lines: [string, string | number][] = [
  ['got it once', once],
  ['got it more than once', more],
  ['never got it', never],
  ['calls', `${calls}, of them ${failed} failed`],
  ['took', seconds(tookMs)],
  ['the limits allow', `${seconds(allowedMs)}; with 10 % more ${seconds(allowedMs * TOLERANCE)}`],
  ['answers meanwhile', `${answersMs.length}, the slowest after ${Math.round(slowest)} ms`],
  ['answers that the platform put off', putOff],
];
const width = Math.max(...lines.map(([name]) => name.length));
process.stdout.write(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(''));
const isWell = more === 0 && never === 0 && tookMs <= allowedMs * TOLERANCE && slowest <= ANSWER_WITHIN_MS;
process.exitCode = isWell ? 0 : 1;
