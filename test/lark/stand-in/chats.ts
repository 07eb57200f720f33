import type { Group, Person, StandInDirectory } from './directory.ts';
import { newId } from './ids.ts';

export type Chat =
  | { readonly kind: 'p2p'; readonly chatId: string; readonly openId: string }
  | { readonly kind: 'group'; readonly chatId: string; readonly group: Group };

/** The chats that the bot is in: one with each person, made when it is first needed, and the groups. */
export class Chats {
  readonly #directory: StandInDirectory;
  readonly #ids = new Map<string, string>();
  readonly #people = new Map<string, string>();

  constructor(directory: StandInDirectory) {
    this.#directory = directory;
  }

  with(openId: string): Chat {
    const chatId = this.#ids.get(openId) ?? newId('oc_');
    this.#ids.set(openId, chatId);
    this.#people.set(chatId, openId);
    return { kind: 'p2p', chatId, openId };
  }

  find(chatId: string): Chat | undefined {
    const group = this.#directory.groups.get(chatId);
    if (group) return { kind: 'group', chatId, group };
    const openId = this.#people.get(chatId);
    return openId ? { kind: 'p2p', chatId, openId } : undefined;
  }

  /** Open ids of those who read what stands there. */
  readers(chat: Chat): readonly string[] {
    return chat.kind === 'p2p' ? [chat.openId] : [...chat.group.members];
  }

  /** Whoever is called so by one of his three ids. */
  person(id: string): Person | undefined {
    return (
      this.#directory.people.get(id) ??
      [...this.#directory.people.values()].find(({ unionId, userId }) => unionId === id || userId === id)
    );
  }
}
