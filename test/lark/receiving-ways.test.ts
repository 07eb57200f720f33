import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SDK_SILENCE } from '../../bot/lark/receiving/sdk-silence.ts';
import { Client, DefaultCache } from '../../bot/lark/sdk.ts';
import { openApp, type ReceivingApp, WAYS } from './receiving-app.ts';
import { ToldHouse } from './receiving-push.ts';
import { openStandIn, type StandIn } from './stand-in/stand-in.ts';

describe.each(WAYS)('over the %s', (way) => {
  let house: ToldHouse;
  let standIn: StandIn;
  let app: ReceivingApp;
  let openId: string;
  beforeEach(async () => {
    house = new ToldHouse();
    standIn = await openStandIn({ redeliverAfterMs: Array(8).fill(40), ackWithinMs: 1200 });
    openId = standIn.directory.addPerson({ name: '林示例' }).openId;
    app = await openApp(way, standIn, house);
  });
  afterEach(async () => {
    await app.stop();
    await standIn.close();
  });

  it('what is said in private and in a group arrives once, and is acknowledged', async () => {
    const { chatId } = standIn.directory.addGroup({ members: [openId] });
    const inPrivate = await standIn.say(openId, '我要报告 🎁', { fragments: 3 });
    const inGroup = await standIn.say(openId, '帮助', { group: chatId });
    expect([inPrivate, inGroup]).toMatchObject([{ acknowledged: true }, { acknowledged: true }]);
    expect(house.messages).toMatchObject([
      { key: `lark:${inPrivate.messageId}`, account: openId, text: '我要报告 🎁' },
      { key: `lark:${inGroup.messageId}`, account: openId, text: '帮助', group: chatId },
    ]);
    expect(house.messages[0]).not.toHaveProperty('group');
  });

  it('what is said among others in a group does not', async () => {
    const { chatId } = standIn.directory.addGroup({ members: [openId] });
    standIn.scopes.add('im:message.group_msg');
    expect(await standIn.say(openId, '吃饭吗', { group: chatId, mentions: [] })).toMatchObject({
      acknowledged: true,
    });
    expect(await standIn.say(openId, '你呢', { group: chatId, mentions: [openId] })).toMatchObject({
      acknowledged: true,
    });
    expect(house.messages).toEqual([]);
  });

  it('a picture, a menu entry and an opened chat arrive as what they are', async () => {
    await standIn.sendOther(openId, 'image');
    const { eventId } = await standIn.menu(openId, 'report');
    await standIn.openChat(openId);
    expect(house.messages).toMatchObject([
      {
        kind: 'message',
        text: '',
        file: { name: '图片', source: { key: 'img_v3_example', type: 'image' } },
      },
      { kind: 'message', text: 'report', key: `lark:event:${eventId}` },
      { kind: 'entered', account: openId },
    ]);
    const ages = house.messages.map(({ at }) => Date.now() - at.getTime());
    expect(Math.max(...ages)).toBeLessThan(10_000);
  });

  it('changes among the people arrive', async () => {
    const status = { is_resigned: true };
    await standIn.push('contact.user.updated_v3', { object: { open_id: openId, status }, old_object: {} });
    await standIn.push('contact.scope.updated_v3', { added: {}, removed: {} });
    expect(house.changes).toEqual([{ kind: 'person', openId, left: true }, { kind: 'everything' }]);
  });

  it('a pressed button is answered with the house’s toast', async () => {
    const messageId = await sendCard(standIn, openId);
    const pressed = await standIn.press(openId, messageId, { line: '查看' });
    expect(pressed).toMatchObject({ toast: { type: 'success', content: '已登记' } });
    expect(house.presses).toMatchObject([
      { openId, messageId, chatId: standIn.chatOf(openId), value: { line: '查看' }, formValue: undefined },
    ]);
  });

  it('a message that comes as two events, and the same event twice, have one key', async () => {
    const { messageId, eventId } = await standIn.say(openId, '帮助');
    await standIn.say(openId, '帮助', { messageId: String(messageId), eventId });
    await standIn.say(openId, '帮助', { messageId: String(messageId) });
    expect(house.messages.map(({ key }) => key)).toEqual(Array(3).fill(`lark:${messageId}`));
  });

  it('what the house could not take comes again, and is taken then', async () => {
    let faults = 2;
    house.before = async () => {
      if (faults-- > 0) throw new Error('the database is away');
    };
    const { delivered, acknowledged } = await standIn.say(openId, '帮助');
    expect(acknowledged).toBe(true);
    expect(delivered.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['refused', 500],
      ['refused', 500],
      ['acknowledged', 200],
    ]);
    expect(house.messages).toHaveLength(1);
  });

  it('what takes too long comes again while the first is still at work', async () => {
    const first = Promise.withResolvers<void>();
    let calls = 0;
    house.before = () => (++calls === 1 ? first.promise : Promise.resolve());
    const { delivered, messageId } = await standIn.say(openId, '帮助');
    expect(delivered).toMatchObject([{}, { outcome: 'acknowledged' }]);
    expect(delivered[0]?.outcome).not.toBe('acknowledged');
    first.resolve();
    await expect.poll(() => house.messages.map(({ key }) => key)).toEqual(Array(2).fill(`lark:${messageId}`));
  });

  it('a press that fails is shown to the person as failed, and does not come again', async () => {
    house.before = () => Promise.reject(new Error('the database is away'));
    const messageId = await sendCard(standIn, openId);
    expect(await standIn.press(openId, messageId, { line: '查看' })).toMatchObject({ error: 200671 });
  });

  it('many at once all arrive', async () => {
    const said = await Promise.all(
      Array.from({ length: 100 }, (_, turn) => standIn.say(openId, `第 ${turn} 条`)),
    );
    expect(said.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
    expect(new Set(house.messages.map(({ key }) => key)).size).toBe(100);
  });

  it('nothing of what was said or of the app’s secrets is in the log', async () => {
    await standIn.say(openId, '礼金两万元');
    house.before = () => Promise.reject(new Error('the database is away'));
    await standIn.say(openId, '礼金两万元');
    expect(app.logged()).toContain('the database is away');
    const secrets = [
      '礼金',
      openId,
      standIn.appSecret,
      standIn.verificationToken,
      standIn.encryptKey,
      'ticket',
    ];
    expect(secrets.filter((secret) => app.logged().includes(secret))).toEqual([]);
  });
});

it('the platform’s question whether the address is ours is answered', async () => {
  const standIn = await openStandIn();
  const app = await openApp('webhook', standIn, new ToldHouse());
  expect(await standIn.verifyUrl()).toBe(true);
  await app.stop();
  await standIn.close();
});

async function sendCard({ appId, appSecret, address: domain }: StandIn, openId: string): Promise<string> {
  const client = new Client({ appId, appSecret, domain, cache: new DefaultCache(), logger: SDK_SILENCE });
  const button = {
    tag: 'button',
    text: { tag: 'plain_text', content: '查看' },
    behaviors: [{ type: 'callback', value: { line: '查看' } }],
  };
  const content = JSON.stringify({ schema: '2.0', body: { elements: [button] } });
  const { data } = await client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: openId, msg_type: 'interactive', content },
  });
  return String(data?.message_id);
}
