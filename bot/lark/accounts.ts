import { readDirectory } from '../../ledger/directory.ts';
import type { Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import type { CardContext } from './card/card.ts';
import type { Reading } from './card/form-values.ts';

export const LARK = 'lark';

/** What a card must know of accounts: only a form that offers people asks for any. */
export async function cardContext(store: Store, content: Content): Promise<CardContext> {
  const offersPeople =
    content.kind === 'form' && content.fields.some(({ type }) => type === 'person' || type === 'people');
  const accounts = offersPeople
    ? await store.database.rows.account.findMany({ where: { platform: LARK, unreachable: null } })
    : [];
  const openIds = new Map(accounts.map(({ personId, externalId }) => [personId, externalId]));
  return { openIdOf: (personId) => openIds.get(personId) };
}

/** Who is meant by what comes back from a form. */
export async function formReading(store: Store): Promise<Reading> {
  const { rows } = store.database;
  const [directory, accounts] = await Promise.all([
    readDirectory(rows),
    rows.account.findMany({ where: { platform: LARK } }),
  ]);
  const personIds = new Map(accounts.map(({ personId, externalId }) => [externalId, personId]));
  return {
    timeZone: store.calendar.timeZone,
    personIdOf: (openId) => personIds.get(openId),
    personTyped(typed) {
      const fitting = directory.people.filter(
        ({ name, staffNumber }) => name === typed || staffNumber === typed,
      );
      return fitting.length === 1 ? fitting[0]?.id : undefined;
    },
  };
}
