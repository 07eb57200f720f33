import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aboutSecret } from '../../ledger/installation-secret.ts';
import { lastFromBot, readable } from '../harness.ts';
import * as sample from '../ledger/attachment/sample-files.ts';
import { PUPPET } from './stand-in/stand-in.ts';
import { openWechatBureau, type WechatBureau } from './wechat-bureau.ts';

const STAFF = '林砚秋';
const OFFICE = 'office-1@room';

let wechat: WechatBureau;
beforeAll(async () => {
  wechat = await openWechatBureau();
  await wechat.bind('lin-1', STAFF);
});
afterAll(() => wechat.close());

/** What somebody got since the last time. */
const seen = new Map<string, number>();
const newTo = (id: string) => {
  const texts = wechat.standIn.textsTo(id);
  const known = seen.get(id) ?? 0;
  seen.set(id, texts.length);
  return texts.slice(known);
};

async function answerTo(from: string, text: string, room?: string): Promise<string> {
  const to = room ?? from;
  const before = wechat.standIn.textsTo(to).length;
  await wechat.says(from, text, room);
  await wechat.standIn.until(() => wechat.standIn.textsTo(to).length > before);
  return newTo(to).join('\n');
}

describe('somebody who is bound', () => {
  it('is answered in private, with words in place of buttons', async () => {
    expect(await answerTo('lin-1', '帮助')).toContain('我要报告');
    expect(await answerTo('lin-1', '我的整改')).toBe('我的整改：暂无在办事项');
  });

  it('is told in a group to write in private, where he calls the bot, and nothing otherwise', async () => {
    await wechat.says('lin-1', '大家好', OFFICE);
    expect(await answerTo('lin-1', '@清廉小助手\u2005帮助', OFFICE)).toBe('请私聊我。');
    expect(newTo(OFFICE)).toEqual([]);
  });

  it('is told what cannot be read', async () => {
    const before = wechat.standIn.textsTo('lin-1').length;
    wechat.standIn.order({ do: 'location', id: 'place-1', from: 'lin-1' });
    await wechat.standIn.until(() => wechat.standIn.textsTo('lin-1').length > before);
    expect(newTo('lin-1').join()).toContain('暂时不能处理位置');
  });

  it('is answered once where WeChat tells a message twice', async () => {
    const order = { do: 'text', id: 'twice', from: 'lin-1', text: '我的整改' } as const;
    wechat.standIn.order(order);
    wechat.standIn.order(order);
    await wechat.standIn.until(() => wechat.standIn.textsTo('lin-1').length > (seen.get('lin-1') ?? 0));
    await wechat.settle();
    expect(newTo('lin-1')).toHaveLength(1);
  });

  it('gets a way to the page and no content', async () => {
    const answer = await answerTo('lin-1', '昨天下午三点王处长打电话让我在示例项目评审中关照');
    expect(answer).toMatch(/打开页面：https:\/\/ledger\.example\.cn\/p\//);
    expect(answer).not.toContain('王处长');
  });

  it('sends a file, which the service fetches out of the child', async () => {
    const bytes = Buffer.from(sample.pdf());
    const base64 = bytes.toString('base64');
    wechat.standIn.order({ do: 'file', id: 'file-1', from: 'lin-1', name: '材料.pdf', base64 });
    await wechat.settle();
    const wanted = { maxBytes: 1_000_000, signal: new AbortController().signal };
    expect(await wechat.platform.fetchFile?.({ message: 'file-1' }, wanted)).toEqual(bytes);
    expect(await wechat.platform.fetchFile?.({ message: 'file-1' }, { ...wanted, maxBytes: 10 })).toBe(
      'too-large',
    );
    await expect(wechat.platform.fetchFile?.({ message: 'never' }, wanted)).rejects.toThrow('WeChat');
    expect(newTo('lin-1').join()).toContain('佐证文件不经聊天传递');
  });

  it('gets a QR code as a picture behind the words', async () => {
    await wechat.platform.send({
      id: 'with-qr',
      address: { platform: 'wechat', externalId: 'lin-1', isGroup: false },
      content: {
        kind: 'notice',
        title: '回执',
        tone: 'plain',
        sections: [{ lines: ['QL1'], qr: 'QL1' }],
        actions: [],
      },
      isAnswer: true,
    });
    const picture = wechat.standIn.said.find(({ said }) => said === 'file');
    expect(picture).toMatchObject({ to: 'lin-1', name: '二维码.png' });
    expect(newTo('lin-1')).toEqual(['【回执】\nQL1']);
  });
});

describe('a stranger', () => {
  it('is told nothing, neither in private nor in a group', async () => {
    for (const text of ['帮助', '台账', '我要报告', '你好']) {
      await wechat.says('stranger-1', text);
      await wechat.says('stranger-1', `@清廉小助手 ${text}`, OFFICE);
    }
    expect(newTo('stranger-1')).toEqual([]);
    expect(newTo(OFFICE)).toEqual([]);
    expect(await wechat.store.database.rows.inbox.count()).toBe(0);
  });

  it('who asks to be a friend becomes one, and is told nothing', async () => {
    const from = { id: 'new-1', name: '新朋友' };
    wechat.standIn.order({ do: 'friend-request', id: 'request-1', from, hello: '我是张三' });
    await wechat.standIn.until(() => wechat.standIn.said.some(({ said }) => said === 'befriended'));
    await wechat.settle();
    expect(newTo('new-1')).toEqual([]);
  });
});

describe('the process in which wechaty runs', () => {
  it('gets no variable but those of the puppet', () => {
    const hello = wechat.standIn.said.find(({ said }) => said === 'hello');
    expect(hello).toMatchObject({ variables: ['WECHATY_STAND_IN'] });
  });

  it('can read neither database nor key, write nothing and start no program', async () => {
    const { keyFile, databaseUrl } = wechat.bureau.environment;
    const files = [keyFile, databaseUrl.slice('file:'.length), '/etc/hostname'];
    wechat.standIn.order({ do: 'probe', files: [PUPPET, ...files] });
    await wechat.standIn.until(() => wechat.standIn.said.some(({ said }) => said === 'probed'));
    const probed = wechat.standIn.said.find(({ said }) => said === 'probed');
    const denied = [...files, 'write', 'run'].map((name) => [name, 'ERR_ACCESS_DENIED']);
    expect(probed).toEqual({ said: 'probed', found: { [PUPPET]: 'done', ...Object.fromEntries(denied) } });
  });

  it('keeps what it remembers of the login in the record, sealed', async () => {
    wechat.standIn.order({ do: 'remember', name: 'cookie', value: 'secret-cookie' });
    const session = { name: 'wechat-session-key' };
    const { rows } = wechat.store.database;
    await expect.poll(() => rows.meta.findUnique({ where: session })).not.toBeNull();
    const { value } = await rows.meta.findUniqueOrThrow({ where: session });
    const sealed = Buffer.from(value, 'base64');
    expect(sealed.toString('latin1')).not.toContain('secret-cookie');
    expect(
      Buffer.from(wechat.store.keys.unsealBytes(sealed, aboutSecret(session.name))).toString(),
    ).toContain('secret-cookie');
  });
});

it('an administrator who asks sees how the login stands', async () => {
  const answer = lastFromBot(await wechat.bureau.say('罗子衿', '微信登录')).content;
  expect(readable(answer)).toContain('微信已登录');
});
