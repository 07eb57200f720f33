import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { contentFor } from '../../bot/told-by-number.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import type { Content } from '../../ledger/message.ts';
import { aboutOutbox, type Kept, type OutboxRow } from '../../ledger/outbox.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed, takeStep } from '../sample-record.ts';
import { HOLDER, OFFICER, openTwoPlatforms, type TwoPlatforms } from './two-platforms.ts';

const LEADER = '孟知行';
/** What must not travel by a chat that may carry public matters only. */
const PLANTED = '种下的词语';

let house: TwoPlatforms;
beforeEach(async () => {
  house = await openTwoPlatforms();
});
afterEach(() => house.close());

const assign = (ref = '1-1') => house.asks(`指派 ${ref} 责任领导 ${LEADER} 责任人 ${HOLDER} 时限 2026-12-31`);

async function step(name: string, word: string, ref: string, values: Record<string, unknown> = {}) {
  house.time += 1000;
  const person = await personNamed(house.other, name);
  await takeStep(house.other, { person, word, ref, at: new Date(house.time), values });
  await house.settle();
}

const titleOf = async (ref: string) =>
  (await house.other.database.rows.entry.findUniqueOrThrow({ where: { ref } })).title;

describe('on WeChat, what nobody asked for', () => {
  it('comes by number and state, with the words that do it; what it says comes to who asks', async () => {
    await house.bind(HOLDER, 'wechat');
    await house.bind(LEADER, 'lark');
    await assign();
    const title = await titleOf('Z1-1-1');
    const [assigned = ''] = house.reads(HOLDER, 'wechat');
    expect(assigned).toContain('有新的整改事项');
    expect(assigned).toContain('Z1-1-1「已交办」');
    expect(assigned).toContain('主动发到这里的消息不带内容');
    expect(assigned).not.toContain(title.slice(0, 6));
    const { content } = house.wechat.shown[0] ?? {};
    expect(content && actionsOf(content).map(({ action }) => action)).toEqual(['签收 Z1-1-1', '查看 Z1-1-1']);
    expect(house.reads(LEADER, 'lark')[0]).toContain(title.slice(0, 6));
    await house.says(HOLDER, 'wechat', '查看 Z1-1-1');
    expect(house.reads(HOLDER, 'wechat')[1]).toContain(title.slice(0, 6));
  });

  it('comes so to who would have got it whole on Feishu, where it cannot go by Feishu', async () => {
    await house.bind(LEADER, 'lark', 'wechat');
    await assign();
    house.lark.onSend = async () => {
      throw new SendFailure('refused for good', true);
    };
    await step(HOLDER, '签收', 'Z1-1-1');
    await step(HOLDER, '有困难', 'Z1-1-1', { text: PLANTED });
    const [told = ''] = house.reads(LEADER, 'wechat').slice(-1);
    expect(told).toContain('整改遇到困难');
    expect(told).toContain('Z1-1-1「已签收」');
    for (const word of [PLANTED, HOLDER, (await titleOf('Z1-1-1')).slice(0, 6)])
      expect(JSON.stringify(house.wechat.calls)).not.toContain(word);
    // Feishu may carry it.
    expect(JSON.stringify(house.lark.calls)).toContain(PLANTED);
  });

  it('holds no card there, and the card on Feishu is kept true', async () => {
    await house.bind(HOLDER, 'wechat');
    await house.bind(LEADER, 'lark');
    await assign();
    const held = await house.other.database.rows.heldCard.findMany();
    expect(held.map(({ platform }) => platform)).toEqual(expect.arrayContaining(['lark']));
    expect(held.some(({ platform }) => platform === 'wechat')).toBe(false);
    await step(HOLDER, '签收', 'Z1-1-1');
    await house.settle();
    expect(house.lark.updates.length).toBeGreaterThan(0);
  });

  it('tells of a sealed record what it told before: its number', async () => {
    await house.bind('唐文澜', 'wechat');
    const ref = await fileReport(
      house.other,
      await personNamed(house.other, '许星阑'),
      new Date(house.time),
      {},
    );
    await house.settle();
    const [told = ''] = house.reads('唐文澜', 'wechat');
    expect(told).toContain('有新的说情打招呼记录');
    expect(told).toContain(`${ref}「`);
  });
});

describe('of a message', () => {
  /** What it says on that platform. */
  async function said(kept: Kept, platform = 'wechat', row: Partial<OutboxRow> = {}): Promise<Content> {
    await assign();
    const id = 'a-message';
    const sealed = new Uint8Array(house.other.keys.seal(kept, aboutOutbox(id)));
    const whole = { id, sealed, personId: house.idOf(HOLDER), platform: null, job: null, ...row };
    return contentFor(house.other, whole as OutboxRow, platform);
  }

  const notice = (more: Partial<Content & { kind: 'notice' }> = {}): Content => ({
    kind: 'notice',
    title: '整改事项被退回补正',
    tone: 'yellow',
    sections: [
      {
        heading: `Z1-1-1 ${PLANTED}`,
        lines: [PLANTED, `见 12-31 及 Z9-9-9 ${PLANTED}`],
        chart: { shape: 'bars', title: PLANTED, labels: [PLANTED], series: [] },
        qr: PLANTED,
        actions: [
          { action: '进展 Z1-1-1@1', label: `进展 ${PLANTED}` },
          { action: `进展 Z1-1-1 ${PLANTED}`, label: '进展' },
          { action: `电话 ${PLANTED}`, label: '电话' },
        ],
      },
      { lines: [PLANTED] },
      { heading: '存证链首', lines: ['0123 4567 89ab cdef 0123 4567 89ab cdef', PLANTED] },
    ],
    actions: [
      { action: '台账 逾期', label: '查看逾期' },
      { action: '打开 Z1-1-1', label: '打开', url: `https://example.cn/${PLANTED}` },
    ],
    refresh: '查看 Z1-1-1',
    ...more,
  });

  it.each<[string, Kept]>([
    ['a notice', notice()],
    ['a view that is sent anew', notice({ title: PLANTED, isView: true })],
    ['a text', { kind: 'text', text: PLANTED }],
    [
      'a table',
      {
        kind: 'table',
        title: PLANTED,
        columns: [PLANTED],
        rows: [[PLANTED]],
        footer: [PLANTED],
        actions: [],
      },
    ],
    ['a form', { kind: 'form', title: PLANTED, intro: [PLANTED], fields: [], actions: [] }],
    [
      'several as one',
      {
        kind: 'gathered',
        parts: [notice(), { kind: 'text' as const, text: PLANTED }].map((content) => ({
          saidOn: '2026-11-23',
          content,
        })),
      },
    ],
    [
      'one alone of several',
      { kind: 'gathered', parts: [{ saidOn: '2026-11-23', content: { kind: 'text', text: PLANTED } }] },
    ],
  ])('%s, no planted word is left on WeChat, and each is left on Feishu', async (_, kept) => {
    const content = await said(kept);
    expect(JSON.stringify(content)).not.toContain(PLANTED);
    expect(JSON.stringify(content)).toContain('主动发到这里的消息不带内容');
    expect(JSON.stringify(await said(kept, 'lark'))).toContain(PLANTED);
    // An answer was put into words for where it goes.
    expect(JSON.stringify(await said(kept, 'wechat', { platform: 'wechat' }))).toContain(PLANTED);
  });

  it('number, state, the harmless words and the head of the chain are left', async () => {
    expect(await said(notice())).toEqual({
      kind: 'notice',
      title: '整改事项被退回补正',
      tone: 'yellow',
      sections: [
        {
          lines: ['Z1-1-1「已交办」'],
          actions: [
            { action: '进展 Z1-1-1@1', label: '进展' },
            { action: '查看 Z1-1-1', label: '查看' },
          ],
        },
        { heading: '存证链首', lines: ['0123 4567 89ab cdef 0123 4567 89ab cdef'] },
        { lines: ['主动发到这里的消息不带内容，请发送「查看 <编号>」查看。'] },
      ],
      actions: [
        { action: '台账 逾期', label: '台账 逾期' },
        { action: '打开 Z1-1-1', label: '打开' },
      ],
    });
  });

  it('nothing is told by number of what he may not see', async () => {
    const content = await said({
      ...(notice() as Content & { kind: 'notice' }),
      sections: [{ lines: ['2345-ABCD'], actions: [{ action: '查看 2345-ABCD', label: '查看' }] }],
    });
    expect(JSON.stringify(content)).not.toContain('2345-ABCD');
  });
});

describe('消息渠道', () => {
  it('shows the accounts, prefers one of them, and is offered in the help to who has several', async () => {
    await house.bind(HOLDER, 'lark', 'wechat');
    await house.bind(LEADER, 'lark');
    await house.other.database.write((rows) =>
      rows.account.updateMany({ where: { platform: 'wechat' }, data: { unreachable: 'gone' } }),
    );
    await house.says(HOLDER, 'lark', '消息渠道');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain('您的账号：微信（目前送不到）、飞书。');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain('微信上主动发给您的消息只有编号和状态');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain(
      '本地聊天人人都有：您选为优先时才主动发到那里，平时不改用它。',
    );
    await house.says(HOLDER, 'lark', '消息渠道 微信');
    const preferred = async () =>
      (await house.other.database.rows.person.findUniqueOrThrow({ where: { id: house.idOf(HOLDER) } }))
        .preferredPlatform;
    expect(await preferred()).toBe('wechat');
    await house.says(HOLDER, 'lark', '消息渠道');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain('优先用微信');
    await house.presses(HOLDER, 'lark', '消息渠道 自动');
    expect(await preferred()).toBeNull();
    await house.says(HOLDER, 'lark', '消息渠道 钉钉');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain('您没有叫「钉钉」的渠道');
    await house.says(LEADER, 'lark', '消息渠道 微信');
    expect(house.reads(LEADER, 'lark').at(-1)).toContain('您没有叫「微信」的渠道');
    await house.says(HOLDER, 'lark', '帮助');
    expect(house.reads(HOLDER, 'lark').at(-1)).toContain('消息渠道');
  });

  it('is a word of nobody who is not known, and a group learns nothing by it', async () => {
    await house.bind(OFFICER, 'lark');
    await house.says(HOLDER, 'lark', '消息渠道 微信');
    expect(house.reads(HOLDER, 'lark')[0]).toContain('您的账号还没有登记');
  });
});
