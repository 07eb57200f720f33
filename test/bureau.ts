import type { ChatMessage } from '../bot/local/chat-client.ts';
import type { ActionAnswer, ChatPlatform } from '../bot/platform.ts';
import type { Environment } from '../config/environment.ts';
import type { Service, World } from '../start.ts';

/** The real program on a database of its own, with the clock in the test's hands, spoken to as people would. */
export interface Bureau {
  readonly folder: string;
  readonly environment: Environment;
  readonly service: Service;
  /** What its platform says of itself. */
  declared(): Promise<Declared>;
  /** Says it and waits until it is settled. @returns what the person got since he last looked */
  say(name: string, text: string, options?: { group?: boolean }): Promise<ChatMessage[]>;
  /** Says it. Resolves once it is taken, whatever becomes of it. */
  leave(name: string, text: string): Promise<void>;
  /** The platform delivers one message twice. @returns what the person got since he last looked */
  sayTwice(name: string, text: string): Promise<ChatMessage[]>;
  /** An account says it that is nobody's. @returns all that it is told */
  strangerSays(text: string): Promise<string[]>;
  /** Sends a file and waits until it is settled. @returns what the person got since he last looked */
  sendFile(
    name: string,
    file: { name: string; bytes: Uint8Array },
    options?: { group?: boolean },
  ): Promise<ChatMessage[]>;
  /** Presses a button, or sends a form. */
  act(name: string, messageId: string, action: string, form?: Record<string, unknown>): Promise<ActionAnswer>;
  /** What came into the person's window since he last looked. */
  read(name: string): Promise<ChatMessage[]>;
  /** Moves the service's clock, running all that becomes due. */
  moveClock(to: string): Promise<void>;
  idOf(name: string): string;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export type Declared = Pick<ChatPlatform, 'accounts' | 'capabilities'>;

export const declaredBy = ({ accounts, capabilities }: ChatPlatform): Declared => ({
  accounts,
  capabilities,
});

export interface BureauOptions {
  at?: string;
  world?: Partial<World>;
  /** Beside those that its platform needs for a test. */
  rules?: Record<string, unknown>;
}

/** Monday morning in the sample bureau, in working hours. */
export const START = '2026-11-23T01:00:00.000Z';

/** A clock that starts at the given moment and goes on by itself, since the house sleeps and wakes by it. */
export function tickingFrom(start: string): () => Date {
  const begun = performance.now();
  return () => new Date(Date.parse(start) + performance.now() - begun);
}
