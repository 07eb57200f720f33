import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshKey, readKeyFile, writeKeyFile } from '../../ledger/key-file.ts';
import { readDatabase } from '../../prisma/read-database.ts';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from './doctor-desk.ts';

let desk: DoctorDesk;

beforeEach(async () => {
  desk = await openDoctorDesk();
});

afterEach(() => desk.close());

describe('doctor', () => {
  it('finds nothing wrong where everything is as it should be', async () => {
    const { code, out, err } = await desk.run('doctor');
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toMatch(/^[!✗]/mu);
    for (const check of [
      '设置',
      '台账',
      '备份',
      '平台',
      '时钟',
      '凭证',
      '机器人',
      '版本',
      '权限',
      '事件',
      '回调',
    ])
      expect(out).toMatch(new RegExp(`^✓ ${check}：`, 'mu'));
    for (const check of ['接收方式', '通讯录范围', '人员', '角色', '投递'])
      expect(out).toMatch(new RegExp(`^✓ ${check}：`, 'mu'));
    expect(out).toMatch(/✗ 0 项。一切正常。\n$/u);
  });

  it('prints the same as JSON', async () => {
    const { code, ...examination } = await desk.examine();
    expect(code).toBe(0);
    expect(Object.keys(examination)).toEqual(['ok', 'at', 'counts', 'findings']);
    expect(examination.ok).toBe(true);
    expect(examination.counts).toEqual({ ok: examination.findings.length, warning: 0, failure: 0 });
    expect(examination.findings[0]).toEqual({
      check: '设置',
      status: 'ok',
      text: '.env 齐全，LARK_TRANSPORT=websocket',
      hints: [],
    });
  });

  it('sends nothing and changes nothing', async () => {
    const before = await readFile(join(desk.folder, 'qinglian.db'));
    await desk.run('doctor');
    expect(desk.standIn.connections).toBe(0);
    expect(desk.standIn.pushes).toEqual([]);
    for (const { openId } of desk.standIn.directory.people.values())
      expect(desk.standIn.messages(openId)).toEqual([]);
    expect(await readFile(join(desk.folder, 'qinglian.db'))).toEqual(before);
  });

  it('could not write if it wanted to', async () => {
    const { rows, close } = await readDatabase(`file:${join(desk.folder, 'qinglian.db')}`);
    await expect(rows.meta.create({ data: { name: 'a', value: 'b' } })).rejects.toThrow();
    expect(await rows.meta.findMany({ where: { name: 'a' } })).toEqual([]);
    await close();
  });

  it('works while the service holds the database', async () => {
    await desk.change(async ({ database }) => {
      await database.write(async () => {
        expect((await desk.examine()).code).toBe(0);
      });
    });
  });
});

describe('of the settings, doctor', () => {
  it.each([
    [{ LARK_APP_SECRET: '' }, /LARK_APP_ID and LARK_APP_SECRET belong together: the secret is missing/],
    [{ LARK_APP_ID: 'cli_1' }, /LARK_APP_ID: expected the App ID/],
    [{ LARK_TRANSPORT: 'webhook', LARK_ENCRYPT_KEY: '' }, /LARK_TRANSPORT=webhook needs LARK_ENCRYPT_KEY/],
    [{ LARK_TRANSPORT: 'carrier pigeon' }, /LARK_TRANSPORT: /],
  ])('says in one sentence what is wrong with %j', async (settings, sentence) => {
    Object.assign(desk.variables, settings);
    const { code, out } = await desk.run('doctor');
    expect(code).toBe(1);
    expect(out.match(/^✗/gmu)).toHaveLength(1);
    expect(out).toMatch(sentence);
  });

  it('says that no platform is configured, and looks at the rest', async () => {
    Object.assign(desk.variables, { LARK_APP_ID: '', LARK_APP_SECRET: '' });
    const examination = await desk.examine();
    expect(examination.code).toBe(0);
    expect(wrong(examination, 'warning')).toEqual([expect.stringContaining('没有配置飞书')]);
    const checks = new Set(examination.findings.map(({ check }) => check));
    expect([...checks]).toEqual(['设置', '工作日', '台账', '备份', '角色', '投递']);
    expect(desk.standIn.calls).toEqual([]);
  });

  it('names a wrong rule, and warns of the local chat', async () => {
    await writeFile(join(desk.folder, 'rules.yaml'), 'warnings:\n  at: 9 Uhr\n');
    desk.variables.LOCAL_CHAT = 'on';
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringMatching(/^设置：.*warnings\.at/u)]);
    const warnings = ['LOCAL_CHAT=on', '工作日：未检查', '备份：未检查'];
    expect(wrong(examination, 'warning')).toEqual(warnings.map((part) => expect.stringContaining(part)));
  });
});

describe('of the record, doctor', () => {
  it('says that there is none, looks at the platform all the same, and makes nothing', async () => {
    desk.variables.DATA_DIR = join(desk.folder, 'elsewhere');
    const examination = await desk.examine();
    expect(examination.code).toBe(1);
    expect(wrong(examination)).toEqual([expect.stringMatching(/^台账：数据库打不开/u)]);
    expect(wrong(examination, 'warning')).toEqual([
      '备份：未检查：先解决「台账」',
      '人员：未检查：先解决「台账」',
      '角色：未检查：先解决「台账」',
      '投递：未检查：先解决「台账」',
    ]);
    await expect(stat(desk.variables.DATA_DIR)).rejects.toThrow('ENOENT');
  });

  it('names a key that is missing, without making another', async () => {
    const keyFile = join(desk.folder, 'qinglian.key');
    await rename(keyFile, `${keyFile}.away`);
    expect(wrong(await desk.examine())).toEqual([
      expect.stringMatching(/^台账：密钥不对（原文：.* is missing/u),
    ]);
    await expect(stat(keyFile)).rejects.toThrow('ENOENT');
    await rename(`${keyFile}.away`, keyFile);
    await chmod(keyFile, 0o644);
    expect(wrong(await desk.examine())).toEqual([
      expect.stringMatching(/^台账：密钥不对（原文：.*mode 644/u),
    ]);
  });

  it('says that a rotation of the keys was not ended, and what ends it', async () => {
    const keyFile = join(desk.folder, 'qinglian.key');
    const { current, keys } = readKeyFile(keyFile);
    const next = freshKey(new Date('2026-11-25T02:00:00Z'));
    await writeKeyFile(keyFile, { current, keys: [...keys, next] });
    const data = { value: `${current} ${next.id}` };
    await desk.change(({ database }) =>
      database.write(({ meta }) => meta.update({ where: { name: 'key-id' }, data })),
    );
    const examined = await desk.examine();
    expect(wrong(examined, 'warning')).toEqual([expect.stringContaining('密钥轮换还没有做完（在用 2 把）')]);
    expect(hints(examined, '台账')).toContain('key rotate');
  });

  it('names a chain whose tail was changed', async () => {
    await desk.change(({ database }) =>
      database.write(async (rows) => {
        const last = await rows.auditRecord.findFirstOrThrow({ orderBy: { seq: 'desc' } });
        await rows.auditRecord.update({
          where: { seq: last.seq },
          data: { body: new Uint8Array(Buffer.from('{}')) },
        });
      }),
    );
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual(['台账：存证链最后一条的指纹不符']);
    expect(hints(examination, '台账')).toContain('npm run qinglian -- verify');
  });

  it('lets one check fail by itself, without quoting what it read', async () => {
    await desk.change(({ database }) =>
      database.write((rows) =>
        rows.meta.update({ where: { name: 'directory/lark/last' }, data: { value: '林砚秋' } }),
      ),
    );
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual(['人员：没有查成：SyntaxError']);
    expect(examination.findings.filter(({ check }) => check === '投递')).toHaveLength(2);
  });
});
