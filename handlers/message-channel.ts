import type { Content, NoticeContent } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Chat, Command } from './define.ts';
import { platformTitle } from './platform-title.ts';

const WORD = '消息渠道';
const AUTOMATIC = '自动';

/** An account of the person's on a platform that is configured. */
interface Channel {
  chat: Chat;
  isReached: boolean;
}

/**
 * 消息渠道: on which platforms who asks has accounts, and by which of them comes what nobody asked for; 「消息渠道 微信」
 * prefers one, 「消息渠道 自动」 none. Answers go where somebody speaks, whatever he prefers.
 */
export const messageChannel: Command = {
  kind: 'command',
  name: 'message-channel',
  words: [WORD],
  usage: WORD,
  help: '查看您有哪些聊天账号，主动发给您的消息走哪个；写「消息渠道 微信」「消息渠道 自动」可以更改',
  group: '查询',
  may: () => true,
  // Where everybody has an account there is nothing to choose.
  relevant: async (asking) =>
    (await channelsOf(asking)).filter(({ chat }) => chat.accounts === 'bound').length > 1,
  fields: {},
  async plan(asking, typed) {
    const channels = await channelsOf(asking);
    const said = typed.trim();
    const plan = { title: WORD, intro: [], fields: {}, start: {}, given: {}, confirm: false };
    if (said === '') return { ...plan, subject: '', instead: () => shown(asking, channels) };
    return { ...plan, subject: chosen(channels, said) };
  },
  async decide({ rows, trail }, { id }, platform) {
    const preferredPlatform = platform === '' ? null : platform;
    await rows.person.update({ where: { id }, data: { preferredPlatform } });
    await trail.append({ action: 'message-channel', values: { platform: preferredPlatform } });
    const how = preferredPlatform === null ? '自动选择渠道' : `优先用${platformTitle(platform)}`;
    return {
      ...CARD,
      title: `已改为${how}`,
      sections: [{ lines: ['您在哪里发消息，仍在哪里回复您。'] }],
      actions: [{ action: WORD, label: WORD }],
    };
  },
};

async function channelsOf({ rows, person, chats }: Asking): Promise<Channel[]> {
  const accounts = await rows.account.findMany({ where: { personId: person.id } });
  return chats.flatMap((chat) => {
    const here = accounts.filter(({ platform }) => platform === chat.name);
    if (here.length === 0 && chat.accounts === 'bound') return [];
    return [{ chat, isReached: here.length === 0 || here.some(({ unreachable }) => unreachable === null) }];
  });
}

/** @returns the platform; empty: none is preferred. @throws Refusal where it is none of his */
function chosen(channels: readonly Channel[], said: string): string {
  if (said === AUTOMATIC) return '';
  const found = channels.find(({ chat: { name } }) =>
    [name, platformTitle(name)].includes(said.toLowerCase()),
  );
  if (found) return found.chat.name;
  const offers = [...channels.map(({ chat }) => platformTitle(chat.name)), AUTOMATIC];
  const expected = offers.map((each) => `「${WORD} ${each}」`).join('');
  throw new Refusal(
    'invalid-input',
    `您没有叫「${said.slice(0, 20)}」的渠道，未作更改。可以发送${expected}。`,
  );
}

async function shown(asking: Asking, channels: readonly Channel[]): Promise<Content> {
  const { rows, person, store } = asking;
  const kept = await rows.person.findUnique({
    where: { id: person.id },
    select: { preferredPlatform: true },
  });
  const preferred = channels.find(({ chat }) => chat.name === kept?.preferredPlatform)?.chat.name;
  const travel: Readonly<Record<string, string>> = store.rules.contents.travel;
  const byNumber = channels.filter(({ chat }) => travel[chat.name] === 'page');
  const own = channels.filter(({ chat }) => chat.accounts === 'bound');
  const open = channels
    .filter(({ chat }) => chat.accounts === 'everybody')
    .map(({ chat }) => platformTitle(chat.name));
  const names = byNumber.map(({ chat }) => platformTitle(chat.name)).join('、');
  return {
    ...CARD,
    sections: [
      {
        lines: [
          `您的账号：${own.map(called).join('、') || '还没有'}。`,
          `主动发给您的消息：${preferred === undefined ? AUTOMATIC : `优先用${platformTitle(preferred)}`}。`,
          ...(own.length > 1 ? ['一个账号送不到时改用您的另一个；可能已经送到的，不再另发。'] : []),
          ...(own.length > 0 && open.length > 0
            ? [`${open.join('、')}人人都有：您选为优先时才主动发到那里，平时不改用它。`]
            : []),
          '您在哪里发消息，就在哪里回复您。',
          ...(byNumber.length > 0 ? [`${names}上主动发给您的消息只有编号和状态，没有内容。`] : []),
        ],
      },
    ],
    actions: channels.length > 1 ? actionsFor(channels, preferred) : [],
  };
}

const CARD = { kind: 'notice', title: WORD, tone: 'plain' } satisfies Partial<NoticeContent>;

const called = ({ chat, isReached }: Channel): string =>
  `${platformTitle(chat.name)}${isReached ? '' : '（目前送不到）'}`;

const actionsFor = (
  channels: readonly Channel[],
  preferred: string | undefined,
): NoticeContent['actions'] => [
  ...channels
    .filter(({ chat }) => chat.name !== preferred)
    .map(({ chat }) => platformTitle(chat.name))
    .map((title) => ({ action: `${WORD} ${title}`, label: `优先用${title}` })),
  ...(preferred === undefined ? [] : [{ action: `${WORD} ${AUTOMATIC}`, label: AUTOMATIC }]),
];
