import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ago, DispatcherDesk, freshDispatcherDesks } from './dispatcher-desk.ts';
import { eventOf, messageEvent, NOW, pressEvent, TOKEN, textEvent } from './receiving-push.ts';

let desk: DispatcherDesk;

freshDispatcherDesks((fresh) => {
  desk = fresh;
});

describe('what else people do', () => {
  it('an entry of the menu is the line that stands for it, at its time in seconds', async () => {
    const { house, invoke } = new DispatcherDesk({ menuLine: (key) => `菜单：${key}` });
    const event = {
      operator: { operator_id: { open_id: 'ou_1' } },
      event_key: 'report',
      timestamp: Math.floor(NOW.getTime() / 1000) - 3,
    };
    await invoke(eventOf('application.bot.menu_v6', event));
    expect(house.messages).toEqual([
      {
        kind: 'message',
        key: 'lark:event:e1',
        platform: 'lark',
        account: 'ou_1',
        text: '菜单：report',
        at: ago(3000),
      },
    ]);
  });

  it('an opened chat is an entrance of who opened it', async () => {
    const event = { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' } };
    await desk.invoke(eventOf('im.chat.access_event.bot_p2p_chat_entered_v1', event));
    expect(desk.house.messages).toEqual([
      { kind: 'entered', key: 'lark:event:e1', platform: 'lark', account: 'ou_1', text: '', at: ago(1000) },
    ]);
  });

  it('a pressed button is told whole, at its time in microseconds, and answered', async () => {
    const answer = await desk.invoke(
      pressEvent({ value: { line: '查看' }, form_value: { content: '送礼' } }),
    );
    expect(answer).toEqual({ toast: { type: 'success', content: '已登记' } });
    expect(desk.house.presses).toEqual([
      {
        eventId: 'e1',
        openId: 'ou_1',
        messageId: 'om_card',
        chatId: 'oc_1',
        value: { line: '查看' },
        formValue: { content: '送礼' },
        at: ago(500 - 0.123),
      },
    ]);
  });

  it('a button without a form has none, and one in milliseconds its time as well', async () => {
    await desk.invoke(pressEvent({ value: 'x' }, { create_time: String(NOW.getTime() - 700) }));
    expect(desk.house.presses[0]).toMatchObject({ formValue: undefined, at: ago(700) });
  });

  it('a press that cannot be read is answered, because it never comes again', async () => {
    expect(await desk.invoke(eventOf('card.action.trigger', { action: {} }))).toMatchObject({
      toast: { type: 'error' },
    });
    expect(desk.house.presses).toEqual([]);
  });

  it.each([
    'im.message.recalled_v1',
    'im.message.message_read_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
  ])('%s is no concern of the house, and of no log', async (type) => {
    expect(await desk.invoke(eventOf(type, {}))).toBeUndefined();
    expect(desk.lines).toEqual([]);
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
    expect(await desk.invoke(eventOf(type, event))).toBeUndefined();
    expect(desk.house.changes).toEqual([expect.objectContaining(change)]);
  });
});

describe('a failure', () => {
  it.each([
    textEvent('x'),
    pressEvent({ value: {} }),
    eventOf('contact.scope.updated_v3', {}),
  ])('of the house reaches the platform, whatever came (%#)', async (event) => {
    desk.house.before = async () => {
      throw new Error('the database is away');
    };
    await expect(desk.invoke(event)).rejects.toThrow('the database is away');
    expect(desk.lines).toMatchObject([{ level: 50 }]);
  });

  it('of an event to be what it should is told to the log without what stands in it', async () => {
    await desk.invoke(
      eventOf('im.message.receive_v1', { sender: { secret: '张示例收了红包' }, message: {} }),
    );
    expect(desk.house.messages).toEqual([]);
    expect(desk.lines).toMatchObject([{ level: 40, type: 'im.message.receive_v1' }]);
    expect(JSON.stringify(desk.lines)).not.toContain('红包');
    expect(JSON.stringify(desk.lines)).not.toContain(TOKEN);
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
        await desk.invoke(messageEvent({ type, content: content as object, mentions: mentions as object[] }));
        await desk.invoke(messageEvent({ type, content: content as object, at: id }));
        await desk.invoke(eventOf('contact.user.updated_v3', { object: mentions }));
        await desk.invoke(
          eventOf('application.bot.menu_v6', { operator: content, event_key: id, timestamp: mentions }),
        );
        await desk.invoke(
          eventOf('card.action.trigger', { operator: content, action: mentions, context: id }),
        );
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
    expect(desk.lines.filter(({ level }) => level === 50)).toEqual([]);
    expect(desk.house.messages.length).toBeGreaterThan(400);
  });
});
