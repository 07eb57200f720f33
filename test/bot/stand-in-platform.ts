import type { ChatPlatform, Inbound, Receiver, ShownMessage, Updated } from '../../bot/platform.ts';
import type { PlatformSetting } from '../../bot/platforms.ts';
import type { Content } from '../../ledger/message.ts';
import type { Address } from '../../ledger/outbox.ts';

export interface SentMessage {
  id: string;
  address: Address;
  content: Content;
}

export const STAND_IN = 'stand-in';

/** A platform in the test's hands: what comes in is said here, and what goes out can be made to fail. */
export class StandInPlatform {
  /** Every call of `send`, in order. */
  readonly calls: SentMessage[] = [];
  /** What people see: the first message with an id, as every platform promises. */
  readonly shown: SentMessage[] = [];
  /** What happens on a call, before the message is shown; it fails by throwing. */
  onSend: (message: SentMessage) => Promise<void> = async () => {};
  /** Every call of `update`, in order. */
  readonly updates: ShownMessage[] = [];
  /** What becomes of a change, before it is shown; it fails by throwing. */
  onUpdate: (message: ShownMessage) => Promise<Updated> = async () => 'updated';
  /** Looked at when the service starts. */
  accounts: ChatPlatform['accounts'] = 'everybody';
  /** Looked at when the service starts. */
  forms: ChatPlatform['capabilities']['forms'] = 'shown';
  /** Looked at when the service starts. */
  name = STAND_IN;
  /** Looked at when the service starts. */
  isExtra = false;
  /** Looked at when the service starts: whether it can show something else in a message. */
  showsAnew = true;
  /** Whether it is there, once it was started. */
  isThere = true;
  /** Looked at when the service starts; absent: for ever. */
  remembersIdsForMs: number | undefined;
  #receiver: Receiver | undefined;

  readonly setting: PlatformSetting = async (): Promise<ChatPlatform> => ({
    name: this.name,
    ...(this.isExtra && { isExtra: true }),
    accounts: this.accounts,
    capabilities: { forms: this.forms, buttons: 'pressed' },
    endpoints: [],
    ...(this.remembersIdsForMs !== undefined && { remembersIdsForMs: this.remembersIdsForMs }),
    start: async (receiver) => {
      this.#receiver = receiver;
    },
    stop: async () => {
      this.#receiver = undefined;
    },
    ready: () => this.isThere && this.#receiver !== undefined,
    send: async (message) => {
      this.calls.push(message);
      await this.onSend(message);
      this.show(message);
      return { messageId: message.id };
    },
    ...(this.showsAnew && { update: (message) => this.#update(message) }),
  });

  async #update(message: ShownMessage): Promise<Updated> {
    this.updates.push(message);
    const updated = await this.onUpdate(message);
    if (updated === 'updated') this.#showAnew(message);
    return updated;
  }

  get receiver(): Receiver {
    if (!this.#receiver) throw new Error('The stand-in was not started');
    return this.#receiver;
  }

  show(message: SentMessage): void {
    if (!this.shown.some(({ id }) => id === message.id)) this.shown.push(message);
  }

  #showAnew({ messageId, content }: ShownMessage): void {
    const place = this.shown.findIndex(({ id }) => id === messageId);
    const before = this.shown[place];
    if (before) this.shown[place] = { ...before, content };
  }

  /** What the account sees. */
  window(account: string): Content[] {
    return this.shown.filter(({ address }) => address.externalId === account).map(({ content }) => content);
  }
}

/** Something said or pressed on the stand-in. */
export const inbound = (
  given: Pick<Inbound, 'key' | 'account' | 'text' | 'at'> & Partial<Inbound>,
): Inbound => ({ kind: 'message', platform: STAND_IN, ...given });
