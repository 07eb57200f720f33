import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DoctorDesk, hints, openDoctorDesk, wrong } from './doctor-desk.ts';

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctorDesk();
});
afterEach(() => desk.close());

it.each([
  ['wechaty-puppet-nowhere', 'npm install --no-save wechaty-puppet-nowhere'],
  ['/nowhere/puppet.ts', 'there is no file /nowhere/puppet.ts'],
])('a puppet that is not there is found: %s', async (puppet, said) => {
  desk.variables.WECHAT_PUPPET = puppet;
  const [found] = wrong(await desk.examine());
  expect(found).toContain('微信：服务起不来');
  expect(found).toContain(said);
});

it('says that nobody logged in, that nobody is bound, and that there are no pages for phones', async () => {
  desk.variables.WECHAT_PUPPET = import.meta.filename;
  desk.variables.PUBLIC_URL = undefined;
  const examination = await desk.examine();
  expect(wrong(examination)).toEqual([]);
  expect(wrong(examination, 'warning')).toEqual([
    expect.stringContaining('设置：没有填 PUBLIC_URL'),
    '微信：机器人的微信号还没有登录过',
    '微信：还没有人绑定微信',
  ]);
  expect(hints(examination, '微信')).toContain('绑定微信');
});

it('WeChat alone fails: nobody could ask for a binding code', async () => {
  for (const name of Object.keys(desk.variables).filter((each) => each.startsWith('LARK_')))
    desk.variables[name] = undefined;
  desk.variables.WECHAT_PUPPET = import.meta.filename;
  expect(wrong(await desk.examine())).toContain('微信：只配置了微信：没有地方领取绑定码，谁都用不了');
});
