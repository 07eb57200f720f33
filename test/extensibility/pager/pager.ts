import type { Receiver } from '../../../bot/platform.ts';
import type { PlatformSetting } from '../../../bot/platforms.ts';
import type { Content } from '../../../ledger/message.ts';

/** What a pager showed. */
export interface Page {
  id: string;
  /** The pager's own number. */
  to: string;
  content: Content;
}

/**
 * A third platform, for the sake of the test. Somebody's pager calls `POST /webhook/pager` with `{id, pager, text, form?}`, a
 * text that begins with `!` standing for a button; what is sent ends in `pages`.
 */
export function pagerPlatform(pages: Page[]): PlatformSetting {
  return async (_environment, _store, now) => {
    let receiver: Receiver | undefined;
    return {
      name: 'pager',
      accounts: 'bound',
      capabilities: { forms: 'shown' },
      ready: () => receiver !== undefined,
      async start(given) {
        receiver = given;
      },
      async stop() {
        receiver = undefined;
      },
      async send({ id, address, content }) {
        if (!pages.some((page) => page.id === id)) pages.push({ id, to: address.externalId, content });
        return { messageId: id };
      },
      endpoints: [
        {
          method: 'POST',
          path: '/webhook/pager',
          async handle({ body }) {
            const call = JSON.parse(body.toString('utf8')) as {
              id: string;
              pager: string;
              text: string;
              form?: Record<string, unknown>;
            };
            const inbound = {
              key: `pager:${call.id}`,
              platform: 'pager',
              account: call.pager,
              text: call.text.replace(/^!/, ''),
              at: now(),
              ...(call.form && { form: call.form }),
            };
            const answer = call.text.startsWith('!')
              ? await receiver?.action({ kind: 'action', ...inbound })
              : await receiver?.message({ kind: 'message', ...inbound });
            return { status: 200, type: 'application/json', body: JSON.stringify(answer ?? {}) };
          },
        },
      ],
    };
  };
}
