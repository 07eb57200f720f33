import { ChatClient } from '../bot/local/chat-client.ts';
import type { Random } from './random.ts';

/** The local chat of several instances on one record: each request goes to whichever, as behind a load balancer. */
export class ChatWithAny extends ChatClient {
  readonly #chats: readonly ChatClient[];
  readonly #random: Random;

  /** @throws RangeError when there is no address */
  constructor(addresses: readonly string[], random: Random) {
    super(random.pick(addresses));
    this.#chats = addresses.map((address) => new ChatClient(address));
    this.#random = random;
  }

  override get(path: string): Promise<unknown> {
    return this.#random.pick(this.#chats).get(path);
  }

  override post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    return this.#random.pick(this.#chats).post(path, body);
  }
}
