import { type Condition, isObject, listOf } from './entry-conditions.ts';
import { places } from './plain.ts';

/** @property weight of several that lead to what is asked for, the least is followed */
interface Lead extends Condition {
  weight: number;
}

const [NAMED, TAKEN_PART_IN, OF_LEDGER] = [0, 1, 2];

/**
 * A subquery of ids, among which is all that is so: named ones, what somebody takes part in, what stands above that, a ledger's. What
 * may be so in one of several ways SQLite would look for among all entries.
 * @param where as Prisma takes it, of entries
 * @returns nothing where nothing leads to it
 */
export function leadTo(where: object): Lead | undefined {
  const leads = conjunctsOf(where).flatMap(([name, asked]) => one(name, asked) ?? []);
  return leads.toSorted((a, b) => a.weight - b.weight)[0];
}

/** What has to be so at the same time. */
const conjunctsOf = (where: object): [string, unknown][] =>
  Object.entries(where).flatMap(([name, asked]): [string, unknown][] =>
    name === 'AND' ? listOf(asked).flatMap(conjunctsOf) : [[name, asked]],
  );

function one(name: string, asked: unknown): Lead | undefined {
  if (name === 'OR' && Array.isArray(asked)) return anyOf(asked.map(leadTo));
  if (name === 'ledger' && typeof asked === 'string')
    return { sql: 'SELECT "id" FROM "Entry" WHERE "ledger" = ?', values: [asked], weight: OF_LEDGER };
  if (!isObject(asked)) return undefined;
  if (name === 'id' && 'in' in asked && Array.isArray(asked.in))
    return {
      sql: `SELECT "id" FROM "Entry" WHERE "id" IN ${places(asked.in)}`,
      values: asked.in,
      weight: NAMED,
    };
  if (!('some' in asked) || !isObject(asked.some)) return undefined;
  if (name === 'people') return takenPartIn(asked.some);
  return name === 'children' ? above(leadTo(asked.some)) : undefined;
}

function takenPartIn(some: object): Lead | undefined {
  const personId = 'personId' in some ? some.personId : undefined;
  if (typeof personId !== 'string') return undefined;
  return {
    sql: 'SELECT "entryId" FROM "EntryPerson" WHERE "personId" = ?',
    values: [personId],
    weight: TAKEN_PART_IN,
  };
}

const above = (parts: Lead | undefined): Lead | undefined =>
  parts && { ...parts, sql: `SELECT "parentId" FROM "Entry" WHERE "id" IN (${parts.sql})` };

/** Where one of the ways leads nowhere, all together do not. */
function anyOf(ways: readonly (Lead | undefined)[]): Lead | undefined {
  const known = ways.flatMap((way) => way ?? []);
  if (known.length === 0 || known.length < ways.length) return undefined;
  return {
    sql: known.map(({ sql }) => sql).join(' UNION '),
    values: known.flatMap(({ values }) => values),
    weight: Math.max(...known.map(({ weight }) => weight)),
  };
}
