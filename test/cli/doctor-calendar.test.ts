import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NotChecked } from '../../bot/lark/doctor/check.ts';
import { calendarCheck } from '../../cli/doctor/calendar-check.ts';
import { readEnvironment } from '../../config/environment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-calendar-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function found(at: string, rules = '') {
  const rulesFile = join(folder, 'rules.yaml');
  await writeFile(rulesFile, rules);
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: rulesFile });
  return calendarCheck(environment, () => new Date(at)).run();
}

it('says which year’s arrangement is missing, and how to enter it', async () => {
  expect(await found('2026-06-01T00:00:00Z')).toMatchObject([{ status: 'ok' }]);
  const [finding] = await found('2089-12-20T00:00:00Z');
  expect(finding).toMatchObject({ status: 'warning' });
  expect(finding?.text).toMatch(/^2089 年的放假调休安排尚未收录/);
  expect(finding?.hints.join()).toContain('2089-10-01');
});

it('is content once the bureau has entered the notice, on the bureau’s own calendar', async () => {
  const entered = 'calendar: { extraHolidays: [2090-10-01/2090-10-07] }';
  expect(await found('2090-06-01T00:00:00Z', entered)).toMatchObject([{ status: 'ok' }]);
  expect(await found('2090-12-01T17:00:00Z', entered)).toMatchObject([{ status: 'warning' }]);
  expect(await found('2090-12-01T15:00:00Z', entered)).toMatchObject([{ status: 'ok' }]);
});

it('waits for the rules to be mended', async () => {
  await expect(found('2026-06-01T00:00:00Z', 'calendar: { extraHolidays: [春节] }')).rejects.toThrow(
    NotChecked,
  );
});
