import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  APPROVED,
  DISCIPLINE,
  enter,
  LEADER,
  ONE,
  openWaitingBureau,
  STAFF,
  stateOf,
  tick,
  timesOf,
} from './ledger-waiting.ts';
import type { PageBureau } from './page-bureau.ts';
import { countOf } from './tick-rows.ts';
import { formWith, type Shown, type Visitor } from './visitor.ts';

const PRESS = '0b7f6f0e-1111-4222-8333-944444444444';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openWaitingBureau();
});
afterAll(() => bureau?.close());

describe('审定 of ticked rows', () => {
  const WORD = '审定';
  const MEETING = { name: '局党组会第 21 次会议', on: '2026-11-23' };
  const WAITING = 'state=approved';
  const send = (visitor: Visitor, form: Shown, meeting: Record<string, string>) => {
    const { place, values } = formWith(form.html, '提交');
    return visitor.send(place, { ...values, ...meeting, do: 'send' });
  };

  it.each([STAFF, LEADER])('is not for %s', async (name) => {
    const { shown } = await enter(bureau, name, 'state=all');
    expect(countOf(shown, WORD)).toBeUndefined();
    const refused = await visitorPress(name, shown);
    expect(refused.html).toContain('由指定的工作人员办理');
  });

  async function visitorPress(name: string, { html }: Shown): Promise<Shown> {
    const { visitor, shown } = await enter(bureau, name, 'state=all');
    expect(html).not.toContain('确认审定');
    return visitor.post(shown.place, { do: WORD, press: PRESS, target: 'Z2-1@9' });
  }

  it('asks for the meeting once, refuses one before the 复核, and then has closed none', async () => {
    const { visitor, shown } = await enter(bureau, DISCIPLINE, WAITING);
    expect(countOf(shown, WORD)).toBe('2');
    const form = await tick(visitor, shown, WORD, APPROVED);
    expect(form.html).toContain('会议名称');
    const early = await send(visitor, form, { ...MEETING, on: '2026-11-20' });
    expect(early.status).toBe(422);
    expect(early.html).toMatch(/Z2-\S+ 于 2026-11-23 才复核通过，会议日期 2026-11-20 在其之前/u);
    for (const ref of APPROVED) expect(await stateOf(bureau, ref)).toBe('待党组会审定');
  });

  it('does none where another has written one of them down meanwhile; sent twice, the other is closed once', async () => {
    const [one = '', other = ''] = APPROVED;
    const { visitor, shown } = await enter(bureau, ONE, WAITING);
    const form = await tick(visitor, shown, WORD, APPROVED);
    const second = await enter(bureau, DISCIPLINE, WAITING);
    const done = await send(second.visitor, await tick(second.visitor, second.shown, WORD, [other]), MEETING);
    expect(done.html).toContain('党组会已审定');
    const late = await send(visitor, form, MEETING);
    expect(late.html).toContain(`${other} 现为「已销号」，不能「审定」`);
    expect([await stateOf(bureau, one), await stateOf(bureau, other)]).toEqual(['待党组会审定', '已销号']);
    const now = await visitor.get(shown.place);
    const again = await tick(visitor, now, WORD, [one]);
    const answers = [await send(visitor, again, MEETING), await send(visitor, again, MEETING)];
    expect(answers[0]?.html).toContain('党组会已审定');
    expect(answers[1]?.html).not.toContain('系统出现故障');
    expect(await stateOf(bureau, one)).toBe('已销号');
    expect(await timesOf(bureau, one, WORD)).toBe(1);
  });
});
