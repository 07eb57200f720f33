import { runSecrecyCampaign } from './secrecy-campaign.ts';

process.stderr.write('A whole life of reports, and then a look for their words wherever they must not be\n');
const report = await runSecrecyCampaign();
const lines: [string, string | number][] = [
  ['planted', report.planted],
  ['read by people', report.read],
  ['places searched', report.places.length],
  ['bytes searched', report.places.reduce((sum, { bytes }) => sum + bytes, 0)],
  ['words in the clear', report.hits.length],
  ['duration', `${(report.tookMs / 1000).toFixed(1)} s`],
];
const width = Math.max(...lines.map(([name]) => name.length));
process.stdout.write(`${lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n`);
for (const { name, bytes } of report.places) process.stdout.write(`  ${name}: ${bytes} bytes\n`);
for (const problem of [...report.hits, ...report.problems]) process.stdout.write(`  ${problem}\n`);
process.exitCode = report.hits.length + report.problems.length > 0 ? 1 : 0;
