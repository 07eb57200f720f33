import type { Friendship, Contact as KnownContact, Message, Wechaty } from 'wechaty';
import type { Contact, FriendshipReport, MessageReport } from '../protocol.ts';
import { LONGEST } from './longest.ts';

const cut = (text: string, most: number): string => text.slice(0, most);

export function describeContact(contact: KnownContact): Contact {
  // Read from what is loaded: asking for it by `alias()` asks the platform again, one contact at a time.
  const remark = contact.payload?.alias;
  return {
    id: contact.id,
    name: cut(contact.name(), LONGEST.name),
    ...(remark && { remark: cut(remark, LONGEST.name) }),
    isFriend: contact.friend() === true,
  };
}

/** What the service is to know of a message; `undefined`: nothing, it was the bot's own. */
export async function describeMessage(bot: Wechaty, message: Message): Promise<MessageReport | undefined> {
  if (message.self()) return undefined;
  const room = message.room();
  const meant = room ? await whoIsMeant(bot, message) : undefined;
  return {
    kind: 'message',
    id: message.id,
    timestamp: message.date().getTime() / 1000,
    from: describeContact(message.talker()),
    ...(room && { room: { id: room.id, mentioned: meant !== undefined } }),
    ...contentOf(bot, message, meant ?? []),
  };
}

export function describeFriendship(friendship: Friendship): FriendshipReport {
  const { id } = friendship as unknown as { id: string };
  return {
    kind: 'friendship',
    id,
    contact: describeContact(friendship.contact()),
    hello: cut(friendship.hello(), LONGEST.text),
  };
}

/**
 * The names under which the bot was called in a room, to be taken out of the text; `undefined`: it was not. Most puppets tell
 * no mentions apart, so the text is looked at too.
 */
async function whoIsMeant(bot: Wechaty, message: Message): Promise<string[] | undefined> {
  const self = bot.currentUser;
  const alias = await message.room()?.alias(self);
  const names = [alias, self.name()].filter((name): name is string => !!name);
  const isCalled = names.some((name) => message.text().includes(`@${name}`));
  return isCalled || (await message.mentionSelf()) ? names : undefined;
}

const FILES = ['Attachment', 'Audio', 'Image', 'Video'] as const;
const NAMELESS = { Attachment: '文件', Audio: '语音.silk', Image: '图片.jpg', Video: '视频.mp4' } as const;
const OTHERS = {
  Contact: '名片',
  Emoticon: '表情',
  ChatHistory: '聊天记录',
  Location: '位置',
  MiniProgram: '小程序',
  GroupNote: '群笔记',
  Transfer: '转账',
  RedEnvelope: '红包',
  Url: '链接',
  Post: '动态',
} as const;

type Said = Pick<MessageReport, 'text' | 'file' | 'other'>;

function contentOf({ Message: { Type } }: Wechaty, message: Message, names: readonly string[]): Said {
  const type = message.type();
  if (type === Type.Text) return { text: cut(withoutNames(message.text(), names), LONGEST.text) };
  const fileType = FILES.find((each) => Type[each] === type);
  // Puppets that cannot name what it is say at least what the file is called.
  const named = fileNameOf(message);
  if (fileType || named)
    return { file: { name: cut(named ?? NAMELESS[fileType ?? 'Attachment'], LONGEST.name) } };
  const other = (Object.keys(OTHERS) as (keyof typeof OTHERS)[]).find((each) => Type[each] === type);
  return { other: other ? OTHERS[other] : '这种消息' };
}

const fileNameOf = ({ payload }: Message): string | undefined =>
  payload && 'filename' in payload && typeof payload.filename === 'string' && payload.filename !== ''
    ? payload.filename
    : undefined;

/** Who is called stands in the text with a thin space behind it. */
const withoutNames = (text: string, names: readonly string[]): string =>
  names
    .reduce((rest, name) => rest.replaceAll(`@${name}`, ' '), text)
    .replace(/[\s\u2005]+/gu, (space) => (space.includes('\n') ? '\n' : ' '));
