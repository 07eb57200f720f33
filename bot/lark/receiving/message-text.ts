import * as z from 'zod';
import type { InboundFile } from '../../platform.ts';
import { fileIn } from './message-file.ts';

/** What was typed, or what was sent instead of it, such as 图片. */
export type ReadMessage = { text: string } | { unreadable: string } | { file: InboundFile };

/** Who is named in a message: its text has only a key such as `@_user_1` in the place. */
export interface Mention {
  key: string;
  openId: string | undefined;
  name: string;
}

const KINDS: Readonly<Record<string, string>> = {
  image: '图片',
  file: '文件',
  folder: '文件夹',
  audio: '语音',
  media: '视频',
  sticker: '表情',
  interactive: '卡片',
  share_chat: '群名片',
  share_user: '个人名片',
  location: '位置',
  merge_forward: '合并转发的消息',
  hongbao: '红包',
  todo: '任务',
  vote: '投票',
  video_chat: '视频会议',
  calendar: '日程',
  share_calendar_event: '日程',
  general_calendar: '日程',
};
const OTHER = '这种消息';

/**
 * What a message says to the bot.
 * @param content the JSON in which the platform wraps what was sent; it is checked, and never a reason to throw
 */
export function readMessage(
  type: string,
  content: string,
  mentions: readonly Mention[],
  botOpenId: string | undefined,
  messageId: string,
): ReadMessage {
  const file = fileIn(type, parseJson(content), messageId);
  if (file) return { file };
  if (type !== 'text' && type !== 'post')
    return { unreadable: Object.hasOwn(KINDS, type) ? (KINDS[type] ?? OTHER) : OTHER };
  const parsed = parseJson(content);
  const typed = type === 'text' ? textSchema.safeParse(parsed).data?.text : postText(parsed);
  if (typed === undefined) return { unreadable: OTHER };
  const text = withNames(typed, mentions, botOpenId).trim();
  return text === '' && type === 'post' ? { unreadable: KINDS.image ?? OTHER } : { text };
}

const textSchema = z.object({ text: z.string() });

/** The bot's own mention is how it was called and says nothing more; everybody else is put in by name. */
function withNames(text: string, mentions: readonly Mention[], botOpenId: string | undefined): string {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]));
  // In one go: a name that looks like a key is no key.
  return text.replace(/@_(?:user_\d+|all)/g, (key) => {
    if (key === '@_all') return '@所有人';
    const mention = byKey.get(key);
    if (!mention) return key;
    return botOpenId !== undefined && mention.openId === botOpenId ? '' : `@${mention.name}`;
  });
}

const postSchema = z.object({
  title: z.string().catch(''),
  content: z.array(z.array(z.record(z.string(), z.unknown()).catch({})).catch([])),
});

/** The lines of a post below its title; what is no text in it is left out. `undefined`: no post at all. */
function postText(parsed: unknown): string | undefined {
  const post = postSchema.safeParse(parsed).data;
  if (!post) return undefined;
  const lines = post.content.map((line) => line.map(elementText).join(''));
  return [post.title, ...lines].filter((line) => line !== '').join('\n');
}

/** A mention stands in a post by the same key as in a text. */
function elementText({ tag, text, user_id: key }: Record<string, unknown>): string {
  if (tag === 'at') return typeof key === 'string' ? key : '';
  return typeof text === 'string' ? text : '';
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
