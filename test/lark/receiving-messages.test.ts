import { describe, expect, it } from 'vitest';
import { ago, type DispatcherDesk, freshDispatcherDesks } from './dispatcher-desk.ts';
import { BOT, mention, NOW, textEvent } from './receiving-push.ts';

let desk: DispatcherDesk;

freshDispatcherDesks((fresh) => {
  desk = fresh;
});

describe('a private message', () => {
  it('is told with the message’s own id as its key and its own time', async () => {
    expect(await desk.invoke(textEvent('  我要报告\n'))).toBeUndefined();
    expect(desk.house.messages).toEqual([
      {
        kind: 'message',
        key: 'lark:om_1',
        platform: 'lark',
        account: 'ou_1',
        text: '我要报告',
        at: ago(2000),
      },
    ]);
  });

  it('that was sent hours ago keeps its time, and one from the future gets the present', async () => {
    const hours = String(NOW.getTime() - 7 * 3_600_000);
    expect((await desk.saidBy({ content: { text: 'x' }, at: hours }))?.at).toEqual(ago(7 * 3_600_000));
    expect((await desk.saidBy({ content: { text: 'x' }, at: String(NOW.getTime() + 9000) }))?.at).toEqual(
      NOW,
    );
    expect((await desk.saidBy({ content: { text: 'x' }, at: '昨天' }))?.at).toEqual(NOW);
  });

  it('from another bot or from the bot itself is nobody’s', async () => {
    await desk.invoke(textEvent('x', { sender: { sender_type: 'bot' } }));
    await desk.invoke(textEvent('x', { sender: { sender_type: 'app', sender_id: null } }));
    await desk.invoke(textEvent('x', { sender: { sender_id: { open_id: BOT } } }));
    expect(desk.house.messages).toEqual([]);
    expect(desk.lines).toEqual([]);
  });

  it('has everybody by name in the place of a key, and keys that nobody has as they were typed', async () => {
    const mentions = [mention('@_user_1', 'ou_2', '示例@_user_10'), mention('@_user_10', 'ou_3', '程$&示例')];
    const said = { content: { text: '@_user_1 和 @_user_10、@_user_2 @_all' }, mentions };
    expect((await desk.saidBy(said))?.text).toBe('@示例@_user_10 和 @程$&示例、@_user_2 @所有人');
  });

  it.each([
    ['image', {}, '图片'],
    ['file', { file_key: 5, file_name: '证据.pdf' }, '文件'],
    ['audio', {}, '语音'],
    ['media', {}, '视频'],
    ['sticker', {}, '表情'],
    ['share_user', {}, '个人名片'],
    ['location', {}, '位置'],
    ['merge_forward', 'Merged and Forwarded Message', '合并转发的消息'],
    ['constructor', {}, '这种消息'],
    ['text', '{"text":', '这种消息'],
    ['text', '{"text":5}', '这种消息'],
    ['text', 'null', '这种消息'],
    ['post', '{"content":"x"}', '这种消息'],
    ['post', { content: [[{ tag: 'img', image_key: 'x' }]] }, '图片'],
  ])('of the kind %s (%o) cannot be read, and says what it is: %s', async (type, content, unreadable) => {
    expect(await desk.saidBy({ type, content })).toMatchObject({ text: '', unreadable });
  });

  it.each([
    ['image', { image_key: 'img_x' }, { name: '图片', source: { key: 'img_x', type: 'image' } }],
    [
      'file',
      { file_key: 'x', file_name: '证据.pdf' },
      { name: '证据.pdf', source: { key: 'x', type: 'file' } },
    ],
    ['audio', { file_key: 'x', duration: 2000 }, { name: '语音', source: { key: 'x', type: 'file' } }],
  ])('of the kind %s (%o) is a file that the platform holds', async (type, content, file) => {
    const inbound = await desk.saidBy({ type, content });
    expect(inbound).toMatchObject({ text: '', file });
    expect(inbound).not.toHaveProperty('unreadable');
  });

  it('with lines and a title is read as text', async () => {
    const content = {
      title: '情况说明',
      content: [
        [
          { tag: 'at', user_id: '@_user_1' },
          { tag: 'text', text: ' 昨天 ' },
          { tag: 'a', text: '见此', href: 'https://x' },
        ],
        [{ tag: 'img', image_key: 'x' }],
        'no line',
        [null, { tag: 'text', text: '第二行' }],
      ],
    };
    const mentions = [mention('@_user_1', 'ou_2', '林示例')];
    const inbound = await desk.saidBy({ type: 'post', content, mentions });
    expect(inbound?.text).toBe('情况说明\n@林示例 昨天 见此\n第二行');
    expect(inbound).not.toHaveProperty('unreadable');
  });
});

describe('a message in a group', () => {
  const toBot = [mention('@_user_1', BOT, '清廉台账')];

  it('is told with its group, and without the bot’s own mention', async () => {
    const inbound = await desk.saidBy({ group: true, mentions: toBot, content: { text: '@_user_1 帮助' } });
    expect(inbound).toMatchObject({ group: 'oc_1', text: '帮助', key: 'lark:om_1' });
  });

  it('that mentions nobody, all, or somebody who bears the bot’s name is not for the bot', async () => {
    const same = [mention('@_user_1', 'ou_9', '清廉台账')];
    expect(await desk.saidBy({ group: true, content: { text: '帮助' } })).toBeUndefined();
    expect(await desk.saidBy({ group: true, content: { text: '@_all 帮助' } })).toBeUndefined();
    expect(
      await desk.saidBy({ group: true, mentions: same, content: { text: '@_user_1 帮助' } }),
    ).toBeUndefined();
  });

  it('comes again while the bot does not know its own id', async () => {
    desk.bot = undefined;
    const event = textEvent('@_user_1 帮助', { group: true, mentions: toBot });
    await expect(desk.invoke(event)).rejects.toThrow('open_id');
    desk.bot = BOT;
    await desk.invoke(event);
    expect(desk.house.messages).toHaveLength(1);
  });

  it('of a kind of chat that is new counts as one that others read', async () => {
    const event = JSON.parse(JSON.stringify(textEvent('@_user_1 帮助', { mentions: toBot })));
    event.event.message.chat_type = 'topic_group';
    await desk.invoke(event);
    expect(desk.house.messages[0]?.group).toBe('oc_1');
  });
});
