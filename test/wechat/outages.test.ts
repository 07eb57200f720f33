import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../ledger/message.ts';
import { button, lastFromBot, readable } from '../harness.ts';
import { MEMBERS, openWechatBureau, type WechatBureau } from './wechat-bureau.ts';

const STAFF = '林砚秋';
const ADMINISTRATOR = '罗子衿';

let wechat: WechatBureau;
beforeAll(async () => {
  wechat = await openWechatBureau();
  await wechat.bind('lin-1', STAFF);
});
afterAll(() => wechat.close());

/** How often the administrator was told since the last time. */
async function timesTold(): Promise<number> {
  await wechat.bureau.service.idle();
  const read = await wechat.bureau.read(ADMINISTRATOR);
  return read.filter(({ content }) => content.kind === 'notice' && content.title === '微信已掉线').length;
}

const answerOnLocalChat = async () =>
  readable(lastFromBot(await wechat.bureau.say('许星阑', '帮助')).content);

describe.each([
  ['is killed', () => process.kill(wechat.standIn.pid, 'SIGKILL')],
  ['leaves by itself', () => wechat.standIn.order({ do: 'exit' })],
  ['hangs', () => wechat.standIn.order({ do: 'hang' })],
  ['throws into the open', () => wechat.standIn.order({ do: 'throw' })],
  ['storms with errors', () => wechat.standIn.order({ do: 'storm' })],
  ['floods its channel', () => wechat.standIn.order({ do: 'flood' })],
  ['says what nobody understands', () => wechat.standIn.order({ do: 'babble' })],
])('a child that %s', (_, happens) => {
  it('leaves the service as it was, is told of once, and comes back', { timeout: 60_000 }, async () => {
    const { standIn, platform } = wechat;
    await standIn.until(() => platform.ready());
    await timesTold();
    let mayLogIn = false;
    standIn.onBegin(() => mayLogIn && standIn.logIn());
    happens();
    await standIn.until(() => !platform.ready());
    expect(await answerOnLocalChat()).toContain('我能帮您做什么');
    expect(await wechat.bureau.get('/readyz')).toMatchObject({
      ready: true,
      platforms: { wechat: false, local: true },
    });
    await expect.poll(timesTold, { timeout: 10_000 }).toBe(1);
    mayLogIn = true;
    standIn.logIn();
    await standIn.until(() => platform.ready());
    expect(await timesTold()).toBe(0);
    await wechat.says('lin-1', '帮助');
    const texts = standIn.textsTo('lin-1');
    expect(texts.at(-1)).toContain('我要报告');
  });
});

it('goes on to fail without a storm, and nobody is told again', { timeout: 60_000 }, async () => {
  const { standIn, platform } = wechat;
  await timesTold();
  standIn.onBegin((begun) => begun.order({ do: 'exit' }));
  const { lives } = standIn;
  process.kill(standIn.pid, 'SIGKILL');
  await standIn.until(() => standIn.lives > lives + 2, 40_000);
  standIn.onBegin((begun) => begun.logIn());
  await standIn.until(() => platform.ready(), 40_000);
  expect(await timesTold()).toBe(1);
});

it('a promise that nobody looked after ends nothing', async () => {
  const { lives } = wechat.standIn;
  wechat.standIn.order({ do: 'reject' });
  await wechat.settle();
  expect(wechat.platform.ready()).toBe(true);
  expect(wechat.standIn.lives).toBe(lives);
});

it('what has to go out waits until WeChat is there again, what comes in meanwhile is lost', {
  timeout: 60_000,
}, async () => {
  const { standIn, platform } = wechat;
  let mayLogIn = false;
  standIn.onBegin(() => mayLogIn && standIn.logIn());
  const { lives } = standIn;
  standIn.order({ do: 'logout' });
  await standIn.until(() => !platform.ready());
  const message = {
    id: 'waits',
    address: { platform: 'wechat', externalId: 'lin-1', isGroup: false },
    content: text('等一等'),
    isAnswer: true,
  };
  await expect(platform.send(message)).rejects.toMatchObject({ lasting: false, waitMs: 60_000 });
  await standIn.until(() => standIn.lives > lives);
  standIn.order({ do: 'text', id: 'lost', from: 'lin-1', text: '我的整改' });
  await wait(200);
  mayLogIn = true;
  standIn.logIn();
  await standIn.until(() => platform.ready());
  // Whoever writes to somebody at once is told to wait for the contacts, which is no attempt.
  await wechat.settle();
  await platform.send(message);
  await wechat.settle();
  expect(standIn.textsTo('lin-1').slice(-1)).toEqual(['等一等']);
});

it('a message whose fate nobody knows is not sent again', async () => {
  const { standIn, platform } = wechat;
  const message = (id: string) => ({
    id,
    address: { platform: 'wechat', externalId: 'lin-1', isGroup: false },
    content: text(id),
    isAnswer: true,
  });
  for (const how of ['throw', 'hang'] as const) {
    standIn.order({ do: 'sending', how });
    await expect(platform.send(message(how))).rejects.toMatchObject({ uncertain: true });
    standIn.order({ do: 'sending', how: 'well' });
    await expect(platform.send(message(how))).rejects.toMatchObject({ uncertain: true });
  }
  expect(platform.remembersIdsForMs).toBe(0);
  const twice = [platform.send(message('twice')), platform.send(message('twice'))];
  // What hung before still stands in the way inside the child: it is given up, and the next life goes on.
  await Promise.allSettled(twice);
  expect(standIn.textsTo('lin-1').filter((each) => each === 'twice').length).toBeLessThanOrEqual(1);
});

describe('a login by QR code', () => {
  it('is shown to an administrator who asks, and on the machine itself, and to nobody else', async () => {
    const { standIn, platform, bureau } = wechat;
    standIn.onBegin((begun) => begun.order({ do: 'scan', code: 'https://login.example.invalid/l/A1' }));
    process.kill(standIn.pid, 'SIGKILL');
    await standIn.until(() => platform.problem?.()?.includes('scan') === true);
    await timesTold();
    const asked = async (name: string) => lastFromBot(await bureau.say(name, '微信登录')).content;
    await expect
      .poll(() => asked(ADMINISTRATOR), { timeout: 10_000 })
      .toMatchObject({
        title: '请用机器人的微信号扫码登录',
        sections: [{ qr: 'https://login.example.invalid/l/A1' }],
      });
    expect(button(await asked(ADMINISTRATOR), '换新的二维码')).toBe('微信登录');
    expect(readable(await asked(STAFF))).toContain('没有「微信登录」的权限');
    const page = await fetch(`${bureau.service.address}/wechat`);
    expect(await page.text()).toContain('<svg');
    const proxied = await fetch(`${bureau.service.address}/wechat`, {
      headers: { 'x-forwarded-for': '10.0.0.9' },
    });
    expect(proxied.status).toBe(403);
    expect(await proxied.text()).not.toContain('<svg');
  });

  it('is told of once, also where the service is started anew meanwhile', async () => {
    const { lives } = wechat.standIn;
    await wechat.bureau.restart();
    await wechat.standIn.until(() => wechat.standIn.lives > lives);
    await wait(300);
    expect(wechat.platform.ready()).toBe(false);
    expect(await timesTold()).toBe(0);
  });

  it('with other ids than before mistakes nobody for another', async () => {
    const { standIn, platform } = wechat;
    standIn.members = {
      self: { id: 'bot-2', name: '清廉小助手' },
      contacts: [
        { id: 'lin-2', name: '砚秋' },
        { id: 'stranger-2', name: '路人' },
      ],
      rooms: [],
    };
    standIn.logIn();
    await standIn.until(() => platform.ready());
    await wechat.says('lin-2', '帮助');
    expect(standIn.textsTo('lin-2')).toEqual([]);
    const sent = platform.send({
      id: 'to-old-id',
      address: { platform: 'wechat', externalId: 'lin-1', isGroup: false },
      content: text('旧编号'),
      isAnswer: true,
    });
    await expect(sent).rejects.toMatchObject({ lasting: true, unreachable: true });
    await wechat.bind('lin-2', STAFF);
    await wechat.says('lin-2', '帮助');
    await standIn.until(() => standIn.textsTo('lin-2').length > 0);
    standIn.members = MEMBERS;
  });

  it('is not asked for where the session still holds: it is handed to the next life', async () => {
    const { standIn, platform } = wechat;
    standIn.order({ do: 'remember', name: 'cookie', value: 'chocolate' });
    await wechat.settle();
    standIn.onBegin((begun) => begun.logIn());
    process.kill(standIn.pid, 'SIGKILL');
    const { lives } = standIn;
    await standIn.until(() => standIn.lives > lives && platform.ready());
    const hello = standIn.said.findLast(({ said }) => said === 'hello');
    expect(JSON.stringify(hello)).toContain('chocolate');
  });
});
