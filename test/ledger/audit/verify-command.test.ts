import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leadersDigest } from '../../../jobs/leaders-digest.ts';
import { runJob } from '../../../jobs/run.ts';
import { openSampleRecord, type SampleRecord, takeMessages } from '../../sample-record.ts';

const COMMAND = fileURLToPath(new URL('../../../cli/qinglian.ts', import.meta.url));

let record: SampleRecord;
let tampered: SampleRecord;
let headInDigest: string;

beforeAll(async () => {
  record = await openSampleRecord(new Date('2026-11-23T01:00:00Z'));
  tampered = await record.copy();
  await runJob(record.store, leadersDigest, new Date('2026-11-30T00:30:00Z'));
  const [digest] = await takeMessages(record.store);
  if (digest?.content.kind !== 'notice') throw new Error('No digest was given out');
  headInDigest = digest.content.sections.at(-1)?.lines[0] ?? '';
  await tampered.store.database.rows.auditRecord.update({ where: { seq: 17 }, data: { actor: 'job:sweep' } });
});

afterAll(async () => {
  await record.close();
  await tampered.close();
});

/** Runs it as an operator would, on its own. */
async function qinglian(of: SampleRecord, ...words: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    env: {
      ...process.env,
      DATA_DIR: of.folder,
      DATABASE_URL: of.environment.databaseUrl,
      QINGLIAN_CONFIG: of.environment.rulesFile,
    },
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { out, err, code: code as number };
}

test('verify says that the chain holds, with its head, and exits 0', async () => {
  const records = await record.store.database.rows.auditRecord.count();
  const { out, err, code } = await qinglian(record, 'verify', '--against', headInDigest);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  expect(out).toMatch(
    new RegExp(
      `^${records} records, head [0-9a-f]{64}\nHead ${headInDigest} stands: records 1 to \\d+, the last of [\\d:.TZ-]+, are unchanged\nThe chain holds.\n$`,
    ),
  );
  expect(out).toContain(headInDigest.replaceAll(' ', ''));
});

test('verify names the first record that does not hold, and exits 1', async () => {
  const { out, code } = await qinglian(tampered, 'verify');
  expect(code).toBe(1);
  expect(out).toContain('broken at record 17\n');
  expect(out).toContain('Record 17: its column actor differs from its bytes\n');
  expect(out).not.toContain('The chain holds.');
});

test('verify exits 1 for a head that was given out and is not in the chain, and says the same to a program', async () => {
  const foreign = '0123456789abcdef0123456789abcdef';
  const { out, code } = await qinglian(
    record,
    'verify',
    '--json',
    '--against',
    headInDigest,
    '--head',
    foreign,
  );
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    problems: [
      'Head 0123456789abcdef… that was presented is not in the chain: records were removed or rewritten',
    ],
  });
});
