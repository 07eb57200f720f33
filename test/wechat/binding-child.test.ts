import { afterAll, beforeAll, expect, it } from 'vitest';
import { text } from '../../ledger/message.ts';
import { lastFromBot, readable } from '../harness.ts';
import type { StandInContact } from './stand-in/wire.ts';
import { MEMBERS, openWechatBureau, type WechatBureau } from './wechat-bureau.ts';

/** Through the real wechaty in its real process, over logins in which every id is another. */

const STAFF = '林砚秋';
const ADMINISTRATOR = '罗子衿';

let wechat: WechatBureau;
beforeAll(async () => {
  wechat = await openWechatBureau();
});
afterAll(() => wechat.close());

const remarksOf = (contact: string) =>
  wechat.standIn.said.flatMap((each) =>
    each.said === 'remark' && each.contact === contact ? [each.remark] : [],
  );

async function binds(contact: string): Promise<string> {
  const asked = readable(lastFromBot(await wechat.bureau.say(STAFF, '绑定微信')).content);
  const code = /绑定码：([2-9A-Z]{8})\n/.exec(asked)?.[1] ?? '';
  const before = wechat.standIn.textsTo(contact).length;
  await wechat.says(contact, code);
  await wechat.standIn.until(() => wechat.standIn.textsTo(contact).length > before);
  expect(wechat.standIn.textsTo(contact).at(-1)).toContain('绑定成功');
  return remarksOf(contact).at(-1) ?? '';
}

/** Logged out, the child begins anew; the ids are others. */
async function logsInWith(contacts: StandInContact[]): Promise<void> {
  const { standIn, platform } = wechat;
  const { lives } = standIn;
  standIn.members = { ...MEMBERS, contacts, rooms: [] };
  standIn.order({ do: 'logout' });
  await standIn.until(() => standIn.lives > lives && platform.ready());
  await wechat.settle();
}

async function answersTo(contact: string): Promise<string[]> {
  const before = wechat.standIn.textsTo(contact).length;
  await wechat.says(contact, '我的整改');
  await wechat.settle();
  return wechat.standIn.textsTo(contact).slice(before);
}

it('a code typed on WeChat binds, and who is bound is known again by the remark after a login with other ids', async () => {
  const remark = await binds('lin-1');
  expect(remark).toMatch(/^林#[\w-]{12}$/);
  expect(await answersTo('lin-1')).toEqual(['我的整改：暂无在办事项']);
  expect(await answersTo('stranger-1')).toEqual([]);

  await logsInWith([
    { id: 'lin-2', name: '砚秋', remark },
    { id: 'lin-1', name: '砚秋' },
  ]);
  expect(await answersTo('lin-2')).toEqual(['我的整改：暂无在办事项']);
  expect(await answersTo('lin-1')).toEqual([]);
});

it('a forged remark and one that two have make nobody known, and the administrators are told', async () => {
  const remark = remarksOf('lin-1').at(-1) ?? '';
  await wechat.bureau.read(ADMINISTRATOR);
  const forged = `${remark.slice(0, -1)}${remark.endsWith('A') ? 'B' : 'A'}`;
  await logsInWith([{ id: 'forger-0', name: STAFF, remark: forged }]);
  expect(await answersTo('forger-0')).toEqual([]);
  await logsInWith([
    { id: 'lin-3', name: '砚秋', remark },
    { id: 'thief-3', name: '砚秋', remark },
  ]);
  for (const contact of ['lin-3', 'thief-3']) expect(await answersTo(contact)).toEqual([]);
  await wechat.bureau.service.idle();
  const told = (await wechat.bureau.read(ADMINISTRATOR)).map(({ content }) => readable(content));
  expect(told.filter((each) => each.includes('带有同一个人的标记'))).toHaveLength(1);
});

it('a friend who was deleted is not reached, and comes back by a new code', async () => {
  const { rows } = wechat.store.database;
  await logsInWith([{ id: 'stranger-4', name: '路人' }]);
  const account = await rows.account.findFirstOrThrow({ where: { platform: 'wechat' } });
  const sent = wechat.platform.send({
    id: 'to-deleted',
    address: { platform: 'wechat', externalId: account.externalId, isGroup: false },
    content: text('请勿转发'),
    isAnswer: true,
  });
  await expect(sent).rejects.toMatchObject({ lasting: true, unreachable: true });
  expect(JSON.stringify(wechat.standIn.said)).not.toContain('请勿转发');

  await logsInWith([{ id: 'lin-5', name: '砚秋' }]);
  expect(await answersTo('lin-5')).toEqual([]);
  await binds('lin-5');
  expect(await answersTo('lin-5')).toEqual(['我的整改：暂无在办事项']);
  expect(await rows.account.count({ where: { platform: 'wechat' } })).toBe(1);
});
