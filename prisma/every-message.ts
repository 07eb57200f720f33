import type { Row, Rows } from './database.ts';
import { places, plain } from './plain.ts';

// What is asked and written with every message, by statements that are prepared once.

/** The value of the bureau that has the name. @throws where there is none */
export async function metaValue(rows: Rows, name: string): Promise<string> {
  const [found] = await plain(rows).ask('SELECT "value" FROM "Meta" WHERE "name" = ?', [name]);
  if (!found) throw new Error(`The record lacks ${name}`);
  return String(found[0]);
}

/** To whom the accounts belong, by their ids on the platform; those that are nobody's are left out. */
export async function accountOwners(
  rows: Rows,
  platform: string,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await plain(rows).ask(
    `SELECT "externalId", "personId" FROM "Account" WHERE "platform" = ? AND "externalId" IN ${places(externalIds)}`,
    [platform, ...externalIds],
  );
  return new Map(found.map(([externalId, personId]) => [String(externalId), String(personId)]));
}

/** The cards that show the entry. */
export async function cardsShowing(
  rows: Rows,
  ref: string,
): Promise<Pick<Row.HeldCardModel, 'platform' | 'messageId'>[]> {
  const found = await plain(rows).ask('SELECT "platform", "messageId" FROM "HeldCardEntry" WHERE "ref" = ?', [
    ref,
  ]);
  return found.map(([platform, messageId]) => ({
    platform: String(platform),
    messageId: String(messageId),
  }));
}
