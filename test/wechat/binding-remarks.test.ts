import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRemarks } from '../../bot/wechat/remark.ts';
import { text } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import { type BindingBureau, friend, openBindingBureau } from './binding-bureau.ts';

const STAFF = '林砚秋';
const OTHER = '许星阑';
const ADMINISTRATOR = '罗子衿';

let wechat: BindingBureau;
beforeEach(async () => {
  wechat = await openBindingBureau([friend('lin-1', '砚秋'), friend('xu-1'), friend('stranger-1')]);
});
afterEach(() => wechat.close());

const remarkOf = (id: string): string => {
  const remark = wechat.child.remarkOf(id);
  if (!remark) throw new Error(`${id} has no remark`);
  return remark;
};

/** Puts something in line for the account. */
async function post(account: string, key: string): Promise<void> {
  const { store } = wechat;
  const at = new Date('2026-11-23T00:00:00Z');
  await store.database.write((rows) =>
    enqueue(store, rows, at, {
      key,
      personId: wechat.bureau.idOf(STAFF),
      content: text(key),
      address: { platform: 'wechat', externalId: account, isGroup: false },
      notBefore: at,
    }),
  );
}

const stateOf = async (key: string) => {
  await wechat.bureau.service.idle();
  return (await wechat.rows.outbox.findUniqueOrThrow({ where: { key } })).state;
};

describe('after a login with other ids', () => {
  it('people are known again by their remark, each as himself, and reached under the new id', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    await wechat.binds('xu-1', OTHER);
    const [lin, xu] = [remarkOf('lin-1'), remarkOf('xu-1')];
    // The ids of before belong to others now.
    await wechat.logsInWith([friend('xu-1', '砚秋', lin), friend('stranger-1', '路人', xu), friend('lin-1')]);
    expect(await wechat.isBound('lin-1')).toBe(false);
    await post(account, 'to-lin');
    await wechat.settle();
    expect(wechat.child.textsTo('xu-1').at(-1)).toBe('to-lin');
    expect((await wechat.types('stranger-1', '解绑微信 确认')).join()).toContain('已解绑');
    expect(await wechat.accountOf(OTHER)).toBeUndefined();
    expect(await wechat.accountOf(STAFF)).toBe(account);
  });

  it('what somebody says before the list is whole waits for it', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    const remark = remarkOf('lin-1');
    wechat.child.listsContacts = false;
    // Only the list shows who he is.
    await wechat.logsInWith([friend('lin-2', '砚秋'), friend('stranger-2')]);
    await post(account, 'early');
    wechat.child.types('lin-2', '我的整改');
    wechat.child.list([friend('lin-2', '砚秋', remark), friend('stranger-2')]);
    await expect
      .poll(() => wechat.child.textsTo('lin-2').sort())
      .toEqual(['early', '我的整改：暂无在办事项']);
  });

  it('a list that does not come is not waited for for ever', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    wechat.child.listsContacts = false;
    await wechat.logsInWith([friend('lin-2', '砚秋', remarkOf('lin-1')), friend('stranger-2')]);
    wechat.child.list([]);
    wechat.child.types('lin-2', '我的整改');
    await expect.poll(() => wechat.child.textsTo('lin-2')).toHaveLength(1);
    expect(await wechat.types('stranger-2', '帮助')).toEqual([]);
    // wechaty lists nobody where the puppet fails: that says nothing of who was known.
    wechat.child.list();
    await wechat.settle();
    wechat.child.list([]);
    await post(account, 'after an empty list');
    await wechat.settle();
    expect(wechat.child.textsTo('lin-2').at(-1)).toBe('after an empty list');
  });

  it('who is not among the contacts any more is not reached, and what was to go to him is not sent to another', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    await wechat.logsInWith([friend('stranger-1', '砚秋')]);
    await post(account, 'gone');
    await expect.poll(() => stateOf('gone')).toBe('dead');
    expect(wechat.child.textsTo('stranger-1')).toEqual([]);
    const marked = await wechat.rows.account.findFirst({ where: { externalId: account } });
    expect(marked?.unreachable).not.toBeNull();
    // He is a friend again: nobody knows him by his name, and a new code binds him.
    expect(await wechat.isBound('stranger-1')).toBe(false);
    expect(await wechat.binds('stranger-1', STAFF)).not.toBe(account);
  });
});

describe('a remark', () => {
  it('that the service did not sign makes nobody known, however near it comes', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    const right = remarkOf('lin-1');
    const last = right.at(-1) === 'A' ? 'B' : 'A';
    const elsewhere = openRemarks((await other()).store);
    const forged = [
      STAFF,
      `林#${account}`,
      right.slice(0, -1) + last,
      `${right} `,
      right.toLowerCase() === right ? right.toUpperCase() : right.toLowerCase(),
      `林#${'A'.repeat(12)}`,
      await elsewhere.write(STAFF, account),
    ];
    for (const remark of forged) {
      await wechat.logsInWith([friend('forger-2', STAFF, remark)]);
      expect(await wechat.isBound('forger-2'), remark).toBe(false);
    }
    await wechat.logsInWith([friend('lin-2', STAFF, right)]);
    expect(await wechat.isBound('lin-2')).toBe(true);
    await third?.close();
  });

  let third: BindingBureau | undefined;
  async function other(): Promise<BindingBureau> {
    third = await openBindingBureau([]);
    return third;
  }

  it('that two contacts have makes neither known; administrators are told once, and a new code mends it', async () => {
    const account = await wechat.binds('lin-1', STAFF);
    const remark = remarkOf('lin-1');
    const doubled = [friend('lin-2', '砚秋', remark), friend('thief-2', '砚秋', remark)];
    await wechat.logsInWith(doubled);
    expect(await wechat.isBound('lin-2')).toBe(false);
    expect(await wechat.isBound('thief-2')).toBe(false);
    await post(account, 'to whom');
    await expect.poll(() => stateOf('to whom')).toBe('dead');
    await wechat.logsInWith(doubled);
    const told = (await wechat.toldTo(ADMINISTRATOR)).filter((each) => each.includes('标记'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(STAFF);
    await wechat.binds('lin-2', STAFF);
    expect(await wechat.isBound('lin-2')).toBe(true);
    expect(await wechat.isBound('thief-2')).toBe(false);
    await expect.poll(() => remarkOf('lin-2')).not.toBe(remark);
  });

  it('that wanders to another contact within a login makes him nobody', async () => {
    await wechat.binds('lin-1', STAFF);
    const remark = remarkOf('lin-1');
    for (let times = 0; times < 2; times += 1) {
      wechat.child.list([friend('lin-1', '砚秋'), friend('stranger-1', '路人', remark)]);
      await wechat.settle();
      expect(await wechat.isBound('stranger-1')).toBe(false);
    }
  });

  it('that was lost is set again on whom it belonged to within the login, and never by a name', async () => {
    await wechat.binds('lin-1', STAFF);
    const remark = remarkOf('lin-1');
    // Known by the list alone, as after a restart.
    await wechat.logsInWith([friend('lin-2', '砚秋', remark), friend('double-2', '砚秋')]);
    wechat.child.contacts = [friend('lin-2', '砚秋'), friend('double-2', '砚秋')];
    wechat.child.list();
    await wechat.settle();
    await expect.poll(() => wechat.child.remarkOf('lin-2')).toBe(remark);
    expect(wechat.child.remarkOf('double-2')).toBeUndefined();
    await wechat.logsInWith([friend('lin-3', '砚秋'), friend('double-3', '砚秋', STAFF)]);
    expect(await wechat.isBound('lin-3')).toBe(false);
    expect(await wechat.isBound('double-3')).toBe(false);
    expect(wechat.child.remarks.filter(({ contact }) => contact.endsWith('-3'))).toEqual([]);
  });

  it('of somebody who is bound no more is taken away', async () => {
    await wechat.binds('lin-1', STAFF);
    const remark = remarkOf('lin-1');
    await wechat.asks(STAFF, '解绑微信 确认');
    await wechat.logsInWith([friend('lin-2', '砚秋', remark), friend('mother-2', '妈妈', '妈妈')]);
    await expect.poll(() => wechat.child.remarkOf('lin-2')).toBe('');
    expect(wechat.child.remarkOf('mother-2')).toBe('妈妈');
  });
});

describe('a remark that cannot be set', () => {
  it('does not keep anybody from being bound for this login; he is told, and it is tried again', async () => {
    wechat.child.remarkFate = 'fault';
    const [welcome] = await wechat.types('lin-1', await wechat.codeFor(STAFF));
    expect(welcome).toContain('绑定成功');
    expect(welcome).toContain('还有一步没有做成');
    expect(await wechat.isBound('lin-1')).toBe(true);
    wechat.child.remarkFate = 'well';
    await expect.poll(() => wechat.child.remarkOf('lin-1')).toMatch(/^林#/);
    await wechat.logsInWith([friend('lin-2', '砚秋', remarkOf('lin-1'))]);
    expect(await wechat.isBound('lin-2')).toBe(true);
  });

  it('leaves a stranger behind where the service dies before it is; a new code takes its place', async () => {
    wechat.child.remarkFate = 'hang';
    const code = await wechat.codeFor(STAFF);
    wechat.child.types('lin-1', code);
    await expect.poll(() => wechat.accountOf(STAFF)).toBeDefined();
    const before = await wechat.accountOf(STAFF);
    await wechat.bureau.restart();
    await wechat.settle();
    expect(await wechat.isBound('lin-1')).toBe(false);
    wechat.child.remarkFate = 'well';
    expect(await wechat.binds('lin-1', STAFF)).not.toBe(before);
    expect(await wechat.isBound('lin-1')).toBe(true);
  });

  it('since the login ends meanwhile uses no code up', async () => {
    wechat.child.remarkFate = 'hang';
    const code = await wechat.codeFor(STAFF);
    wechat.child.types('lin-1', code);
    await expect.poll(() => wechat.child.remarks.length).toBe(1);
    wechat.child.hear({ kind: 'logout' });
    await wechat.settle();
    expect(await wechat.accountOf(STAFF)).toBeUndefined();
    wechat.child.remarkFate = 'well';
    await expect.poll(async () => (await wechat.types('lin-1', code)).join()).toContain('绑定成功');
  });

  it('stands before anything is recorded: who dies in between finds his code good', async () => {
    const code = await wechat.codeFor(STAFF);
    let isRecorded: string | undefined = 'unknown';
    wechat.child.onRemark = async () => {
      isRecorded = await wechat.accountOf(STAFF);
    };
    await wechat.types('lin-1', code);
    expect(isRecorded).toBeUndefined();
    expect(await wechat.accountOf(STAFF)).toBeDefined();
  });
});
