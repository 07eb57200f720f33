import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BackupState, keepBackupState } from '../../ledger/backup/backup-state.ts';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from './doctor-desk.ts';

const DAY_MS = 86_400_000;

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctorDesk();
});
afterEach(() => desk.close());

const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
const keep = (state: BackupState) =>
  desk.change(({ database }) => database.write((rows) => keepBackupState(rows, state)));

async function ofBackups() {
  const { findings } = await desk.examine();
  return findings.filter(({ check }) => check === '备份').map(({ status, text }) => `${status} ${text}`);
}

it('says when the last good backup was written, and that the service makes them by itself', async () => {
  await keep({ last: { at: ago(1.9), bytes: 4096 } });
  expect(await ofBackups()).toEqual([
    expect.stringMatching(/^ok 最近一次成功的备份：\d{4}-\d\d-\d\d 周/u),
    'ok 自动备份每天 02:30 一次',
  ]);
});

it('warns of a backup that is older than twice the time from one to the next', async () => {
  await keep({ last: { at: ago(2.1), bytes: 4096 } });
  const examination = await desk.examine();
  expect(wrong(examination, 'warning')).toEqual([expect.stringMatching(/^备份：最近一次.*，已超过 2 天$/u)]);
  expect(hints(examination, '备份')).toContain('npm run qinglian -- backup');
  expect(examination.code).toBe(0);
});

it('warns of a record that has never been backed up', async () => {
  await desk.change(({ database }) =>
    database.write(({ meta }) => meta.delete({ where: { name: 'backup' } })),
  );
  expect(await ofBackups()).toEqual(['warning 还没有一次成功的备份', 'ok 自动备份每天 02:30 一次']);
});

it('warns where none are made by themselves, however new the last is', async () => {
  const file = join(desk.folder, 'rules.yaml');
  const rules = await readFile(file, 'utf8');
  await writeFile(file, rules.replace(/^backup: .*$/mu, ''));
  const examination = await desk.examine();
  expect(wrong(examination, 'warning')).toEqual(['备份：自动备份没有打开']);
  expect(hints(examination, '备份')).toContain('backup.folder');
});

it('warns where the last try failed', async () => {
  await keep({ failedAt: ago(0.01) });
  expect(await ofBackups()).toEqual([
    expect.stringMatching(/^ok 最近一次/u),
    expect.stringMatching(/^warning 自动备份上一次没有成功（\d{4}-\d\d-\d\d 周/u),
  ]);
});

it('looks at backups once the rules can be read', async () => {
  await writeFile(join(desk.folder, 'rules.yaml'), 'backup: { at: 凌晨 }\n');
  expect(await ofBackups()).toEqual(['warning 未检查：先解决「设置」']);
});
