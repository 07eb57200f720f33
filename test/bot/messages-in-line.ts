import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { text } from '../../ledger/message.ts';
import { enqueue, type OutboxRow } from '../../ledger/outbox.ts';
import { lastFromBot, readable } from '../harness.ts';
import { openOnStandIn, StandInBureau, type StandInBureauOptions } from './stand-in-bureau.ts';
import { type SentMessage, STAND_IN } from './stand-in-platform.ts';

export const SUPERVISOR = '程一禾';
export const READER = '林砚秋';

/** So short that a test can wait for the end of a lease, and so few that it can use up all attempts. */
export const SHORT = 'delivery:\n  leaseSeconds: 1\n  maxAttempts: 4\n  maxBackoffSeconds: 3600\n';

/** What is in line for people, and what becomes of it. */
export class MessagesInLine extends StandInBureau {
  /** Puts messages to the reader in line, all at once. */
  async put(...lines: string[]): Promise<void> {
    const personId = this.idOf(READER);
    const address = { platform: STAND_IN, externalId: personId, isGroup: false };
    const at = new Date(this.time);
    await this.other.database.write(async (rows) => {
      for (const line of lines) {
        const message = { key: line, personId, content: text(line), address, notBefore: at };
        await enqueue(this.other, rows, at, message);
      }
    });
  }

  /** Puts notices that nobody asked for in line. */
  async notifyAll(messages: readonly { personId: string; line: string }[]): Promise<void> {
    const at = new Date(this.time);
    await this.other.database.write(async (rows) => {
      for (const { personId, line } of messages)
        await enqueue(this.other, rows, at, { key: line, personId, content: text(line), notBefore: at });
    });
  }

  async notify(personId: string, ...lines: string[]): Promise<void> {
    await this.notifyAll(lines.map((line) => ({ personId, line })));
  }

  /** Taken by a process that never comes back. */
  async claimed(): Promise<OutboxRow[]> {
    return (await claim(this.other, { lane: 'answers', now: new Date(this.time), room: roomFor(20) })).rows;
  }

  async rowOf(key: string): Promise<OutboxRow> {
    return this.other.database.rows.outbox.findUniqueOrThrow({ where: { key } });
  }

  seenBy(name: string): string[] {
    return this.platform.window(this.idOf(name)).map(readable);
  }

  seenByReader(): string[] {
    return this.seenBy(READER);
  }

  callsOf(line: string): SentMessage[] {
    return this.platform.calls.filter(({ content }) => readable(content) === line);
  }

  async undelivered(name: string): Promise<string> {
    return readable(lastFromBot(await this.bureau.say(name, '未送达')).content);
  }
}

export const openMessagesInLine = async (options: StandInBureauOptions = {}): Promise<MessagesInLine> =>
  new MessagesInLine(await openOnStandIn(options));
