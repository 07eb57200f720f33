import * as z from 'zod';
import type { Inbound } from '../../platform.ts';
import { eventTime } from './event-time.ts';
import { type Mention, readMessage } from './message-text.ts';

/** Where an event came to: who the bot is, and what time it is. */
export interface Surroundings {
  platform: string;
  /** `undefined` as long as the platform has not said. */
  botOpenId: () => string | undefined;
  now: () => Date;
}

const nullable = z.string().nullish();
const openIdSchema = z.object({ open_id: z.string().min(1) });

const messageSchema = z.object({
  sender: z.object({ sender_type: z.string(), sender_id: z.unknown().optional() }),
  message: z.object({
    message_id: z.string().min(1),
    create_time: z.unknown().optional(),
    chat_id: z.string().min(1),
    chat_type: z.string(),
    message_type: z.string(),
    content: nullable,
    mentions: z
      .array(z.object({ key: z.string(), id: z.object({ open_id: nullable }).nullish(), name: nullable }))
      .nullish(),
  }),
});

/**
 * `im.message.receive_v1` → what somebody said to the bot; `undefined` where nobody did: another bot spoke, or people in
 * a group among themselves. The key is the message's own id, because the same message may come as two events.
 * @throws Error as long as the bot cannot tell whether a group means it: the platform sends the message again
 * @throws z.ZodError when this is no such event
 */
export function readMessageEvent(
  data: unknown,
  { platform, botOpenId, now }: Surroundings,
): Inbound | undefined {
  const { sender, message } = messageSchema.parse(data);
  if (sender.sender_type !== 'user') return undefined;
  const account = openIdSchema.parse(sender.sender_id).open_id;
  const bot = botOpenId();
  if (account === bot) return undefined;
  const mentions: Mention[] = (message.mentions ?? []).map(({ key, id, name }) => ({
    key,
    openId: id?.open_id ?? undefined,
    name: name ?? '',
  }));
  // Anything that is not a private chat may be read by others.
  const isGroup = message.chat_type !== 'p2p';
  if (isGroup && !isMentioned(mentions, bot)) return undefined;
  const read = readMessage(message.message_type, message.content ?? '', mentions, bot, message.message_id);
  return {
    kind: 'message',
    key: `${platform}:${message.message_id}`,
    platform,
    account,
    ...(isGroup && { group: message.chat_id }),
    text: '',
    ...read,
    at: eventTime(message.create_time, now()),
  };
}

/** By id: anybody may take the bot's name. */
function isMentioned(mentions: readonly Mention[], bot: string | undefined): boolean {
  if (mentions.length === 0) return false;
  if (bot === undefined) throw new Error('The bot does not know its own open_id yet');
  return mentions.some(({ openId }) => openId === bot);
}

const menuSchema = z.object({
  event_id: z.string().min(1),
  operator: z.object({ operator_id: openIdSchema }),
  event_key: z.string(),
  timestamp: z.unknown().optional(),
});

/**
 * `application.bot.menu_v6` → the line that stands for the entry of the bot's menu. There is one only in private chats.
 * @throws z.ZodError when this is no such event
 */
export function readMenuEvent(
  data: unknown,
  { platform, now }: Surroundings,
  menuLine: (eventKey: string) => string,
): Inbound {
  const { event_id, operator, event_key, timestamp } = menuSchema.parse(data);
  return {
    kind: 'message',
    key: `${platform}:event:${event_id}`,
    platform,
    account: operator.operator_id.open_id,
    text: menuLine(event_key),
    at: eventTime(timestamp, now()),
  };
}

const enteredSchema = z.object({
  event_id: z.string().min(1),
  operator_id: openIdSchema,
  create_time: z.unknown().optional(),
});

/**
 * `im.chat.access_event.bot_p2p_chat_entered_v1` → somebody opened the chat with the bot.
 * @throws z.ZodError when this is no such event
 */
export function readEnteredEvent(data: unknown, { platform, now }: Surroundings): Inbound {
  const { event_id, operator_id, create_time } = enteredSchema.parse(data);
  return {
    kind: 'entered',
    key: `${platform}:event:${event_id}`,
    platform,
    account: operator_id.open_id,
    text: '',
    at: eventTime(create_time, now()),
  };
}
