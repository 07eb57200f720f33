import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, formValues, lastFromBot, readable } from '../harness.ts';
import { REPORT } from '../platform-contract/report-form.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';
import type { Fault } from './stand-in/stand-in.ts';

const STAFF = '林砚秋';
const SUPERVISOR = '程一禾';

let bureau: LarkBureau;
beforeAll(async () => {
  bureau = await openLarkBureau('lark-webhook');
});
afterAll(() => bureau.close());

const sends = () =>
  bureau.standIn.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));

/** What the next sends meet, one after the other. */
function failNext(...faults: Fault[]): void {
  bureau.standIn.onCall = ({ method, path }) =>
    method === 'POST' && path.endsWith('/im/v1/messages') ? faults.shift() : undefined;
}

async function answersWithin(words: string, ms: number): Promise<string[]> {
  await bureau.read(STAFF);
  await bureau.standIn.say(bureau.openIdOf(STAFF), words);
  const seen: string[] = [];
  const until = performance.now() + ms;
  while (seen.length === 0 && performance.now() < until) {
    await bureau.service.idle();
    seen.push(...(await bureau.read(STAFF)).map(({ content }) => readable(content)));
  }
  return seen;
}

const refusal = (status: number, code: number, headers: Record<string, string> = {}): Fault => ({
  status,
  body: { code, msg: 'refused' },
  headers,
});

it('a form that offers somebody whom the platform no longer shows the app offers everybody by words', async () => {
  failNext();
  bureau.standIn.directory.removePerson(bureau.openIdOf('许星阑'));
  const form = lastFromBot(await bureau.say(SUPERVISOR, '指派 2-1'));
  expect(bureau.standIn.calls.some(({ code }) => code === 230099)).toBe(true);
  const leader =
    form.content.kind === 'form' ? form.content.fields.find(({ label }) => label === '责任领导') : undefined;
  expect(leader?.options).toContainEqual({
    value: bureau.idOf('孟知行'),
    label: expect.stringContaining('孟知行（'),
  });
});

it.each<[string, Fault[], number]>([
  ['a 429 that says how long to wait', [refusal(429, 99991400, { 'x-ogw-ratelimit-reset': '1' })], 1000],
  ['a limit of the person', [refusal(400, 230020)], 1000],
  ['an internal error', [refusal(500, 2200)], 0],
  ['a connection that is cut', ['cut'], 0],
  ['an answer that is lost after the message was sent', ['lost'], 0],
  ['a message that is still in flight', [refusal(400, 230049)], 0],
])('after %s the answer comes, once, under the same uuid', async (_what, faults, atLeastMs) => {
  const before = sends().length;
  const begun = performance.now();
  failNext(...faults);
  const answers = await answersWithin('我的报告', 15_000);
  expect(answers).toHaveLength(1);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(atLeastMs);
  const uuids = new Set(
    sends()
      .slice(before)
      .map(({ body }) => body.uuid),
  );
  // Where only the answer was lost the message stood there before it was sent again.
  await expect.poll(() => sends().length, { timeout: 15_000 }).toBe(before + 2);
  await bureau.service.idle();
  expect(await bureau.read(STAFF)).toEqual([]);
  expect(uuids.size).toBe(1);
});

it('a token that was revoked is fetched anew, and nobody notices', async () => {
  failNext();
  bureau.standIn.revokeToken();
  expect(await answersWithin('我的报告', 5000)).toHaveLength(1);
});

it.each([
  ['outside the availability', 230013],
  ['left', 230029],
  ['stopped the bot', 230053],
] as const)('a person who is %s is not tried again, and the 督查员 is told once a day', async (_what, code) => {
  failNext();
  const name = { 230013: '叶知秋', 230029: '秦书遥', 230053: '方远山' }[code];
  bureau.standIn.block(bureau.openIdOf(name), code);
  await bureau.read(SUPERVISOR);
  const before = sends().length;
  for (const _ of ['once', 'again']) {
    await bureau.standIn.say(bureau.openIdOf(name), '我的报告');
    await bureau.service.idle();
  }
  const tried = sends()
    .slice(before)
    .filter(({ body }) => body.receive_id === bureau.openIdOf(name));
  expect(tried).toHaveLength(2);
  const told = (await bureau.read(SUPERVISOR)).map(({ content }) => readable(content));
  expect(told.filter((text) => text.includes('有消息未能送达'))).toHaveLength(code === 230013 ? 1 : 0);
  bureau.standIn.unblock(bureau.openIdOf(name));
});

it.each([
  ['the bot was taken out of the group', 230002],
  ['the group was muted', 230018],
  ['the group is gone', 232009],
] as const)('where %s nothing is tried twice and nobody else waits', async (_what, code) => {
  failNext(refusal(400, code));
  const before = sends().length;
  await bureau.say(STAFF, '帮助', { group: true });
  expect(sends().length).toBe(before + 1);
  failNext();
  expect(await answersWithin('我的报告', 5000)).toHaveLength(1);
});

it('the longest report and the longest list stay within what a card may hold', async () => {
  failNext();
  const form = lastFromBot(await bureau.say(STAFF, `我要报告 ${'某人来电请求关照其项目。'.repeat(400)}`));
  expect(String(formValues(form.content).content ?? '').length).toBeLessThanOrEqual(1000);
  const answer = await bureau.act(STAFF, form.messageId, button(form.content, '提交'), {
    ...REPORT,
    content: undefined,
  });
  expect(answer.toast).toMatch(/^已收到您的记录/);
  const ref = /[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec(answer.toast ?? '')?.[0] ?? '';
  const shown = lastFromBot(await bureau.say(STAFF, `查看 ${ref}`));
  expect(readable(shown.content)).toContain('某人来电请求关照其项目。');
  await bureau.say(SUPERVISOR, '台账');
  const sizes = bureau.standIn.calls.flatMap(({ body }) =>
    typeof body.content === 'string' ? [Buffer.byteLength(body.content)] : [],
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(30 * 1024);
  expect(bureau.standIn.calls.filter(({ code }) => code === 230025)).toEqual([]);
});
