import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from '../cli/doctor-desk.ts';

let desk: DoctorDesk;

beforeEach(async () => {
  desk = await openDoctorDesk();
});

afterEach(() => desk.close());

describe('of subscriptions and the way of receiving, doctor', () => {
  it('names an event that is not subscribed to, and where to add it', async () => {
    desk.standIn.application.events.delete('im.message.receive_v1');
    desk.standIn.application.events.delete('application.bot.menu_v6');
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([
      '事件：接收消息（im.message.receive_v1）未订阅：机器人听不到任何消息',
    ]);
    expect(wrong(examination, 'warning')).toEqual([
      expect.stringContaining('application.bot.menu_v6）未订阅'),
    ]);
    expect(hints(examination)).toContain('「事件配置」[Event Configuration]点「添加事件」');
  });

  it('names the callback that is not subscribed to, and what people see then', async () => {
    desk.standIn.application.callbacks.clear();
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringContaining('card.action.trigger）未订阅')]);
    expect(wrong(examination)[0]).toContain('200340');
    expect(hints(examination)).toContain('「回调配置」[Callback Configuration]点「添加回调」');
  });

  it('names the part whose mode is not that of LARK_TRANSPORT', async () => {
    desk.standIn.application.callbackMode = 'webhook';
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([
      '接收方式：回调的订阅方式是 webhook，而 LARK_TRANSPORT=websocket：收不到回调',
    ]);
    expect(hints(examination)).toContain('长连接');
  });

  it('says that the platform gives no long connection', async () => {
    desk.standIn.endpointAnswer = { code: 1000040350, msg: 'the number of connections exceeded the limit' };
    expect(wrong(await desk.examine())).toEqual(['接收方式：平台不给长连接的地址（代码 1000040350）']);
    desk.standIn.endpointAnswer = { code: 1, msg: 'system busy' };
    expect((await desk.examine()).code).toBe(0);
  });

  it('is content with a webhook that is set up as it should be', async () => {
    desk.variables.LARK_TRANSPORT = 'webhook';
    desk.standIn.pushTo('https://qinglian.example.cn/webhook/lark');
    const { code, out } = await desk.run('doctor');
    expect(out).not.toMatch(/^[!✗]/mu);
    expect(code).toBe(0);
  });

  it('names a webhook whose address is another, and one that is not encrypted on the way', async () => {
    desk.variables.LARK_TRANSPORT = 'webhook';
    desk.standIn.pushTo('https://qinglian.example.cn/events');
    const elsewhere = await desk.examine();
    expect(wrong(elsewhere)).toEqual([
      expect.stringMatching(/^接收方式：事件的请求地址不是/u),
      expect.stringMatching(/^接收方式：回调的请求地址不是/u),
    ]);
    desk.standIn.pushTo('http://qinglian.example.cn/webhook/lark');
    expect(wrong(await desk.examine(), 'warning')).toContainEqual(expect.stringContaining('未用 https'));
  });

  it('compares the Encrypt Key where the platform gives it, and shows neither', async () => {
    desk.variables.LARK_TRANSPORT = 'webhook';
    desk.standIn.onCall = ({ path }) =>
      path.startsWith('/open-apis/application/v6/applications/')
        ? {
            status: 200,
            body: { code: 0, msg: '', data: { app: { encryption: { encryption_key: 'their-own-key' } } } },
          }
        : undefined;
    const { code, out } = await desk.run('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/✗ 接收方式：LARK_ENCRYPT_KEY 与平台的 Encrypt Key 不一致/u);
    expect(out).not.toContain('their-own-key');
    expect(out).not.toContain(desk.standIn.encryptKey);
  });
});

describe('of the contact range, doctor', () => {
  it('says that an app which reads only a part takes over nothing', async () => {
    desk.standIn.directory.wholeCompany = false;
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringMatching(/^通讯录范围：应用只能读到部分成员/u)]);
    expect(hints(examination)).toContain('「全部成员」');
  });

  it('says that an app may read nobody', async () => {
    for (const department of desk.standIn.directory.departments.values()) department.inContactRange = false;
    expect(wrong(await desk.examine())).toEqual(['通讯录范围：应用读不到任何科室和人员']);
  });
});

it('never says a secret, a token or the name of a person, however much is wrong', async () => {
  const { standIn, variables } = desk;
  for (const scope of ['contact:user.base:readonly', 'im:message:send_as_bot']) standIn.scopes.delete(scope);
  standIn.application.events.clear();
  standIn.application.callbacks.clear();
  standIn.directory.wholeCompany = false;
  await desk.run('role', 'take', 'S007', '系统管理员');
  await desk.change(({ database }) =>
    database.write((rows) => rows.account.updateMany({ data: { unreachable: 'the person left' } })),
  );
  const { out, err } = await desk.run('doctor');
  const { out: json } = await desk.run('doctor', '--json');
  const said = out + err + json;
  expect(said).toContain('工号 S001');
  const names = [...standIn.directory.people.values()].map(({ name }) => name);
  expect(names).toHaveLength(21);
  const secrets = [variables.LARK_APP_SECRET, standIn.encryptKey, standIn.verificationToken];
  for (const secret of [...names, ...secrets]) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/\bt-[0-9a-f]{8}/u);
});
