import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Acknowledgements, measureAcknowledgements } from './acknowledge.ts';

const { values } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const perSecond = Number(values['per-second']);
const seconds = Number(values.seconds);
if (!(perSecond > 0) || !(seconds > 0)) {
  process.stderr.write('Usage: npm run bench [-- --per-second 100 --seconds 20 --json]\n');
  process.exit(2);
}
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const cases: ({ name: string } & Acknowledgements)[] = [];
for (const transport of ['websocket', 'webhook'] as const) {
  process.stderr.write(`acknowledge-${transport}: ${perSecond} messages a second for ${seconds} s\n`);
  cases.push({
    name: `acknowledge-${transport}`,
    ...(await measureAcknowledgements({ transport, perSecond, seconds })),
  });
}
process.stdout.write(values.json ? `${JSON.stringify({ machine, cases })}\n` : table());

function table(): string {
  const rows = cases.map((each) => [
    each.name,
    `${each.acknowledged}/${each.sent}`,
    each.perSecond.toFixed(0),
    each.p50Ms.toFixed(1),
    each.p99Ms.toFixed(1),
    each.mostMs.toFixed(1),
    (each.answeredAfterMs / 1000).toFixed(1),
  ]);
  const heads = ['case', 'acknowledged', 'per second', 'p50 ms', 'p99 ms', 'most ms', 'all answered after s'];
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return `${machine}\n${[heads, ...rows].map(line).join('\n')}\n`;
}
