import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CARD, cardOf, closeAll, codeOf, DAY_MS, open, refusal } from './opened.ts';

afterEach(closeAll);

describe('the REST API, called by the SDK', () => {
  it('gives one token and shows a message to the person it was sent to', async () => {
    const { standIn, send, person } = await open();
    const answer = await send(person, { text: '您好' });
    await send(person, { text: '再见' });
    expect(answer).toMatchObject({ code: 0, data: { chat_id: standIn.chatOf(person.openId) } });
    expect(standIn.messages(person.openId).map(({ content }) => content)).toEqual([
      { text: '您好' },
      { text: '再见' },
    ]);
    expect(standIn.calls.map(({ api, status, code }) => [api, status, code])).toEqual([
      ['/open-apis/auth/v3/tenant_access_token/internal', 200, 0],
      ['/open-apis/im/v1/messages', 200, 0],
      ['/open-apis/im/v1/messages', 200, 0],
    ]);
  });

  it('sends once what comes twice under one uuid within an hour, and again after it', async () => {
    const { standIn, clock, send, person } = await open();
    const ids = [];
    for (const afterMs of [0, 3_599_000, 2000]) {
      clock.now += afterMs;
      ids.push((await send(person, { text: '一' }, 'uuid-1')).data?.message_id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(standIn.messages(person.openId)).toHaveLength(2);
    expect(await codeOf(send(person, { text: '一' }, 'u'.repeat(51)))).toBe(99992402);
  });

  it('where millions come, forgets the oldest calls and messages', async () => {
    const { standIn, send, person } = await open({ remembers: 3, limits: { perPerson: 100 } });
    for (let number = 1; number <= 8; number++) await send(person, { text: `${number}` });
    expect(standIn.messages(person.openId).map(({ content }) => content)).toEqual(
      ['5', '6', '7', '8'].map((text) => ({ text })),
    );
    expect(standIn.calls.length).toBeLessThan(7);
  });

  it('says that a message is still being sent while the first call with its uuid is under way', async () => {
    const { standIn, send, person } = await open();
    let isFirst = true;
    standIn.onCall = ({ body }) => {
      if (body.uuid !== 'u' || !isFirst) return undefined;
      isFirst = false;
      return { delayMs: 500 };
    };
    const first = send(person, { text: '一' }, 'u');
    await vi.waitUntil(() => !isFirst, { interval: 1 });
    expect(await codeOf(send(person, { text: '一' }, 'u'))).toBe(230049);
    const { data } = await first;
    expect((await send(person, { text: '一' }, 'u')).data?.message_id).toBe(data?.message_id);
    expect(standIn.messages(person.openId)).toHaveLength(1);
  });

  it('refuses receivers whom it can not reach, and contents that are none', async () => {
    const { standIn, client, send, person } = await open();
    const { openId } = person;
    expect(await codeOf(send({ ...person, openId: 'ou_nobody' }, { text: '一' }))).toBe(99992351);
    for (const code of [230013, 230029, 230053] as const) {
      standIn.block(openId, code);
      expect(await codeOf(send(person, { text: '一' }))).toBe(code);
    }
    standIn.unblock(openId);
    expect(await codeOf(send(person, { text: '' }))).toBe(230001);
    expect(await codeOf(send(person, { text: 'a'.repeat(150 * 1024) }))).toBe(230025);
    expect(await codeOf(send(person, { ...CARD, filler: 'a'.repeat(30 * 1024) }, '', 'interactive'))).toBe(
      230025,
    );
    const data = { receive_id: openId, msg_type: 'text', content: 'no JSON' };
    expect(await codeOf(client.im.message.create({ params: { receive_id_type: 'open_id' }, data }))).toBe(
      230001,
    );
    const group = standIn.directory.addGroup({ members: [openId] });
    group.hasBot = false;
    const toGroup = { receive_id: group.chatId, msg_type: 'text', content: '{"text":"一"}' };
    expect(
      await codeOf(client.im.message.create({ params: { receive_id_type: 'chat_id' }, data: toGroup })),
    ).toBe(230002);
    person.isResigned = true;
    expect(await codeOf(send(person, { text: '一' }))).toBe(230013);
  });

  it('changes a card for fourteen days, five times a second, unless it was taken back', async () => {
    const { standIn, clock, send, sendCard, patch, person } = await open();
    const changed = cardOf({ tag: 'markdown', content: '已办' });
    const [card, recalled] = [await sendCard(person), await sendCard(person)];
    await patch(card, changed);
    expect(standIn.messages(person.openId)[0]).toMatchObject({ content: changed, updatedAt: clock.now });
    const refused = await refusal(patch(card, { elements: [] }));
    expect([refused.code, refused.msg]).toEqual([230099, expect.stringContaining('ErrCode: 200830;')]);
    for (let count = 1; count < 5; count++) await patch(card, changed);
    expect(await codeOf(patch(card, changed))).toBe(230020);
    standIn.recall(recalled);
    expect(await codeOf(patch(recalled))).toBe(230011);
    const { data } = await send(person, { text: '一' });
    expect(await codeOf(patch(data?.message_id ?? ''))).toBe(230001);
    clock.now += 14 * DAY_MS + 1;
    expect(await codeOf(patch(card))).toBe(230031);
    expect(await codeOf(patch('om_none'))).toBe(99992354);
  });

  it('answers, reads and takes back messages', async () => {
    const { standIn, client, person } = await open();
    const { messageId = '' } = await standIn.say(person.openId, '您好');
    const path = { message_id: messageId };
    const { data } = await client.im.message.reply({
      path,
      data: { msg_type: 'text', content: '{"text":"好"}' },
    });
    expect(standIn.messages(person.openId)).toMatchObject([{ replyTo: messageId, content: { text: '好' } }]);
    const own = { message_id: data?.message_id ?? '' };
    expect((await client.im.message.get({ path: own })).data?.items).toMatchObject([
      { parent_id: messageId },
    ]);
    await client.im.message.delete({ path: own });
    expect(standIn.messages(person.openId)[0]?.recalled).toBe(true);
    expect(await codeOf(client.im.message.delete({ path }))).toBe(230026);
  });

  it('fails as a test wants it: no answer, nothing done, done without an answer, another answer', async () => {
    const { standIn, send, person } = await open();
    await send(person, { text: '零' });
    standIn.onCall = () => 'cut';
    await expect(send(person, { text: '一' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    standIn.onCall = () => 'lost';
    await expect(send(person, { text: '二' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    standIn.onCall = () => ({ status: 503, body: { code: 2200, msg: 'Internal Error' } });
    expect(await refusal(send(person, { text: '三' }))).toMatchObject({ status: 503, code: 2200 });
    standIn.onCall = () => 'hang';
    const answered = send(person, { text: '四' }).then(
      () => 'answered',
      () => 'failed',
    );
    expect(await Promise.race([answered, wait(50, 'nothing')])).toBe('nothing');
    expect(standIn.messages(person.openId).map(({ content }) => content)).toEqual([
      { text: '零' },
      { text: '二' },
    ]);
    expect(standIn.calls.slice(2).map(({ outcome }) => outcome)).toEqual(['cut', 'lost', 'answered', 'hang']);
  });
});
