import * as z from 'zod';
import { CONTACTS_AT_ONCE, LONGEST, PIECE } from './child/longest.ts';

/** What passes between the service and the process in which wechaty runs: one JSON object a line, either way. */

const id = z.string().min(1).max(LONGEST.id);
const name = z.string().max(LONGEST.name);
const request = z.int().min(1);

/** Somebody as WeChat shows him in this login; the id may be another in the next. */
const contact = z.strictObject({
  id,
  name,
  /** What the account of the bot calls him: nobody else can write it. */
  remark: name.optional(),
  isFriend: z.boolean(),
});
export type Contact = z.infer<typeof contact>;

const message = z.strictObject({
  kind: z.literal('message'),
  id,
  /** Seconds since 1970, as WeChat says. */
  timestamp: z.number().min(0).max(1e11),
  from: contact,
  /** The group it was said in, and whether the bot was meant. */
  room: z.strictObject({ id, mentioned: z.boolean() }).optional(),
  text: z.string().max(LONGEST.text).optional(),
  file: z.strictObject({ name, size: z.int().min(0).optional() }).optional(),
  /** What was sent instead of text or a file, in Chinese. */
  other: z.string().max(20).optional(),
});
export type MessageReport = z.infer<typeof message>;

const friendship = z.strictObject({
  kind: z.literal('friendship'),
  id,
  contact,
  /** What was written with the request. */
  hello: z.string().max(LONGEST.text),
});
export type FriendshipReport = z.infer<typeof friendship>;

/** Why something that was asked for was not done. Only `fault` leaves open whether it was. */
const why = z.enum(['offline', 'stranger', 'gone', 'too-large', 'fault']);
export type Why = z.infer<typeof why>;

export const reportSchema = z.discriminatedUnion('kind', [
  /** wechaty and the puppet are loaded. */
  z.strictObject({ kind: z.literal('loaded'), version: name }),
  /** wechaty or the puppet cannot be loaded, or cannot begin. */
  z.strictObject({ kind: z.literal('cannot'), reason: z.string().max(LONGEST.reason) }),
  /** The event loop turns. */
  z.strictObject({ kind: z.literal('alive') }),
  /** A QR code to be scanned; without a code it was scanned and waits for the phone. */
  z.strictObject({ kind: z.literal('scan'), code: z.string().max(LONGEST.code) }),
  z.strictObject({ kind: z.literal('login'), self: z.strictObject({ id, name }) }),
  z.strictObject({ kind: z.literal('logout') }),
  /** Something inside failed: where, without what was being said. */
  z.strictObject({ kind: z.literal('fault'), where: z.string().max(LONGEST.reason) }),
  z.strictObject({ kind: z.literal('session'), session: z.record(z.string(), z.unknown()) }),
  message,
  friendship,
  /** Everybody the account knows, some at a time, after a login; `last`: these were all. */
  z.strictObject({
    kind: z.literal('contacts'),
    contacts: z.array(contact).max(CONTACTS_AT_ONCE),
    last: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('done'), request }),
  z.strictObject({ kind: z.literal('failed'), request, why }),
  z.strictObject({
    kind: z.literal('piece'),
    request,
    data: z.base64().max(2 * PIECE),
  }),
]);
export type Report = z.infer<typeof reportSchema>;

export type Session = Record<string, unknown>;

/** Somebody, or a group. */
export interface Conversation {
  id: string;
  isRoom: boolean;
}

export type Command =
  /** The first line. @see Report `session` */
  | { kind: 'start'; puppet: string; session: Session; aliveEveryMs: number }
  | { kind: 'say'; request: number; to: Conversation; text: string }
  /** The pieces of a file, then where it goes. */
  | { kind: 'piece'; request: number; data: string }
  | { kind: 'send-file'; request: number; to: Conversation; name: string }
  /** The file of a message, as pieces. */
  | { kind: 'fetch'; request: number; messageId: string; maxBytes: number }
  | { kind: 'befriend'; request: number; friendshipId: string }
  /** Writes what the account of the bot calls somebody. */
  | { kind: 'remark'; request: number; contactId: string; remark: string };

/** A command that is answered by `done` or `failed`. */
export type Asked = Extract<Command, { request: number }>;
