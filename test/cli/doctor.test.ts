import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';
import { readDatabase } from '../../prisma/read-database.ts';
import { type DoctorDesk, type Examination, openDoctorDesk } from './doctor-desk.ts';

let desk: DoctorDesk;

beforeEach(async () => {
  desk = await openDoctorDesk();
});

afterEach(() => desk.close());

/** What is wrong, each as 「check：text」. */
const wrong = ({ findings }: Examination, status: 'warning' | 'failure' = 'failure'): string[] =>
  findings.filter((finding) => finding.status === status).map(({ check, text }) => `${check}：${text}`);

const hintsOf = ({ findings }: Examination, check: string): string =>
  findings
    .filter((finding) => finding.check === check && finding.status !== 'ok')
    .flatMap(({ hints }) => hints)
    .join('\n');

describe('doctor', () => {
  it('finds nothing wrong where everything is as it should be', async () => {
    const { code, out, err } = await desk.run('doctor');
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toMatch(/^[!✗]/mu);
    for (const check of ['设置', '台账', '平台', '时钟', '凭证', '机器人', '版本', '权限', '事件', '回调'])
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
    expect([...checks]).toEqual(['设置', '台账', '角色', '投递']);
    expect(desk.standIn.calls).toEqual([]);
  });

  it('names a wrong rule, and warns of the local chat', async () => {
    await writeFile(join(desk.folder, 'rules.yaml'), 'warnings:\n  at: 9 Uhr\n');
    desk.variables.LOCAL_CHAT = 'on';
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringMatching(/^设置：.*warnings\.at/u)]);
    expect(wrong(examination, 'warning')).toEqual([expect.stringContaining('LOCAL_CHAT=on')]);
  });
});

describe('of the record, doctor', () => {
  it('says that there is none, looks at the platform all the same, and makes nothing', async () => {
    desk.variables.DATA_DIR = join(desk.folder, 'elsewhere');
    const examination = await desk.examine();
    expect(examination.code).toBe(1);
    expect(wrong(examination)).toEqual([expect.stringMatching(/^台账：数据库打不开/u)]);
    expect(wrong(examination, 'warning')).toEqual([
      '人员：未检查：先解决「台账」',
      '角色：未检查：先解决「台账」',
      '投递：未检查：先解决「台账」',
    ]);
    await expect(stat(desk.variables.DATA_DIR)).rejects.toThrow('ENOENT');
  });

  it('names a key that is missing, without making another', async () => {
    const keyFile = join(desk.folder, 'qinglian.key');
    await rename(keyFile, `${keyFile}.away`);
    expect(wrong(await desk.examine())).toEqual([expect.stringMatching(/^台账：密钥不对：.* is missing/u)]);
    await expect(stat(keyFile)).rejects.toThrow('ENOENT');
    await rename(`${keyFile}.away`, keyFile);
    await chmod(keyFile, 0o644);
    expect(wrong(await desk.examine())).toEqual([expect.stringMatching(/^台账：密钥不对：.*mode 644/u)]);
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
    expect(hintsOf(examination, '台账')).toContain('npm run qinglian -- verify');
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

describe('of people, roles and delivery, doctor', () => {
  it('says how to give a role that nobody has', async () => {
    await desk.run('role', 'take', 'S005', '督查员');
    await desk.run('role', 'take', 'S010', '督查员');
    await desk.run('role', 'take', 'S007', '系统管理员');
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual(['角色：没有人担任督查员：整改事项没有人指派、复核']);
    expect(wrong(examination, 'warning')).toEqual([expect.stringContaining('没有人担任系统管理员')]);
    expect(hintsOf(examination, '角色')).toContain('npm run qinglian -- role give <工号或姓名> 督查员');
  });

  it('counts who has no account, and names by number whose role needs one', async () => {
    await desk.change(({ database }) =>
      database.write((rows) => rows.account.deleteMany({ where: { person: { staffNumber: 'S005' } } })),
    );
    expect(wrong(await desk.examine(), 'warning')).toEqual([
      '人员：在职 21 人，已登记飞书账号 20 人：1 人收不到消息',
      '角色：督查员 2 人，其中 1 人没有飞书账号（工号 S005）',
    ]);
  });

  it('counts what the sync left to be cleared up, and says when it was long ago', async () => {
    const at = new Date(Date.now() - 50 * 3_600_000).toISOString();
    const value = JSON.stringify({ at, conflicts: ['通讯录里的林砚秋没有工号'] });
    await desk.change(({ database }) =>
      database.write((rows) => rows.meta.update({ where: { name: 'directory/lark/last' }, data: { value } })),
    );
    expect(wrong(await desk.examine(), 'warning')).toEqual([
      '人员：最近一次全量同步在 50 小时前',
      '人员：同步有 1 处要人核对',
    ]);
    expect((await desk.run('doctor')).out).not.toContain('林砚秋');
    expect((await desk.run('doctor', '--names')).out).toContain('通讯录里的林砚秋没有工号');
  });

  it('groups what was not delivered by its reason, and says what to do', async () => {
    const out = 'the person is outside the availability of the app, or left; im.message.create: code 230013';
    await desk.change(async (store) => {
      await die(store, 'one', `${out}, HTTP status 400, log id A1`);
      await die(store, 'two', `${out}, HTTP status 400, log id B2`);
      await die(store, 'three', 'the person has left');
      await waitingSince(store, 'four', Date.now() - 3_600_000);
      await store.database.write((rows) =>
        rows.account.updateMany({
          where: { person: { staffNumber: 'S017' } },
          data: { unreachable: 'left' },
        }),
      );
    });
    const examination = await desk.examine();
    expect(examination.code).toBe(0);
    expect(wrong(examination, 'warning')).toEqual([
      '投递：积压超过 10 分钟：待发送 1 条，待处理 0 条',
      `投递：未送达 2 条：${out}, HTTP status 400`,
      '投递：未送达 1 条：the person has left',
      '投递：1 人收不到消息（工号 S017）',
    ]);
    expect(hintsOf(examination, '投递')).toContain('「可用范围」');
  });

  it('asks the service how it is', async () => {
    const answer = { ready: false, problems: ['lark: No long connection to Feishu for 70 s'] };
    const service = createServer((_request, response) => response.end(JSON.stringify(answer)));
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    desk.variables.PORT = String((service.address() as AddressInfo).port);
    const unready = await desk.examine();
    await new Promise((resolve) => service.close(resolve));
    expect(wrong(unready)).toEqual([expect.stringMatching(/^服务：.*还不能收发/u)]);
    expect(wrong(unready, 'warning')).toEqual([`服务：服务说：${answer.problems[0]}`]);
    expect(wrong(await desk.examine(), 'warning')).toEqual([expect.stringContaining('没有服务在运行')]);
  });
});

const CONTENT: Content = { kind: 'notice', title: '示例', tone: 'plain', sections: [], actions: [] };

async function waitingSince(store: Store, key: string, atMs: number): Promise<void> {
  const notBefore = new Date(atMs);
  await store.database.write(async (rows) => {
    const { id: personId } = await rows.person.findFirstOrThrow();
    await enqueue(store, rows, notBefore, { key, personId, content: CONTENT, notBefore });
  });
}

async function die(store: Store, key: string, lastError: string): Promise<void> {
  await waitingSince(store, key, Date.now());
  await store.database.write((rows) =>
    rows.outbox.update({ where: { key }, data: { state: 'dead', lastError } }),
  );
}
