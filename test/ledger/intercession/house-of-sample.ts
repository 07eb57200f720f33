import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { House } from '../../../bot/house.ts';
import { receive } from '../../../bot/receive.ts';
import { handlersFor } from '../../../handlers/index.ts';
import type { Person } from '../../../ledger/directory.ts';
import type { RawValues } from '../../../ledger/form.ts';
import type { Content } from '../../../ledger/message.ts';
import type { Store } from '../../../ledger/store.ts';
import { quietPlatform } from '../../quiet-platform.ts';

/** Somebody asks, and gets his answer at once: the way of a message, or of a form's button, without a platform around it. */
export type AskHouse = (
  person: Person,
  text: string,
  at: Date,
  form?: RawValues,
) => Promise<Content | undefined>;

const platform = quietPlatform('test');

export function houseOf(store: Store): AskHouse {
  return async (person, text, at, form) => {
    const log = pino({ level: 'silent' });
    const handlers = handlersFor(store.ledgers);
    const house: House = {
      store,
      handlers,
      platforms: [platform],
      now: () => at,
      log,
      wake: () => undefined,
    };
    const key = `test:${randomUUID()}`;
    const { reply, answer } = await receive(house, {
      kind: form ? 'action' : 'message',
      key,
      platform: platform.name,
      account: person.id,
      text,
      at,
      ...(form && { form }),
    });
    return reply ?? answer.card;
  };
}
