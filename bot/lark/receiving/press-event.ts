import * as z from 'zod';
import { eventTime } from './event-time.ts';
import type { Press } from './lark-events.ts';

// The SDK lays header and event on top of each other: `token` is the card's here, and is not needed.
const pressSchema = z.object({
  event_id: z.string().min(1),
  create_time: z.unknown().optional(),
  operator: z.object({ open_id: z.string().min(1) }),
  action: z.object({ value: z.unknown().optional(), form_value: z.unknown().optional() }),
  context: z.object({ open_message_id: z.string().min(1), open_chat_id: z.string() }),
});

/**
 * `card.action.trigger` → what was pressed, by whom, on which card.
 * @throws z.ZodError when this is no such callback
 */
export function readPress(data: unknown, now: Date): Press {
  const { event_id, create_time, operator, action, context } = pressSchema.parse(data);
  return {
    eventId: event_id,
    openId: operator.open_id,
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    value: action.value,
    formValue: action.form_value,
    at: eventTime(create_time, now),
  };
}
