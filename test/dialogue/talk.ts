import { pino } from 'pino';
import { asText } from '../../bot/as-text.ts';
import type { House } from '../../bot/house.ts';
import type { Inbound } from '../../bot/platform.ts';
import { receive } from '../../bot/receive.ts';
import type { Outcome } from '../../bot/settle.ts';
import { handlersFor } from '../../handlers/index.ts';
import type { RawValues } from '../../ledger/form.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { quietPlatform } from '../quiet-platform.ts';
import { personNamed } from '../sample-record.ts';

/** Platforms in the test's hands: two that show no forms, one of which carries no contents, and one that does show them. */
export const ASKED = 'asked';
export const BY_PAGE = 'wechat';
export const SHOWN = 'shown';

const PLATFORMS = [
  quietPlatform(ASKED, 'asked'),
  quietPlatform(BY_PAGE, 'asked'),
  quietPlatform(SHOWN, 'shown'),
];

const HANDLERS = handlersFor(ledgers);
const LOG = pino({ level: 'silent' });

/** The house without anything around it: what a message comes to, at once. It remembers nothing but what is in the record. */
export const houseOver = (store: Store, at: Date): House => ({
  store,
  handlers: HANDLERS,
  platforms: PLATFORMS,
  now: () => at,
  log: LOG,
  wake: () => undefined,
  pagesAt: () => 'https://pages.invalid',
});

let keys = 0;

/** People write to the house, and read what comes back. */
export class Talk {
  readonly store: Store;
  at: Date;
  platform: string;
  readonly #ids = new Map<string, string>();

  constructor(store: Store, at: Date, platform: string = ASKED) {
    this.store = store;
    this.at = at;
    this.platform = platform;
  }

  /** @returns what the house answers, as it stands in a chat of texts */
  async say(name: string, text: string, more: Partial<Inbound> = {}): Promise<string> {
    const { reply } = await this.send(name, text, more);
    return reply ? shown(reply) : '';
  }

  /** Says one after the other. @returns the last answer */
  async sayAll(name: string, texts: readonly string[]): Promise<string> {
    let last = '';
    for (const text of texts) last = await this.say(name, text);
    return last;
  }

  async send(name: string, text: string, more: Partial<Inbound> = {}): Promise<Outcome> {
    keys += 1;
    const account = this.#ids.get(name) ?? (await personNamed(this.store, name)).id;
    this.#ids.set(name, account);
    return receive(houseOver(this.store, this.at), {
      kind: 'message',
      key: `${this.platform}:${keys}`,
      platform: this.platform,
      account,
      text,
      at: this.at,
      ...more,
    });
  }

  /** What stands in the drafts of somebody, the latest first. */
  async drafts(name: string): Promise<{ id: string; state: string; raw: RawValues }[]> {
    const person = await personNamed(this.store, name);
    const rows = await this.store.database.rows.draft.findMany({
      where: { personId: person.id },
      orderBy: { id: 'desc' },
    });
    return rows.map(({ id, state, sealed }) => ({
      ...{ id, state },
      raw: this.store.keys.unseal<RawValues>(sealed, `draft/${id}`),
    }));
  }

  passMinutes(minutes: number): void {
    this.at = new Date(this.at.getTime() + minutes * 60_000);
  }
}

export const shown = (content: Content): string => asText(content).texts.join('\n');
