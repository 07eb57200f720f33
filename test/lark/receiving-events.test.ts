import fc from 'fast-check';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import {
  BOT,
  eventOf,
  mention,
  messageEvent,
  NOW,
  pressEvent,
  type Said,
  TOKEN,
  ToldHouse,
  textEvent,
} from './receiving-push.ts';

let house: ToldHouse;
let bot: string | undefined;
let lines: Record<string, unknown>[];
let invoke: (body: unknown) => Promise<unknown>;
beforeEach(() => {
  house = new ToldHouse();
  bot = BOT;
  lines = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const dispatcher = openDispatcher(house, { botOpenId: () => bot, platform: 'lark', now: () => NOW, log });
  invoke = (body) => dispatcher.invoke(body, { needCheck: false });
});

const at = (msAgo: number) => new Date(NOW.getTime() - msAgo);

async function saidBy(said: Said) {
  house.messages.length = 0;
  await invoke(messageEvent(said));
  return house.messages[0];
}

describe('a private message', () => {
  it('is told with the message’s own id as its key and its own time', async () => {
    expect(await invoke(textEvent('  我要报告\n'))).toBeUndefined();
    expect(house.messages).toEqual([
      {
        kind: 'message',
        key: 'lark:om_1',
        platform: 'lark',
        account: 'ou_1',
        text: '我要报告',
        at: at(2000),
      },
    ]);
  });

  it('that was sent hours ago keeps its time, and one from the future gets the present', async () => {
    const hours = String(NOW.getTime() - 7 * 3_600_000);
    expect((await saidBy({ content: { text: 'x' }, at: hours }))?.at).toEqual(at(7 * 3_600_000));
    expect((await saidBy({ content: { text: 'x' }, at: String(NOW.getTime() + 9000) }))?.at).toEqual(NOW);
    expect((await saidBy({ content: { text: 'x' }, at: '昨天' }))?.at).toEqual(NOW);
  });

  it('from another bot or from the bot itself is nobody’s', async () => {
    await invoke(textEvent('x', { sender: { sender_type: 'bot' } }));
    await invoke(textEvent('x', { sender: { sender_type: 'app', sender_id: null } }));
    await invoke(textEvent('x', { sender: { sender_id: { open_id: BOT } } }));
    expect(house.messages).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('has everybody by name in the place of a key, and keys that nobody has as they were typed', async () => {
    const mentions = [mention('@_user_1', 'ou_2', '示例@_user_10'), mention('@_user_10', 'ou_3', '程$&示例')];
    const said = { content: { text: '@_user_1 和 @_user_10、@_user_2 @_all' }, mentions };
    expect((await saidBy(said))?.text).toBe('@示例@_user_10 和 @程$&示例、@_user_2 @所有人');
  });

  it.each([
    ['image', { image_key: 'img_x' }, '图片'],
    ['file', { file_key: 'x', file_name: '证据.pdf' }, '文件'],
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
    expect(await saidBy({ type, content })).toMatchObject({ text: '', unreadable });
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
    const inbound = await saidBy({ type: 'post', content, mentions });
    expect(inbound?.text).toBe('情况说明\n@林示例 昨天 见此\n第二行');
    expect(inbound).not.toHaveProperty('unreadable');
  });
});

describe('a message in a group', () => {
  const toBot = [mention('@_user_1', BOT, '清廉台账')];

  it('is told with its group, and without the bot’s own mention', async () => {
    const inbound = await saidBy({ group: true, mentions: toBot, content: { text: '@_user_1 帮助' } });
    expect(inbound).toMatchObject({ group: 'oc_1', text: '帮助', key: 'lark:om_1' });
  });

  it('that mentions nobody, all, or somebody who bears the bot’s name is not for the bot', async () => {
    const same = [mention('@_user_1', 'ou_9', '清廉台账')];
    expect(await saidBy({ group: true, content: { text: '帮助' } })).toBeUndefined();
    expect(await saidBy({ group: true, content: { text: '@_all 帮助' } })).toBeUndefined();
    expect(await saidBy({ group: true, mentions: same, content: { text: '@_user_1 帮助' } })).toBeUndefined();
  });

  it('comes again while the bot does not know its own id', async () => {
    bot = undefined;
    const event = textEvent('@_user_1 帮助', { group: true, mentions: toBot });
    await expect(invoke(event)).rejects.toThrow('open_id');
    bot = BOT;
    await invoke(event);
    expect(house.messages).toHaveLength(1);
  });

  it('of a kind of chat that is new counts as one that others read', async () => {
    const event = JSON.parse(JSON.stringify(textEvent('@_user_1 帮助', { mentions: toBot })));
    event.event.message.chat_type = 'topic_group';
    await invoke(event);
    expect(house.messages[0]?.group).toBe('oc_1');
  });
});

describe('what else people do', () => {
  it('an entry of the menu is the line that stands for it, at its time in seconds', async () => {
    const log = pino({ level: 'silent' });
    const menuLine = (key: string) => `菜单：${key}`;
    const dispatcher = openDispatcher(house, {
      botOpenId: () => bot,
      platform: 'lark',
      now: () => NOW,
      menuLine,
      log,
    });
    const event = {
      operator: { operator_id: { open_id: 'ou_1' } },
      event_key: 'report',
      timestamp: Math.floor(NOW.getTime() / 1000) - 3,
    };
    await dispatcher.invoke(eventOf('application.bot.menu_v6', event), { needCheck: false });
    expect(house.messages).toEqual([
      {
        kind: 'message',
        key: 'lark:event:e1',
        platform: 'lark',
        account: 'ou_1',
        text: '菜单：report',
        at: at(3000),
      },
    ]);
  });

  it('an opened chat is an entrance of who opened it', async () => {
    const event = { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' } };
    await invoke(eventOf('im.chat.access_event.bot_p2p_chat_entered_v1', event));
    expect(house.messages).toEqual([
      { kind: 'entered', key: 'lark:event:e1', platform: 'lark', account: 'ou_1', text: '', at: at(1000) },
    ]);
  });

  it('a pressed button is told whole, at its time in microseconds, and answered', async () => {
    const answer = await invoke(pressEvent({ value: { line: '查看' }, form_value: { content: '送礼' } }));
    expect(answer).toEqual({ toast: { type: 'success', content: '已登记' } });
    expect(house.presses).toEqual([
      {
        eventId: 'e1',
        openId: 'ou_1',
        messageId: 'om_card',
        chatId: 'oc_1',
        value: { line: '查看' },
        formValue: { content: '送礼' },
        at: at(500 - 0.123),
      },
    ]);
  });

  it('a button without a form has none, and one in milliseconds its time as well', async () => {
    await invoke(pressEvent({ value: 'x' }, { create_time: String(NOW.getTime() - 700) }));
    expect(house.presses[0]).toMatchObject({ formValue: undefined, at: at(700) });
  });

  it('a press that cannot be read is answered, because it never comes again', async () => {
    expect(await invoke(eventOf('card.action.trigger', { action: {} }))).toMatchObject({
      toast: { type: 'error' },
    });
    expect(house.presses).toEqual([]);
  });

  it.each([
    'im.message.recalled_v1',
    'im.message.message_read_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
  ])('%s is no concern of the house, and of no log', async (type) => {
    expect(await invoke(eventOf(type, {}))).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe('a change of who there is', () => {
  it.each<[string, object, object]>([
    [
      'contact.user.created_v3',
      { object: { open_id: 'ou_2' } },
      { kind: 'person', openId: 'ou_2', left: false },
    ],
    [
      'contact.user.updated_v3',
      { object: { open_id: 'ou_2', status: { is_resigned: false } } },
      { left: false },
    ],
    [
      'contact.user.updated_v3',
      { object: { open_id: 'ou_2', status: { is_resigned: true } } },
      { left: true },
    ],
    ['contact.user.updated_v3', { object: { open_id: 'ou_2', status: { is_exited: true } } }, { left: true }],
    ['contact.user.deleted_v3', { object: { open_id: 'ou_2' } }, { kind: 'person', left: true }],
    ['contact.user.updated_v3', { object: {} }, { kind: 'everything' }],
    ['contact.department.created_v3', { object: {} }, { kind: 'everything' }],
    ['contact.department.updated_v3', {}, { kind: 'everything' }],
    ['contact.department.deleted_v3', {}, { kind: 'everything' }],
    ['contact.scope.updated_v3', {}, { kind: 'everything' }],
  ])('%s %o', async (type, event, change) => {
    expect(await invoke(eventOf(type, event))).toBeUndefined();
    expect(house.changes).toEqual([expect.objectContaining(change)]);
  });
});

describe('a failure', () => {
  it.each([
    textEvent('x'),
    pressEvent({ value: {} }),
    eventOf('contact.scope.updated_v3', {}),
  ])('of the house reaches the platform, whatever came (%#)', async (event) => {
    house.before = async () => {
      throw new Error('the database is away');
    };
    await expect(invoke(event)).rejects.toThrow('the database is away');
    expect(lines).toMatchObject([{ level: 50 }]);
  });

  it('of an event to be what it should is told to the log without what stands in it', async () => {
    await invoke(eventOf('im.message.receive_v1', { sender: { secret: '张示例收了红包' }, message: {} }));
    expect(house.messages).toEqual([]);
    expect(lines).toMatchObject([{ level: 40, type: 'im.message.receive_v1' }]);
    expect(JSON.stringify(lines)).not.toContain('红包');
    expect(JSON.stringify(lines)).not.toContain(TOKEN);
  });

  it('never comes from what stands in an event', async () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constant('{"__proto__":{"text":"x"}}'),
    );
    const kinds = fc.constantFrom('text', 'post', 'image', '__proto__', 'interactive');
    await fc.assert(
      fc.asyncProperty(kinds, hostile, hostile, hostile, async (type, content, mentions, id) => {
        await invoke(messageEvent({ type, content: content as object, mentions: mentions as object[] }));
        await invoke(messageEvent({ type, content: content as object, at: id }));
        await invoke(eventOf('contact.user.updated_v3', { object: mentions }));
        await invoke(
          eventOf('application.bot.menu_v6', { operator: content, event_key: id, timestamp: mentions }),
        );
        await invoke(eventOf('card.action.trigger', { operator: content, action: mentions, context: id }));
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
    expect(lines.filter(({ level }) => level === 50)).toEqual([]);
    expect(house.messages.length).toBeGreaterThan(400);
  });
});
