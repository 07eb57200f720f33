import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { noteWays } from '../../ledger/way-of-message.ts';
import {
  fails,
  HOLDER,
  LASTING,
  OFFLINE,
  openTwoPlatforms,
  type TwoPlatforms,
  Unreachable,
  Unsure,
  works,
} from './two-platforms.ts';

let house: TwoPlatforms;

beforeEach(async () => {
  house = await openTwoPlatforms();
});
afterEach(() => house.close());

describe('no second copy comes', () => {
  beforeEach(() => house.bind(HOLDER, 'lark', 'wechat'));

  it('where the first platform does not say what became of it: it stays there, and 未送达 says so', async () => {
    await house.prefer(HOLDER, 'wechat');
    house.wechat.onSend = fails(new Unsure('no answer', false));
    await house.tell(HOLDER, '一');
    await house.passMinutes(1);
    house.wechat.isThere = false;
    for (let minute = 0; minute < 20; minute++) await house.passMinutes(1);
    expect(house.lark.calls).toEqual([]);
    expect(house.wechat.calls).toHaveLength(1);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: 'wechat' });
    expect(await house.asks('未送达')).toContain('微信（不能确定是否送达）');
  });

  it('where the last attempt that the rules allow is the first of which nobody knows', async () => {
    house.lark.onSend = fails(new SendFailure('busy', false));
    await house.tell(HOLDER, '一');
    await house.passMinutes(1);
    await house.passMinutes(1);
    house.lark.onSend = fails(new Unsure('no answer', false));
    for (let minute = 0; minute < 5; minute++) await house.passMinutes(1);
    expect(house.lark.calls).toHaveLength(3);
    expect(house.wechat.calls).toEqual([]);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: 'lark' });
  });

  it('though the platform refuses for good when it is asked again', async () => {
    house.lark.onSend = fails(new Error('the connection broke'));
    await house.tell(HOLDER, '一');
    await house.settle();
    house.lark.onSend = fails(new Unreachable('the person left', true));
    for (let minute = 0; minute < 20; minute++) await house.passMinutes(1);
    expect(house.wechat.calls).toEqual([]);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: 'lark' });
  });

  it('where it never answered in time, the message shows late, and the service was started anew between', async () => {
    const late: (() => void)[] = [];
    house.lark.onSend = () => new Promise((resolve) => late.push(resolve));
    await house.tell(HOLDER, '一');
    await house.settle();
    house.lark.isThere = false;
    await house.bureau.restart();
    house.lark.onSend = fails(OFFLINE);
    for (let minute = 0; minute < 15; minute++) await house.passMinutes(1);
    for (const shown of late) shown();
    await house.settle();
    expect(house.reads(HOLDER, 'lark')).toEqual(['一']);
    expect(house.wechat.calls).toEqual([]);
    house.lark.isThere = true;
    house.lark.onSend = works;
    await house.passMinutes(2);
    expect(house.reads(HOLDER, 'lark')).toEqual(['一']);
    expect(await house.rowOf('一')).toMatchObject({ state: 'sent', via: 'lark' });
  });

  it('where a process took it for one way and was killed, whatever he prefers since', async () => {
    await house.tell(HOLDER, '一');
    const { rows } = await claim(house.other, {
      lane: 'notices',
      now: new Date(house.time),
      room: roomFor(20),
    });
    await noteWays(
      house.other,
      rows.map((row) => ({ row, platform: 'lark' })),
    );
    await house.prefer(HOLDER, 'wechat');
    house.lark.isThere = false;
    await house.passMinutes(1);
    await house.passMinutes(15);
    expect(house.wechat.calls).toEqual([]);
    expect(house.reads(HOLDER, 'lark')).toEqual(['一']);
  });

  it('and what was taken for no way yet is free to go by any', async () => {
    await house.tell(HOLDER, '一');
    expect(
      (await claim(house.other, { lane: 'notices', now: new Date(house.time), room: roomFor(20) })).rows,
    ).toHaveLength(1);
    house.lark.onSend = fails(LASTING);
    // Since it certainly went nowhere, even what is asked but once may be asked.
    await house.passMinutes(1);
    expect([house.lark.calls.length, house.wechat.calls.length]).toEqual([1, 0]);
  });

  it('where his account is unbound meanwhile: what may have arrived goes nowhere else', async () => {
    house.lark.onSend = fails(new Error('the connection broke'));
    await house.tell(HOLDER, '一');
    await house.settle();
    await house.other.database.write((rows) => rows.account.deleteMany({ where: { platform: 'lark' } }));
    for (let minute = 0; minute < 20; minute++) await house.passMinutes(1);
    expect(house.wechat.calls).toEqual([]);
    expect(await house.rowOf('一')).toMatchObject({ state: 'dead', via: 'lark' });
  });
});
