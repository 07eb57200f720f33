import type { Inbound } from '../platform.ts';
import { WECHAT } from './acquaintances.ts';
import type { MessageReport } from './protocol.ts';

/** What a file is fetched by later. */
export const messageOf = ({ message = '' }: Readonly<Record<string, string>>): string => message;

/** Some puppets begin to count their messages anew with every login. */
export const keyOf = ({ id, timestamp }: Pick<MessageReport, 'id' | 'timestamp'>): string =>
  `${WECHAT}:${id}:${timestamp}`;

/**
 * @param account that the ledger knows who spoke by
 * @param at when it came: what WeChat keeps for later it does not tell, and puppets tell times in their own ways
 */
export function asInbound(report: MessageReport, account: string, at: Date): Inbound {
  const { id, room, text, file, other } = report;
  return {
    kind: 'message',
    key: keyOf(report),
    platform: WECHAT,
    account,
    ...(room && { group: room.id }),
    text: text ?? '',
    at,
    ...(file && {
      file: { name: file.name, source: { message: id }, ...(file.size !== undefined && { size: file.size }) },
    }),
    ...(other !== undefined && { unreadable: other }),
  };
}
