import { afterEach, beforeEach, expect, it } from 'vitest';
import { contentFor } from '../../bot/told-by-number.ts';
import { aboutOutbox, type Kept, type OutboxRow } from '../../ledger/outbox.ts';
import { openTwoPlatforms, type TwoPlatforms } from '../bot/two-platforms.ts';
import { personNamed } from '../sample-record.ts';

const LEADER = '孟知行';
const SECRETARY = '田守正';
const STAFF = '林砚秋';

let house: TwoPlatforms;
beforeEach(async () => {
  house = await openTwoPlatforms();
});
afterEach(() => house.close());

it.each([
  '清廉周报',
  '周报',
])('「%s」 shows its readers the digest on WeChat, and nobody else', async (word) => {
  await house.bind(LEADER, 'wechat');
  await house.bind(STAFF, 'wechat');
  await house.says(LEADER, 'wechat', word);
  const [digest = ''] = house.reads(LEADER, 'wechat');
  expect(digest).toContain('清廉周报（2026-11-16 至 2026-11-22）');
  expect(digest).toContain('整改台账');
  // Of 说情打招呼 only who oversees it is told.
  expect(digest).not.toContain('说情打招呼');
  await house.says(STAFF, 'wechat', word);
  expect(house.reads(STAFF, 'wechat')[0]).toContain('您没有「清廉周报」的权限');
});

/** The hint under what comes by number. */
async function hintUnder(title: string, job: string): Promise<string> {
  const kept: Kept = { kind: 'notice', title, tone: 'plain', sections: [{ lines: ['x'] }], actions: [] };
  const sealed = new Uint8Array(house.other.keys.seal(kept, aboutOutbox('a')));
  const { id: personId } = await personNamed(house.other, SECRETARY);
  const row = { id: 'a', sealed, personId, platform: null, job, notBefore: new Date(house.time) };
  const content = await contentFor(house.other, row as OutboxRow, 'wechat');
  return content.kind === 'notice' ? (content.sections.at(-1)?.lines.join() ?? '') : '';
}

it.each([
  ['清廉周报（2026-11-16 至 2026-11-22）', 'leaders-digest', '清廉周报'],
  ['本周督查汇总（2026年第48周）', 'weekly-summary', '本周督查'],
  ['本周督查（2 项）', 'weekly-card', '本周督查'],
])('what comes by number names the word that shows it: %s', async (title, job, word) => {
  expect(await hintUnder(title, job)).toBe(`主动发到这里的消息不带内容，请发送「${word}」查看。`);
});
