import type { Rows } from './database.ts';
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

/** Whether one of the accounts is marked as one that nothing reaches any more. */
export async function isAnyUnreachable(
  rows: Rows,
  platform: string,
  externalIds: readonly string[],
): Promise<boolean> {
  const found = await plain(rows).ask(
    `SELECT 1 FROM "Account" WHERE "platform" = ? AND "externalId" IN ${places(externalIds)}
     AND "unreachable" IS NOT NULL LIMIT 1`,
    [platform, ...externalIds],
  );
  return found.length > 0;
}
