import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditBodySchema } from '../../ledger/audit/trail.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { operate } from '../../ledger/operation.ts';
import { openRoll } from '../../ledger/roster/roll.ts';
import { openBureau, readAnswer } from '../harness.ts';
import { type BindingBureau, friend, openBindingBureau } from './binding-bureau.ts';

const STAFF = '林砚秋';
const OTHER = '许星阑';
const ADMINISTRATOR = '罗子衿';

let wechat: BindingBureau;
beforeEach(async () => {
  wechat = await openBindingBureau([friend('lin-1', '砚秋'), friend('xu-1'), friend('stranger-1')]);
});
afterEach(() => wechat.close());

/** What the chain says was done to the person, and by whom. */
async function recordsOf(name: string): Promise<[string, string][]> {
  const records = await wechat.rows.auditRecord.findMany({ orderBy: { seq: 'asc' } });
  return records.flatMap(({ body }) => {
    const { actor, action, subject } = auditBodySchema.parse(JSON.parse(Buffer.from(body).toString()));
    const isHis = subject?.id === wechat.bureau.idOf(name) && action !== 'roster.add';
    return isHis ? [[action, actor] as [string, string]] : [];
  });
}

describe('绑定微信', () => {
  it('binds who types the code, once for all, and tells him and where he asked for it', async () => {
    const code = await wechat.codeFor(STAFF);
    await wechat.toldTo(STAFF);
    const [welcome, ...more] = await wechat.types(
      'lin-1',
      ` ${code.slice(0, 4)} ${code.slice(4).toLowerCase()} `,
    );
    expect(more).toEqual([]);
    expect(welcome).toContain('绑定成功，林砚秋您好');
    expect(welcome).toContain('帮助');
    const account = await wechat.accountOf(STAFF);
    expect(await recordsOf(STAFF)).toEqual([['roster.bind', wechat.bureau.idOf(STAFF)]]);
    expect(await wechat.rows.bindingCode.count()).toBe(0);
    expect(wechat.child.remarkOf('lin-1')).toMatch(new RegExp(`^林#${account}[\\w-]{7}$`));
    expect(Buffer.byteLength(wechat.child.remarkOf('lin-1') ?? '')).toBeLessThanOrEqual(16);
    expect((await wechat.types('lin-1', '帮助')).join()).toContain('我要报告');
    const [warning] = await wechat.toldTo(STAFF);
    expect(warning).toContain('一个微信号已绑定到您名下');
    expect(warning).toContain('自称「砚秋」');
    expect(warning).toContain('解绑微信');
    expect(await verify(wechat.rows, [], wechat.store.keys)).toMatchObject({ problems: [] });
  });

  it('is typed by nobody else: what a stranger says otherwise gets no answer, and is kept nowhere', async () => {
    await wechat.codeFor(STAFF);
    for (const text of ['绑定微信', '解绑微信', '帮助', 'ABCD2345', '台账', '绑定成功'])
      expect(await wechat.types('stranger-1', text)).toEqual([]);
    expect(await wechat.rows.inbox.count()).toBe(0);
    expect(wechat.child.remarks).toEqual([]);
  });

  it('is not taken in a group', async () => {
    const code = await wechat.codeFor(STAFF);
    wechat.child.types('lin-1', code, { id: 'room-1', mentioned: true });
    await wechat.settle();
    expect(wechat.child.said).toEqual([]);
    expect(await wechat.accountOf(STAFF)).toBeUndefined();
    expect(await wechat.binds('lin-1', STAFF)).toBeDefined();
  });

  it('gives out no code on WeChat itself', async () => {
    await wechat.binds('lin-1', STAFF);
    const answer = (await wechat.types('lin-1', '绑定微信')).join();
    expect(answer).toContain('已经绑定在您名下');
    expect(await wechat.rows.bindingCode.count()).toBe(0);
    expect((await wechat.types('lin-1', '帮助')).join()).not.toContain('绑定微信');
  });

  it('a second time takes the place of the first, and the former account is a stranger', async () => {
    await wechat.binds('lin-1', STAFF);
    expect(await wechat.asks(STAFF, '绑定微信')).toContain('会在新的绑定成功时解绑');
    await wechat.toldTo(STAFF);
    await wechat.binds('xu-1', STAFF);
    expect((await wechat.toldTo(STAFF)).join()).toContain('原来绑定的微信号已同时解绑');
    expect(await wechat.isBound('xu-1')).toBe(true);
    expect(await wechat.isBound('lin-1')).toBe(false);
    const me = wechat.bureau.idOf(STAFF);
    expect(await recordsOf(STAFF)).toEqual([
      ['roster.bind', me],
      ['roster.unbind', me],
      ['roster.bind', me],
    ]);
    // The one who was bound before can be bound to somebody else.
    expect(await wechat.binds('lin-1', OTHER)).toBeDefined();
    expect(await wechat.isBound('lin-1')).toBe(true);
  });

  it('makes nobody of who is somebody already', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    const code = await wechat.codeFor(OTHER);
    for (const typed of [code, 'ABCD2345']) {
      const answer = (await wechat.types('lin-1', typed)).join();
      expect(answer).toContain('没有使用：这个微信号已经绑定在您名下');
      expect(answer).not.toContain(typed);
    }
    expect(await wechat.rows.bindingCode.count()).toBe(1);
    expect(await wechat.accountOf(OTHER)).toBeUndefined();
    expect(await wechat.accountOf(STAFF)).toBe(account);
  });

  it('is told where a code belongs that is typed where it was asked for, and is as good as before', async () => {
    const code = await wechat.codeFor(STAFF);
    const answer = await wechat.asks(STAFF, code);
    expect(answer).toContain('在微信里私聊发给机器人');
    expect(answer).not.toContain(code);
    await wechat.types('lin-1', code);
    expect(await wechat.accountOf(STAFF)).toBeDefined();
  });

  it('says what travels by WeChat, and what does not', async () => {
    const [welcome] = await wechat.types('lin-1', await wechat.codeFor(STAFF));
    expect(welcome).toContain('主动发给您的消息只有编号和状态。说情打招呼的内容和文件只在网页上填写、查看');
  });

  it('says that the bot is not online where it is not', async () => {
    expect(await wechat.asks(STAFF, '绑定微信')).not.toContain('不在线');
    wechat.child.logsIn = false;
    wechat.child.hear({ kind: 'logout' });
    await wechat.settle();
    expect(await wechat.asks(STAFF, '绑定微信')).toContain('现在不在线');
  });
});

describe('解绑微信', () => {
  it('on the trusted platform asks first; afterwards the contact is a stranger', async () => {
    await wechat.binds('lin-1', STAFF);
    expect(await wechat.asks(STAFF, '解绑微信')).toContain('要解绑您的微信号吗');
    expect(await wechat.isBound('lin-1')).toBe(true);
    expect(await wechat.asks(STAFF, '解绑微信 确认')).toContain('已解绑');
    expect(await wechat.types('lin-1', '帮助')).toEqual([]);
    expect(await wechat.asks(STAFF, '解绑微信 确认')).toContain('没有绑定微信号');
    expect((await recordsOf(STAFF)).map(([action]) => action)).toEqual(['roster.bind', 'roster.unbind']);
    await expect.poll(() => wechat.child.remarkOf('lin-1')).toBe('');
  });

  it('on WeChat asks first, answers once more, and is told on the trusted platform', async () => {
    await wechat.binds('lin-1', STAFF);
    expect((await wechat.types('lin-1', '解绑微信')).join()).toContain(
      '请整句回复「解绑微信 确认」，只回复「确认」不算',
    );
    await wechat.toldTo(STAFF);
    expect((await wechat.types('lin-1', '解绑微信 确认')).join()).toContain('已解绑');
    expect(await wechat.types('lin-1', '解绑微信 确认')).toEqual([]);
    expect((await wechat.toldTo(STAFF)).join()).toContain('您名下的微信号已解绑');
  });

  it('makes a code void that was asked for and not used', async () => {
    await wechat.binds('lin-1', STAFF);
    const code = await wechat.codeFor(STAFF);
    await wechat.asks(STAFF, '解绑微信 确认');
    expect(await wechat.types('xu-1', code)).toEqual([]);
  });

  it('for somebody else is done by an administrator, and by nobody else', async () => {
    await wechat.binds('lin-1', STAFF);
    for (const words of [`解绑微信 ${STAFF}`, `解绑微信 ${STAFF} 确认`, '解绑微信 张三 确认'])
      expect(await wechat.asks(OTHER, words)).toContain('为他人解绑由系统管理员办理');
    expect(await wechat.isBound('lin-1')).toBe(true);
    const question = await wechat.asks(ADMINISTRATOR, `解绑微信 ${STAFF}`);
    expect(question).toContain(`要解绑${STAFF}的微信号吗`);
    const number = /（(\w+)，/.exec(question)?.[1] ?? '';
    await wechat.toldTo(STAFF);
    expect(await wechat.asks(ADMINISTRATOR, `解绑微信 ${number} 确认`)).toContain('已告知本人');
    expect((await wechat.toldTo(STAFF)).join()).toContain('由系统管理员解绑');
    expect(await wechat.isBound('lin-1')).toBe(false);
    expect((await recordsOf(STAFF)).at(-1)).toEqual(['roster.unbind', wechat.bureau.idOf(ADMINISTRATOR)]);
    expect(await wechat.asks(ADMINISTRATOR, '解绑微信 查无此人')).toContain('没有在职人员');
    expect(await wechat.asks(ADMINISTRATOR, `解绑微信 ${OTHER}`)).toContain('没有绑定微信号');
  });

  it('comes by itself when somebody leaves, and a code that he has is void', async () => {
    await wechat.binds('lin-1', STAFF);
    const code = await wechat.codeFor(STAFF);
    const { store } = wechat;
    const id = wechat.bureau.idOf(STAFF);
    await operate(store, { actor: 'command:test', at: new Date('2026-11-23T02:00:00Z') }, async (operation) =>
      (await openRoll(operation)).letGo(id),
    );
    expect(await wechat.accountOf(STAFF)).toBeUndefined();
    expect(await wechat.types('lin-1', '帮助')).toEqual([]);
    expect(await wechat.types('xu-1', code)).toEqual([]);
    expect((await recordsOf(STAFF)).map(([action]) => action).slice(-2)).toEqual([
      'roster.unbind',
      'roster.leave',
    ]);
    expect(await verify(wechat.rows, [], store.keys)).toMatchObject({ problems: [] });
  });
});

it('an administrator sees how many are bound and when somebody last logged in', async () => {
  await wechat.binds('lin-1', STAFF);
  const login = /上次登录 2026-11-23 09:\d\d；已绑定 1 人/;
  expect(await wechat.asks(ADMINISTRATOR, '微信登录')).toMatch(login);
  wechat.child.logsIn = false;
  wechat.child.hear({ kind: 'logout' });
  await wechat.settle();
  expect(await wechat.asks(ADMINISTRATOR, '微信登录')).toMatch(login);
});

it('the help names what is of use: binding to everybody, unbinding to who is bound', async () => {
  expect(await wechat.asks(STAFF, '帮助')).toContain('绑定微信：');
  expect(await wechat.asks(STAFF, '帮助')).not.toContain('解绑微信');
  await wechat.binds('lin-1', STAFF);
  expect(await wechat.asks(STAFF, '帮助')).toContain('解绑微信：');
});

it('without WeChat the words are not offered, and say that it is not enabled', async () => {
  const bureau = await openBureau();
  const help = await readAnswer(bureau, ADMINISTRATOR, '帮助');
  for (const word of ['绑定微信', '解绑微信', '微信登录']) {
    expect(help).not.toContain(word);
    expect(await readAnswer(bureau, ADMINISTRATOR, word)).toBe('本单位没有启用微信。');
  }
  await bureau.close();
});
