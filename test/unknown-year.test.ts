import { writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openBureau } from './harness.ts';

const log = () => {
  const lines: string[] = [];
  return { lines, log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }) };
};

const warnings = (lines: readonly string[]) => lines.filter((line) => line.includes('not known yet'));

it('a service that starts in a year of which the notice is missing tells its operator once, until it is entered', async () => {
  const { lines, log: said } = log();
  const bureau = await openBureau({ at: '2089-12-20T01:00:00.000Z', world: { log: said } });
  expect(warnings(lines)).toHaveLength(1);
  expect(warnings(lines)[0]).toContain('"year":2089');
  await bureau.say('林砚秋', '帮助');
  const entered = 'calendar: { extraHolidays: [2089-10-01, 2090-10-01] }';
  await writeFile(`${bureau.folder}/rules.yaml`, entered);
  await bureau.restart();
  expect(warnings(lines)).toHaveLength(1);
  await bureau.close();
});
