import { pino } from 'pino';
import { askingAs } from '../../bot/asking.ts';
import { parse } from '../../bot/parse.ts';
import { handlersFor } from '../../handlers/index.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { aboutCard } from '../../ledger/held-card.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Content } from '../../ledger/message.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { personNamed } from '../sample-record.ts';
import { masked } from './masked.ts';
import type { World } from './world.ts';

/**
 * Every word that there is, whatever it is for, asked by the person with the number, if there is one to ask with, and then the
 * lines: a word that is added later is tried too. What comes of it is what the chat would bring.
 */
export async function everyWord(
  { store, at }: World,
  name: string,
  ref: string | undefined,
  lines: readonly string[],
): Promise<unknown[]> {
  const handlers = handlersFor(ledgers);
  const log = pino({ level: 'silent' });
  const house = { store, handlers, platforms: [], now: () => at, log, wake: () => undefined };
  const directory = await readDirectory(store.database.rows);
  const [person] = directory.named(name);
  if (!person) throw new Error(`Nobody in this bureau is called ${name}`);
  const asking = askingAs(house, person, directory, at, { platform: 'local' });
  const brought: unknown[] = [];
  for (const handler of ref === undefined ? [] : handlers) {
    const answer = (typed: string) =>
      handler.kind === 'query' ? handler.answer(asking, typed) : handler.plan(asking, typed);
    const relevant = await handler.relevant?.(asking);
    const typed = handler.kind === 'query' ? ['', ref ?? ''] : [ref ?? ''];
    for (const each of handler.may(person) ? typed : [])
      brought.push([handler.name, relevant, each, await answer(each).catch(refusalOnly)]);
  }
  for (const line of lines) {
    const { handler, typed } = parse(line, asking.allowed);
    const answer = () =>
      handler?.kind === 'query' ? handler.answer(asking, typed) : handler?.plan(asking, typed);
    brought.push([line, await Promise.resolve(answer()).catch(refusalOnly)]);
  }
  return brought;
}

/** What a person may read of a no. @throws whatever else it was */
export function refusalOnly(fault: unknown): unknown {
  if (!(fault instanceof Refusal)) throw fault;
  return { refused: fault.message, code: fault.code, fields: fault.fields, offers: fault.offers };
}

/** What the house had in line for the person unasked, and the contents of the cards that he holds, before any chat drew them. */
export async function told({ store }: World, name: string): Promise<unknown[]> {
  const { id: personId } = await personNamed(store, name);
  const { rows } = store.database;
  const notices = await rows.outbox.findMany({
    where: { personId, platform: null },
    select: { key: true, notBefore: true, state: true, attempts: true },
    orderBy: { id: 'asc' },
  });
  const cards = await rows.heldCard.findMany({ where: { personId } });
  // In which order they are kept tells nothing: the platform's names of messages are drawn.
  const contents = cards.map((card) =>
    masked(store.keys.unseal<{ content: Content }>(card.sealed, aboutCard(card)).content),
  );
  return [notices, contents.toSorted()];
}
