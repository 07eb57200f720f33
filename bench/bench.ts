import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Acknowledgements, measureAcknowledgements } from './acknowledge.ts';
import { type ColdStart, measureColdStart } from './cold-start.ts';
import { type LedgerPageFigures, measureLedgerPage } from './ledger-page.ts';
import { measureRecusalTiming, type RecusalTiming } from './recusal-timing.ts';
import { table } from './table.ts';
import { measureWeekly, type WeeklyFigures } from './weekly.ts';

// The weekly cards come first: their memory is measured over that of a process which has done nothing yet.
const CASES = ['weekly', 'acknowledge', 'recusal', 'ledger-page', 'cold-start'] as const;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: CASES.join() },
    'per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    entries: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});
const [perSecond, seconds] = [Number(values['per-second']), Number(values.seconds)];
const size = { entries: Number(values.entries), people: Number(values.people) };
const wanted = values.only.split(',');
const isRight =
  [perSecond, seconds, size.entries, size.people].every((number) => number > 0) &&
  wanted.every((name) => CASES.some((known) => known === name));
if (!isRight) {
  process.stderr.write(
    `Usage: npm run bench [-- --only ${CASES.join()} --per-second 100 --seconds 20 --entries 1000000 --people 10000 --json]\n`,
  );
  process.exit(2);
}
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const weekly = wanted.includes('weekly') ? await weeklyCards() : undefined;
const cases = wanted.includes('acknowledge') ? await acknowledgements() : [];
const recusal = wanted.includes('recusal') ? await recusalTimings() : [];
const ledgerPage = wanted.includes('ledger-page') ? await ledgerPages() : [];
const coldStart = wanted.includes('cold-start') ? await measureColdStart() : [];
const parts = [
  weekly && weeklyTable(weekly),
  acknowledgementTable(cases),
  recusalTable(recusal),
  ledgerPageTable(ledgerPage),
  coldStartTable(coldStart),
];
process.stdout.write(
  values.json
    ? `${JSON.stringify({ machine, weekly, cases, recusal, ledgerPage, coldStart })}\n`
    : `${machine}\n${parts.filter(Boolean).join('\n')}`,
);

function weeklyCards(): Promise<WeeklyFigures> {
  say(`weekly: ${size.entries} entries and ${size.people} people; filling the tables takes a while`);
  return measureWeekly(size);
}

async function acknowledgements(): Promise<({ name: string } & Acknowledgements)[]> {
  const measured: ({ name: string } & Acknowledgements)[] = [];
  for (const transport of ['websocket', 'webhook'] as const) {
    say(`acknowledge-${transport}: ${perSecond} messages a second for ${seconds} s`);
    const figures = await measureAcknowledgements({ transport, perSecond, seconds });
    measured.push({ name: `acknowledge-${transport}`, ...figures });
  }
  return measured;
}

async function recusalTimings(): Promise<RecusalTiming[]> {
  const measured: RecusalTiming[] = [];
  for (const hidden of [1, 200]) {
    say(`recusal: the words of the person named, ${hidden} hidden`);
    measured.push(...(await measureRecusalTiming({ hidden, rounds: 300 })));
  }
  return measured;
}

async function ledgerPages(): Promise<LedgerPageFigures[]> {
  const measured: LedgerPageFigures[] = [];
  for (const entries of [size.entries / 10, size.entries]) {
    say(`ledger-page: ${entries} entries; filling the tables takes a while`);
    measured.push(...(await measureLedgerPage({ entries, people: size.people })));
  }
  return measured;
}

function ledgerPageTable(measured: readonly LedgerPageFigures[]): string {
  if (measured.length === 0) return '';
  const rows = measured.map(({ entries, who, view, firstMs, medianMs, nextMs }) => [
    ...[`${entries}`, who, view],
    ...[firstMs, medianMs, nextMs].map((ms) => ms.toFixed(0)),
  ]);
  return table(
    ['entries', 'reader', 'view of the ledger page', 'first ms', 'again ms', 'next page ms'],
    rows,
  );
}

function coldStartTable(measured: readonly ColdStart[]): string {
  if (measured.length === 0) return '';
  const rows = measured.map(({ name, firstAnswerMs, mostMs, serviceMiB, wechatMiB }) => [
    ...[name, firstAnswerMs.toFixed(0), mostMs.toFixed(0), serviceMiB.toFixed(0)],
    wechatMiB?.toFixed(0) ?? '',
  ]);
  return table(['case', 'first answer ms', 'most ms', 'service MiB', 'wechaty MiB'], rows);
}

function weeklyTable(each: WeeklyFigures): string {
  return table(
    ['weekly cards', 'lines', 'cards', 'raw ms', 'job ms', 'ratio', 'MiB over idle', 'longest stop ms'],
    [
      [
        `${each.entries} entries`,
        `${each.lines}`,
        `${each.cards}`,
        each.rawMs.toFixed(0),
        each.jobMs.toFixed(0),
        each.ratio.toFixed(2),
        each.memoryMiB.toFixed(0),
        each.stopMs.toFixed(0),
      ],
    ],
  );
}

function acknowledgementTable(measured: readonly ({ name: string } & Acknowledgements)[]): string {
  if (measured.length === 0) return '';
  const rows = measured.map((each) => [
    each.name,
    `${each.acknowledged}/${each.sent}`,
    each.perSecond.toFixed(0),
    each.p50Ms.toFixed(1),
    each.p99Ms.toFixed(1),
    each.mostMs.toFixed(1),
    (each.answeredAfterMs / 1000).toFixed(1),
  ]);
  return table(
    ['case', 'acknowledged', 'per second', 'p50 ms', 'p99 ms', 'most ms', 'all answered after s'],
    rows,
  );
}

function recusalTable(measured: readonly RecusalTiming[]): string {
  if (measured.length === 0) return '';
  const rows = measured.map(({ word, hidden, withoutMs, withMs, slower }) => [
    word,
    `${hidden}`,
    withoutMs.toFixed(2),
    withMs.toFixed(2),
    (slower * 100).toFixed(0),
  ]);
  return table(['word of the person named', 'hidden', 'ms without', 'ms with', 'slower in % of pairs'], rows);
}
