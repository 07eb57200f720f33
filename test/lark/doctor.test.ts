import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from '../cli/doctor-desk.ts';
import { openStandIn } from './stand-in/stand-in.ts';

let desk: DoctorDesk;

beforeEach(async () => {
  desk = await openDoctorDesk();
});

afterEach(() => desk.close());

const SCOPES = '/open-apis/application/v6/scopes';
const SELF = 'application:application:self_manage';

describe('of the platform, doctor', () => {
  it('says that an address cannot be reached, and fails nothing else for it', async () => {
    desk.variables.LARK_BASE_URL = 'http://127.0.0.1:1';
    const examination = await desk.examine();
    expect(examination.code).toBe(1);
    expect(wrong(examination)).toEqual([expect.stringMatching(/^平台：http:\/\/127\.0\.0\.1:1 连不通/u)]);
    expect(wrong(examination, 'warning')).toContain('凭证：未检查：先解决「平台」');
    expect(wrong(examination, 'warning')).toContain('权限：未检查：先解决「凭证」');
    expect(hints(examination)).toContain('LARK_BASE_URL');
  });

  it('says that whoever answers shows a certificate that nobody trusts, and where a trusted one goes', async () => {
    const other = await openStandIn({ overTls: true });
    desk.variables.LARK_BASE_URL = other.address;
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([
      `平台：${other.address} 连不通：平台出示的证书不受信任（DEPTH_ZERO_SELF_SIGNED_CERT）`,
    ]);
    expect(hints(examination, '平台')).toContain('系统信任库');
    expect(other.calls).toEqual([]);
    await other.close();
  });

  it('tells a page that stands in the way from the platform', async () => {
    desk.standIn.onCall = () => ({ status: 200, body: '<html>请登录</html>' });
    expect(wrong(await desk.examine())).toContainEqual(expect.stringContaining('可能是代理或登录页'));
  });

  it('gives an answer within its time when the platform gives none', async () => {
    desk.standIn.onCall = () => 'hang';
    const startedAt = performance.now();
    const examination = await desk.examine();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(wrong(examination)).toEqual([expect.stringContaining('5 秒没有答复')]);
  });

  it.each([
    [-2, 'warning', /^时钟：本机比平台慢 1[12]\d 秒$/u],
    [3, 'warning', /^时钟：本机比平台快 1[78]\d 秒$/u],
    [10, 'failure', /^时钟：本机比平台快 (?:599|60\d) 秒：/u],
  ] as const)('notices a clock that is %i minutes ahead', async (minutes, status, sentence) => {
    desk.aheadMs = minutes * 60_000;
    expect(wrong(await desk.examine(), status)).toContainEqual(expect.stringMatching(sentence));
  });

  it('names a wrong secret, and does not print it', async () => {
    desk.variables.LARK_APP_SECRET = 'not-the-secret';
    const { code, out } = await desk.run('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/✗ 凭证：平台不认 LARK_APP_ID 或 LARK_APP_SECRET（代码 10014）/u);
    expect(out).toContain('凭证与基础信息');
    expect(out.match(/^✗/gmu)).toHaveLength(1);
    expect(out).not.toContain('not-the-secret');
  });
});

describe('of the app, doctor', () => {
  it.each([
    [1, '被企业停用'],
    [3, '已安装，等待启用'],
  ])('says that a bot in state %i is not in use', async (status, why) => {
    desk.standIn.application.botStatus = status;
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringContaining(why)]);
    expect(hints(examination)).toContain('「机器人」[Bot]');
  });

  it('says that the bot ability is off', async () => {
    desk.standIn.onCall = ({ path }) =>
      path === '/open-apis/bot/v3/info'
        ? { status: 400, body: { code: 11205, msg: 'app do not have bot' } }
        : undefined;
    expect(wrong(await desk.examine())).toEqual(['机器人：应用没有机器人能力（代码 11205）']);
  });

  it.each([
    [{ online_version_id: '' }, 'failure', /^版本：还没有已发布的版本/u],
    [
      { online_version_id: 'oav_1', unaudit_version_id: 'oav_2' },
      'warning',
      /^版本：有一个版本在等管理员审核/u,
    ],
    [{ status: 0 }, 'failure', /^版本：应用在企业内未启用/u],
  ] as const)('reads how its versions stand: %j', async (app, status, sentence) => {
    desk.standIn.onCall = ({ path }) =>
      path.startsWith('/open-apis/application/v6/applications/')
        ? { status: 200, body: { code: 0, msg: '', data: { app } } }
        : undefined;
    expect(wrong(await desk.examine(), status)).toContainEqual(expect.stringMatching(sentence));
  });
});

describe('of scopes, doctor', () => {
  it.each([
    'im:message.p2p_msg:readonly',
    'im:message:send_as_bot',
    'contact:user.employee:readonly',
    'contact:department.base:readonly',
  ])('names %s when it alone is missing, and where to ask for it', async (scope) => {
    desk.standIn.scopes.delete(scope);
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringContaining(`权限：${scope} 未开通`)]);
    expect(hints(examination)).toContain(`/app/${desk.standIn.appId}/auth?q=${encodeURIComponent(scope)}`);
    expect(hints(examination)).toContain('版本管理与发布');
  });

  it('takes a wider scope for a narrow one, and warns only of what is not needed', async () => {
    desk.standIn.scopes.delete('im:message:send_as_bot');
    desk.standIn.scopes.add('im:message');
    desk.standIn.scopes.delete('im:message.group_at_msg:readonly');
    desk.standIn.scopes.delete('im:resource');
    const examination = await desk.examine();
    expect(examination.code).toBe(0);
    expect(wrong(examination, 'warning')).toEqual([
      expect.stringContaining('im:resource 未开通：把回执的二维码作为图片放进卡片'),
      expect.stringContaining('im:message.group_at_msg:readonly 未开通'),
    ]);
    desk.standIn.scopes.add('im:resource:upload');
    expect(wrong(await desk.examine(), 'warning')).toHaveLength(1);
  });

  it('tells what waits for approval from what was never asked for', async () => {
    const scopes = [...desk.standIn.scopes].map((scope_name) => ({
      scope_name,
      scope_type: 'tenant',
      grant_status: scope_name === 'contact:user.base:readonly' ? 2 : 1,
    }));
    desk.standIn.onCall = ({ path }) =>
      path === SCOPES ? { status: 200, body: { code: 0, msg: '', data: { scopes } } } : undefined;
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([expect.stringContaining('已申请，管理员还没有授权')]);
    expect(hints(examination)).toContain('应用审核');
  });

  it('tries what it cannot read, and says what has to be looked at by eye', async () => {
    for (const scope of [SELF, 'contact:user.base:readonly', 'im:message:send_as_bot', 'im:resource'])
      desk.standIn.scopes.delete(scope);
    const examination = await desk.examine();
    expect(wrong(examination)).toEqual([
      expect.stringContaining('im:message:send_as_bot 未开通'),
      expect.stringContaining('contact:user.base:readonly 未开通'),
    ]);
    expect(wrong(examination, 'warning')).toEqual([
      `版本：未能核对：没有开通 ${SELF}`,
      expect.stringContaining('im:message.p2p_msg:readonly 未能核对'),
      expect.stringContaining('im:resource 未开通'),
      expect.stringContaining('im:message.group_at_msg:readonly 未能核对'),
      expect.stringContaining(`${SELF} 未能核对`),
      `事件：未能核对：没有开通 ${SELF}`,
      `回调：未能核对：没有开通 ${SELF}`,
      `接收方式：未能核对订阅方式：没有开通 ${SELF}`,
    ]);
    for (const { openId } of desk.standIn.directory.people.values())
      expect(desk.standIn.messages(openId)).toEqual([]);
    expect(desk.standIn.images.size).toBe(0);
  });
});
