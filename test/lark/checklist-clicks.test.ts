import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import { button, lastFromBot, readAnswer, readable } from '../harness.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';

const SUPERVISOR = '程一禾';
const OTHER_SUPERVISOR = '唐文澜';
const RESPONSIBLE = '林砚秋';
const STRANGER = '许星阑';
const DAY_MS = 86_400_000;

describe.each(['lark-websocket', 'lark-webhook'] as const)('a click, over %s', (transport) => {
  let bureau: LarkBureau;
  let item = 0;
  beforeAll(async () => {
    bureau = await openLarkBureau(transport);
  });
  afterAll(() => bureau.close());

  const asked = (name: string, words: string) => readAnswer(bureau, name, words);
  const changesOf = async (ref: string) =>
    (await asked(SUPERVISOR, `查看 ${ref}`))
      .split('\n')
      .filter((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d /.test(line));
  const shownTo = (name: string, messageId: string) =>
    JSON.stringify(
      bureau.standIn.messages(bureau.openIdOf(name)).find((message) => message.messageId === messageId)
        ?.content,
    );

  /** An item that 林砚秋 has to sign for, and the notice that he got. */
  async function assigned() {
    item += 1;
    const ref = `Z1-${item}-1`;
    await bureau.read(RESPONSIBLE);
    await bureau.say(SUPERVISOR, `指派 ${item}-1 责任领导 孟知行 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
    const notice = lastFromBot(await bureau.read(RESPONSIBLE));
    return { ref, ...notice, sign: button(notice.content, '签收') };
  }

  it('that is doubled counts once and gets the same answer', async () => {
    const { ref, messageId, sign } = await assigned();
    const before = await changesOf(ref);
    const answers = await Promise.all([
      bureau.act(RESPONSIBLE, messageId, sign),
      bureau.act(RESPONSIBLE, messageId, sign),
    ]);
    expect(answers.map(({ toast }) => toast)).toEqual([`已签收 ${ref}`, `已签收 ${ref}`]);
    expect(await changesOf(ref)).toHaveLength(before.length + 1);
  });

  it('on a card that was forwarded to somebody else changes nothing and shows him nothing', async () => {
    const { ref, messageId, sign } = await assigned();
    const before = shownTo(RESPONSIBLE, messageId);
    const pressed = await bureau.standIn.press(
      bureau.openIdOf(STRANGER),
      messageId,
      bureau.valueOn(RESPONSIBLE, messageId, sign),
      { forwarded: true },
    );
    expect(pressed.toast?.type).toBe('error');
    expect(pressed.card).toBeUndefined();
    expect(JSON.stringify(pressed)).not.toContain(`${ref} 现为`);
    expect(shownTo(RESPONSIBLE, messageId)).toBe(before);
    expect(await asked(RESPONSIBLE, `签收 ${ref}`)).toContain('已签收');
  });

  it('on a help card that was forwarded to somebody else shows him nothing on it, and the card stays whose it is', async () => {
    const { messageId, content } = lastFromBot(await bureau.say(SUPERVISOR, '帮助'));
    const before = shownTo(SUPERVISOR, messageId);
    const value = bureau.valueOn(SUPERVISOR, messageId, button(content, '本周督查'));
    const pressed = await bureau.standIn.press(bureau.openIdOf(OTHER_SUPERVISOR), messageId, value, {
      forwarded: true,
    });
    expect(pressed.card).toBeUndefined();
    expect(shownTo(SUPERVISOR, messageId)).toBe(before);
  });

  it('on a card after the record changed says so and shows what is so now', async () => {
    const { ref, messageId, sign } = await assigned();
    await bureau.say(RESPONSIBLE, `签收 ${ref}`);
    const late = await bureau.act(RESPONSIBLE, messageId, sign);
    expect(late.toast).toMatch(/现为「已签收」|刚刚已有变动/);
    expect(readable(late.card ?? { kind: 'text', text: '' })).toContain('已签收');
  });

  it('is answered, and every other copy of the card is shown as things stand', async () => {
    const { ref, messageId } = await assigned();
    const first = lastFromBot(await bureau.say(SUPERVISOR, `查看 ${ref}`)).messageId;
    const second = lastFromBot(await bureau.say(OTHER_SUPERVISOR, `查看 ${ref}`)).messageId;
    await bureau.say(RESPONSIBLE, `签收 ${ref}`);
    for (const [name, copy] of [
      [SUPERVISOR, first],
      [OTHER_SUPERVISOR, second],
      [RESPONSIBLE, messageId],
    ] as const) {
      expect(shownTo(name, copy)).toContain('已签收');
    }
    expect(shownTo(RESPONSIBLE, messageId)).not.toContain('"content":"签收"');
  });

  it('that takes longer than the platform waits is not said to be done, and its result comes on the card', async () => {
    const { ref, messageId, sign } = await assigned();
    const other = await openStore(bureau.environment, ledgers);
    const held = other.database.write(async (rows) => {
      await rows.meta.create({ data: { name: `held-${ref}`, value: '' } });
      await wait(2600);
    });
    const value = bureau.valueOn(RESPONSIBLE, messageId, sign);
    const busy = await bureau.standIn.press(bureau.openIdOf(RESPONSIBLE), messageId, value);
    await held;
    await other.database.close();
    expect(busy.error).toBeUndefined();
    expect(busy.toast).toMatchObject({ type: 'info', content: expect.stringContaining('还没有结果') });
    expect(busy.card).toBeUndefined();
    await expect.poll(() => shownTo(RESPONSIBLE, messageId), { timeout: 10_000 }).toContain('已签收');
  });

  it('on a button that no longer exists is answered with a sentence', async () => {
    const { messageId } = lastFromBot(await bureau.say(RESPONSIBLE, '帮助'));
    const openId = bureau.openIdOf(RESPONSIBLE);
    for (const value of [{}, { line: 7 }, { line: '' }, { other: '签收' }]) {
      const { toast, error } = await bureau.standIn.press(openId, messageId, value, { stale: true });
      expect(error).toBeUndefined();
      expect(toast).toMatchObject({ type: 'error', content: expect.stringContaining('已不能使用') });
    }
  });

  it('cannot change a card that is older than 14 days: a new one takes its place', async () => {
    const { ref, messageId } = await assigned();
    const before = shownTo(RESPONSIBLE, messageId);
    const later = new Date(Date.parse('2026-11-23T02:00:00Z') + 15 * DAY_MS).toISOString();
    await bureau.moveClock(later);
    await bureau.read(RESPONSIBLE);
    const calls = bureau.standIn.calls.length;
    const words = `指派 ${ref} 责任领导 孟知行 责任人 ${RESPONSIBLE} 时限 2027-01-15`;
    const form = lastFromBot(await bureau.say(SUPERVISOR, words));
    if (form.content.kind === 'form')
      await bureau.act(SUPERVISOR, form.messageId, button(form.content, '提交'));
    expect(shownTo(RESPONSIBLE, messageId)).toBe(before);
    const patched = bureau.standIn.calls
      .slice(calls)
      .filter(({ method, path }) => method === 'PATCH' && path.includes(messageId));
    expect(patched).toEqual([]);
    const fresh = (await bureau.read(RESPONSIBLE)).map(({ content }) => readable(content));
    expect(fresh.some((text) => text.includes(ref))).toBe(true);
  });
});
