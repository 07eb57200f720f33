import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from './doctor-desk.ts';

let desk: DoctorDesk;

beforeEach(async () => {
  desk = await openDoctorDesk();
});

afterEach(() => desk.close());

describe('of people, roles and delivery, doctor', () => {
  it('says how to give a role that nobody has', async () => {
    await desk.run('role', 'take', 'S005', '督查员');
    await desk.run('role', 'take', 'S010', '督查员');
    await desk.run('role', 'take', 'S007', '系统管理员');
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual(['角色：没有人担任督查员：整改事项没有人指派、复核']);
    expect(wrong(examination, 'warning')).toEqual([expect.stringContaining('没有人担任系统管理员')]);
    expect(hints(examination, '角色')).toContain('npm run qinglian -- role give <工号或姓名> 督查员');
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
    expect(hints(examination, '投递')).toContain('「可用范围」');
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
