import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastFromBot, readable } from '../harness.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';
import { larkProgram } from './lark-program.ts';

const STAFF = '林砚秋';
const LEADER = '孟知行';
const HOSTILE =
  '<at user_id="all"></at> **粗** [链接](https://example.com) <b>x</b> 😀 :OK: <at id=all></at>';

describe.each(['lark-websocket', 'lark-webhook'] as const)('a message, over %s', (transport) => {
  let bureau: LarkBureau;
  beforeAll(async () => {
    bureau = await openLarkBureau(transport, { standIn: { redeliverAfterMs: [100, 200, 400, 800] } });
  });
  afterAll(() => bureau.close());

  const sentTo = (name: string) => bureau.standIn.messages(bureau.openIdOf(name));

  it('that comes again under the same event id, and under a new one, is answered once', async () => {
    const openId = bureau.openIdOf(STAFF);
    const before = sentTo(STAFF).length;
    await bureau.standIn.say(openId, '帮助', { messageId: 'om_twice', eventId: 'e1' });
    await bureau.standIn.say(openId, '帮助', { messageId: 'om_twice', eventId: 'e1' });
    await bureau.standIn.say(openId, '帮助', { messageId: 'om_twice', eventId: 'e2' });
    await bureau.service.idle();
    await bureau.standIn.say(openId, '帮助', { messageId: 'om_twice', eventId: 'e3' });
    await bureau.service.idle();
    expect(sentTo(STAFF).length).toBe(before + 1);
  });

  it('that comes twice at the same moment is answered once', async () => {
    const openId = bureau.openIdOf(STAFF);
    const before = sentTo(STAFF).length;
    const pushed = await Promise.all(
      ['e4', 'e5', 'e6'].map((eventId) =>
        bureau.standIn.say(openId, '帮助', { messageId: 'om_busy', eventId }),
      ),
    );
    await bureau.service.idle();
    expect(pushed.every(({ acknowledged }) => acknowledged)).toBe(true);
    expect(sentTo(STAFF).length).toBe(before + 1);
  });

  it('that overtakes the one before it loses neither', async () => {
    const openId = bureau.openIdOf(STAFF);
    await bureau.read(STAFF);
    await Promise.all([
      bureau.standIn.say(openId, '我的报告', { createTime: Date.parse('2026-11-23T01:00:02Z') }),
      bureau.standIn.say(openId, '我的整改', { createTime: Date.parse('2026-11-23T01:00:01Z') }),
    ]);
    await bureau.service.idle();
    const texts = (await bureau.read(STAFF)).map(({ content }) => readable(content));
    expect(texts.filter((text) => /^我的(报告|整改)/.test(text))).toHaveLength(2);
  });

  it.each([
    ['image', '不知道归入哪条记录'],
    ['file', '不知道归入哪条记录'],
    ['audio', '不知道归入哪条记录'],
    ['sticker', '暂时不能处理表情'],
  ] as const)('that is no text (%s) is answered with what can be done instead', async (type, said) => {
    await bureau.standIn.sendOther(bureau.openIdOf(STAFF), type);
    await bureau.service.idle();
    expect(readable(lastFromBot(await bureau.read(STAFF)).content)).toContain(said);
  });

  it('in a group is heard when it mentions the bot, and only then', async () => {
    const group = bureau.standIn.directory.addGroup({
      members: [bureau.openIdOf(STAFF), bureau.openIdOf(LEADER)],
    });
    const openId = bureau.openIdOf(STAFF);
    await bureau.standIn.say(openId, '台账', { group: group.chatId });
    await bureau.service.idle();
    const answers = bureau.standIn.messages(group.chatId);
    expect(answers).toHaveLength(1);
    expect(JSON.stringify(answers[0]?.content)).toContain('请私聊我。');
    // An app that may read all group messages is sent those that mention somebody else too.
    await bureau.standIn.say(openId, '台账', { group: group.chatId, mentions: [bureau.openIdOf(LEADER)] });
    await bureau.service.idle();
    expect(bureau.standIn.messages(group.chatId)).toHaveLength(1);
  });

  it('from the menu is what its key stands for', async () => {
    await bureau.standIn.menu(bureau.openIdOf(STAFF), 'help');
    await bureau.service.idle();
    expect(readable(lastFromBot(await bureau.read(STAFF)).content)).toContain('我能帮您做什么');
    await bureau.standIn.menu(bureau.openIdOf(STAFF), '我的报告');
    await bureau.service.idle();
    expect(readable(lastFromBot(await bureau.read(STAFF)).content)).toContain('我的报告');
  });

  it('greets who opens the chat, once', async () => {
    const openId = bureau.openIdOf(LEADER);
    for (const eventId of ['enter-1', 'enter-1', 'enter-2', 'enter-3']) {
      await bureau.standIn.openChat(openId, { eventId });
      await bureau.service.idle();
    }
    const greetings = sentTo(LEADER).filter(({ content }) =>
      JSON.stringify(content).includes('您好，我是清廉台账'),
    );
    expect(greetings).toHaveLength(1);
  });

  it('with mentions, markup and emoji comes back as plain text in every card that repeats it', async () => {
    await bureau.say(STAFF, HOSTILE);
    await bureau.say(STAFF, `我要报告 ${HOSTILE}`);
    await bureau.say(STAFF, `台账 ${HOSTILE}`);
    const cards = sentTo(STAFF)
      .slice(-3)
      .map(({ msgType, content }) => ({ msgType, json: JSON.stringify(content) }));
    expect(cards.map(({ msgType }) => msgType)).toEqual(['interactive', 'interactive', 'interactive']);
    for (const { json } of cards) expect(json).not.toMatch(/"(?:lark_md|markdown)"/);
    expect(cards.some(({ json }) => json.includes('user_id=\\"all\\"'))).toBe(true);
  });

  it('of a stranger is answered without serving him', async () => {
    const { openId } = bureau.standIn.directory.addPerson({ name: '示例访客' });
    await bureau.standIn.say(openId, '台账');
    await bureau.service.idle();
    expect(JSON.stringify(bureau.standIn.messages(openId).at(-1)?.content)).toContain('您的账号还没有登记');
  });
});

/** How often it is killed: each life costs seconds, and the campaign kills it many times more. */
const LIVES = { websocket: 2, webhook: 1 } as const;

describe.each(['websocket', 'webhook'] as const)('a crash, over %s', (transport) => {
  it('between the acknowledgement and the work loses nothing, and nothing comes twice', async () => {
    const bureau = await openLarkBureau(`lark-${transport}`, { at: new Date().toISOString() });
    const openId = bureau.openIdOf(STAFF);
    await bureau.service.stop();
    await using program = await larkProgram(bureau, transport);
    let acknowledged = 0;
    for (let life = 0; life < LIVES[transport]; life++) {
      program.start();
      await program.ready();
      const pushes = ['我的报告', '我的整改', '帮助'].map((words) => bureau.standIn.say(openId, words));
      const done = await Promise.race(pushes);
      if (done.acknowledged) acknowledged += 1;
      await program.kill();
    }
    program.start();
    await program.ready();
    const said = () => bureau.standIn.pushes.filter(({ acknowledged: known }) => known).length;
    await expect
      .poll(() => bureau.standIn.messages(openId).length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(said());
    const uuids = bureau.standIn.messages(openId).map(({ uuid }) => uuid);
    expect(new Set(uuids).size).toBe(uuids.length);
    expect(acknowledged).toBeGreaterThan(0);
    expect((await program.stop()).code).toBe(0);
    await bureau.standIn.close();
  });
});
