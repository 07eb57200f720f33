import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { CASES, type Sizes } from './cases.ts';
import { measurePeers } from './peers.ts';
import { type BenchCase, caseTable } from './table.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    'per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    entries: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '10000' },
    records: { type: 'string', default: '1000000' },
    messages: { type: 'string', default: '20000' },
    json: { type: 'boolean', default: false },
  },
});
const sizes: Sizes = {
  perSecond: Number(values['per-second']),
  seconds: Number(values.seconds),
  entries: Number(values.entries),
  people: Number(values.people),
  records: Number(values.records),
  messages: Number(values.messages),
};
// With the peers, nothing else is measured unless it is asked for.
const wanted = values.only?.split(',') ?? (values.peers ? [] : Object.keys(CASES));
if (!Object.values(sizes).every((number) => number > 0) || !wanted.every((name) => name in CASES)) {
  process.stderr.write(
    `Usage: npm run bench [-- --only ${Object.keys(CASES).join()} --peers --entries 1000000 --people 10000 --records 1000000 --messages 20000 --per-second 100 --seconds 20 --json]\n`,
  );
  process.exit(2);
}
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const cases: BenchCase[] = [];
const take = (measured: readonly BenchCase[]): void => {
  cases.push(...measured);
  // Who waits for the last case reads the first ones meanwhile.
  process.stderr.write(caseTable(measured));
};
for (const name of wanted) {
  process.stderr.write(`${name}: to fill a large ledger takes a while\n`);
  take([(await CASES[name]?.(sizes)) ?? []].flat());
}
if (values.peers) take(await measurePeers());
process.stdout.write(
  values.json ? `${JSON.stringify({ machine, cases })}\n` : `${machine}\n${caseTable(cases)}`,
);
// A library's timer keeps nobody waiting.
process.exit(0);
