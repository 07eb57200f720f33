import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import {
  fails,
  HOLDER,
  LASTING,
  OFFICER,
  OFFLINE,
  openTwoPlatforms,
  type TwoPlatforms,
  Unreachable,
  works,
} from './two-platforms.ts';

let house: TwoPlatforms;

beforeEach(async () => {
  house = await openTwoPlatforms();
});
afterEach(() => house.close());

describe('where a message goes', () => {
  it('is Feishu for who has both, unless he prefers WeChat, and an answer goes where it was asked for', async () => {
    await house.bind(HOLDER, 'lark', 'wechat');
    await house.tell(HOLDER, '一');
    await house.settle();
    await house.prefer(HOLDER, 'wechat');
    await house.tell(HOLDER, '二');
    await house.settle();
    expect(house.reads(HOLDER, 'lark')).toEqual(['一']);
    expect(house.reads(HOLDER, 'wechat')).toHaveLength(1);
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'lark', notBy: null });
    expect(await house.rowOf('二')).toMatchObject({ state: 'sent', via: 'wechat', notBy: null });
    await house.says(HOLDER, 'lark', '消息渠道');
    expect(house.reads(HOLDER, 'lark')[1]).toContain('优先用微信');
    expect(house.reads(HOLDER, 'wechat')).toHaveLength(1);
  });

  it('is WeChat for who has nothing else, and a preference for what he has no account on any more is none', async () => {
    await house.bind(HOLDER, 'wechat');
    await house.bind(OFFICER, 'lark');
    await house.prefer(OFFICER, 'wechat');
    await house.tell(HOLDER, '一');
    await house.tell(OFFICER, '二');
    await house.settle();
    expect(house.reads(HOLDER, 'wechat')).toHaveLength(1);
    expect(house.reads(OFFICER, 'lark')).toEqual(['二']);
  });

  it('is the local chat for who has no account of his own, and never for who has one', async () => {
    await house.tell(HOLDER, '一');
    await house.settle();
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'local' });
    await house.bind(HOLDER, 'lark');
    house.lark.onSend = fails(LASTING);
    await house.tell(HOLDER, '二');
    await house.settle();
    expect(await house.rowOf('二')).toMatchObject({ state: 'dead', via: 'lark' });
  });
});

describe('a message goes by the next way', () => {
  beforeEach(() => house.bind(HOLDER, 'lark', 'wechat'));

  it('where the account is reached no more, and by the first again once something came through there', async () => {
    house.lark.onSend = fails(new Unreachable('the person left', true));
    await house.tell(HOLDER, '一');
    await house.settle();
    expect(house.reads(HOLDER, 'wechat')).toHaveLength(1);
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'wechat', notBy: 'lark' });
    expect(await house.marked(HOLDER)).toEqual(['lark']);
    await house.tell(HOLDER, '二');
    await house.settle();
    expect(house.lark.calls).toHaveLength(1);
    expect(await house.rowOf('二')).toMatchObject({ state: 'sent', via: 'wechat', notBy: 'lark' });
    house.lark.onSend = works;
    await house.says(HOLDER, 'lark', '帮助');
    expect(await house.marked(HOLDER)).toEqual([]);
    await house.tell(HOLDER, '三');
    await house.settle();
    expect(house.reads(HOLDER, 'lark')[1]).toBe('三');
  });

  it('where the platform refuses it for good, and the officer sees by which way each went', async () => {
    house.lark.onSend = fails(LASTING);
    await house.tell(HOLDER, '一', { job: 'graded-warning' });
    await house.settle();
    expect(await house.rowOf('一')).toMatchObject({
      state: 'sent',
      via: 'wechat',
      notBy: 'lark',
      attempts: 1,
    });
    expect(await house.marked(HOLDER)).toEqual([]);
    expect(await house.asks('减负自查', HOLDER)).toContain('占 1 条 微信（飞书未送达）');
    expect(await house.asks('减负自查 合计')).toContain('微信 1 条（其中飞书未送达而改经 1 条）');
    house.wechat.onSend = fails(LASTING);
    await house.tell(HOLDER, '二', { job: 'graded-warning' });
    await house.settle();
    expect(await house.asks('未送达')).toContain(`${HOLDER} 1 飞书、微信`);
    expect(await house.asks('减负自查', HOLDER)).toContain('占 1 条 飞书、微信');
  });

  it('once it was refused in passing as often as the rules allow, and begins to count anew there', async () => {
    house.lark.onSend = fails(new SendFailure('busy', false));
    house.wechat.onSend = fails(new SendFailure('busy', false));
    await house.tell(HOLDER, '一');
    for (let minute = 0; minute < 10; minute++) await house.passMinutes(1);
    expect(house.lark.calls).toHaveLength(3);
    expect(house.wechat.calls).toHaveLength(3);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: 'wechat', notBy: 'lark' });
  });

  it('where the platform is away for longer than the rules allow, not before, and by the first once it is back', async () => {
    house.lark.isThere = false;
    house.lark.onSend = fails(OFFLINE);
    await house.tell(HOLDER, '一');
    await house.settle();
    for (let minute = 0; minute < 9; minute++) await house.passMinutes(1);
    expect(house.wechat.calls).toEqual([]);
    await house.passMinutes(1);
    expect(await house.rowOf('一')).toMatchObject({
      state: 'sent',
      via: 'wechat',
      notBy: 'lark',
      attempts: 1,
    });
    await house.tell(HOLDER, '二');
    await house.settle();
    expect(house.reads(HOLDER, 'wechat')).toHaveLength(2);
    house.lark.isThere = true;
    house.lark.onSend = works;
    await house.tell(HOLDER, '三');
    await house.settle();
    expect(house.reads(HOLDER, 'lark')).toEqual(['三']);
  });

  it('at once when the platform has been away for so long, though its next attempt there was to be later', async () => {
    house.lark.onSend = fails(new SendFailure('busy', false, 3_600_000));
    await house.tell(HOLDER, '一');
    await house.settle();
    house.lark.isThere = false;
    await house.passMinutes(1);
    await house.passMinutes(10);
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'wechat' });
  });

  it('and waits for either where both are away', async () => {
    for (const platform of [house.lark, house.wechat]) {
      platform.isThere = false;
      platform.onSend = fails(OFFLINE);
    }
    await house.tell(HOLDER, '一');
    for (let minute = 0; minute < 30; minute++) await house.passMinutes(1);
    expect(await house.rowOf('一')).toMatchObject({ state: 'waiting' });
    house.wechat.isThere = true;
    house.wechat.onSend = works;
    await house.passMinutes(1);
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'wechat', notBy: 'lark' });
  });

  it('but an answer does not: it was made for where it was asked for', async () => {
    house.wechat.onSend = fails(LASTING);
    await house.says(HOLDER, 'wechat', '帮助');
    expect(house.wechat.calls).toHaveLength(1);
    expect(house.lark.calls).toEqual([]);
    expect(await house.rowOf('reply:wechat:1')).toMatchObject({ state: 'dead' });
  });
});

describe('「有消息未能送达」', () => {
  const told = async () =>
    house.other.database.rows.outbox.count({ where: { key: { startsWith: 'unreachable:' } } });

  it('is told only where no way is left', async () => {
    await house.bind(HOLDER, 'lark', 'wechat');
    house.lark.onSend = fails(new Unreachable('the person left', true));
    await house.tell(HOLDER, '一');
    await house.settle();
    expect(await house.marked(HOLDER)).toEqual(['lark']);
    expect(await told()).toBe(0);
    house.wechat.onSend = fails(new Unreachable('no friend any more', true));
    await house.tell(HOLDER, '二');
    await house.settle();
    expect((await house.marked(HOLDER)).sort()).toEqual(['lark', 'wechat']);
    expect(await told()).toBeGreaterThan(0);
    expect(await house.rowOf('二')).toMatchObject({ state: 'dead', via: 'lark', notBy: 'wechat' });
  });

  it('is not told of who left, whose messages go nowhere', async () => {
    await house.bind(HOLDER, 'lark', 'wechat');
    await house.other.database.write((rows) =>
      rows.person.update({ where: { id: house.idOf(HOLDER) }, data: { active: false } }),
    );
    await house.tell(HOLDER, '一');
    await house.settle();
    expect([...house.lark.calls, ...house.wechat.calls]).toEqual([]);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: null });
    expect(await told()).toBe(0);
    expect(await house.asks('未送达')).toContain(`${HOLDER} 1 没有可用的账号`);
  });
});
