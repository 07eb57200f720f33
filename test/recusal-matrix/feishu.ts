import type { ApiCall } from '../lark/stand-in/stand-in.ts';
import type { Tenant } from './tenant.ts';

/** What Feishu was handed for one person: each card sent, and each change of a card that stands in his chat. */
export interface Handed {
  sent: unknown[];
  /** By the card's place in his chat. */
  changed: Record<number, unknown[]>;
}

/** A world as its people have it in Feishu, where what is confidential travels by pages. */
export interface Feishu {
  /** Says all of it as the person, one line after the answer to another. */
  writes(name: string, lines: readonly string[]): Promise<void>;
  /** Presses the latest buttons of the person's cards, and some that do not stand there. @returns the answers */
  presses(name: string, forged: readonly string[]): Promise<unknown[]>;
  handed(name: string): Handed;
  /** Address and 口令, where the last card that was sent to the person leads to a page. */
  wayOf(name: string): { url: string; code: string } | undefined;
}

/** Buttons that one person presses at a time. */
const PRESSES = 3;
const MESSAGES = '/open-apis/im/v1/messages';

/** Feishu of the world that begins now: what the tenant was handed before is no part of it, but for the cards that all worlds have. */
export function feishuFrom({ standIn, openIdOf, countBefore }: Tenant, settle: () => Promise<void>): Feishu {
  const firstCall = standIn.calls.length;
  const people = [...standIn.directory.people.values()];
  // The same people had messages in a world that was before this one.
  const counts = new Map(people.map(({ name, openId }) => [name, standIn.messages(openId).length]));
  const startOf = (name: string) => counts.get(name) ?? 0;
  const calls = () => standIn.calls.slice(firstCall).filter(({ code }) => code === 0);
  const own = (name: string) => standIn.messages(openIdOf(name)).slice(startOf(name));
  const sentTo = (name: string): unknown[] =>
    calls()
      .filter(({ api, method, body }) => isSending(api, method) && body.receive_id === openIdOf(name))
      .map(cardIn);
  return {
    async writes(name, lines) {
      for (const line of lines) {
        await standIn.say(openIdOf(name), line);
        await settle();
      }
    },
    async presses(name, forged) {
      const answers: unknown[] = [];
      const cards = own(name).toReversed();
      const values = cards.flatMap(({ messageId, content }) =>
        callbacksIn(content).map((value) => ({ messageId, value })),
      );
      const distinct = new Map(values.map((each) => [JSON.stringify(each.value), each]));
      const made = forged.flatMap((line) =>
        cards.slice(0, 1).map(({ messageId }) => ({ messageId, value: { line } })),
      );
      for (const { messageId, value } of [...[...distinct.values()].slice(0, PRESSES), ...made]) {
        const { tookMs: _, ...answer } = await standIn.press(openIdOf(name), messageId, value, {
          stale: true,
        });
        answers.push([value, answer]);
      }
      await settle();
      return answers;
    },
    handed(name) {
      const messages = standIn.messages(openIdOf(name));
      const standing = [...messages.slice(0, countBefore(name)), ...messages.slice(startOf(name))];
      const changed: Record<number, unknown[]> = {};
      for (const [place, { messageId }] of standing.entries()) {
        const changes = calls().filter(({ method, path }) => method === 'PATCH' && path.endsWith(messageId));
        if (changes.length > 0) changed[place] = changes.map(cardIn);
      }
      return { sent: sentTo(name), changed };
    },
    wayOf(name) {
      const card = JSON.stringify(sentTo(name).at(-1) ?? {});
      const url = /"type":"open_url","default_url":"([^"]+)"/u.exec(card)?.[1];
      const code = /口令：(\d{6})/u.exec(card)?.[1];
      return url !== undefined && code !== undefined ? { url, code } : undefined;
    },
  };
}

const isSending = (api: string | undefined, method: string) => api === MESSAGES && method === 'POST';

const cardIn = ({ body }: ApiCall): unknown => JSON.parse(String(body.content));

/** What the card's buttons call back with; not those that send a form. */
function callbacksIn(part: unknown): object[] {
  if (typeof part !== 'object' || part === null || 'form_action_type' in part) return [];
  const behaviors = 'behaviors' in part ? (part.behaviors as { value?: object }[]) : [];
  return [...behaviors.flatMap(({ value }) => value ?? []), ...Object.values(part).flatMap(callbacksIn)];
}
