import type { Prisma } from './database.ts';

/** A condition in SQL on the table `e0`, a question mark for each value. */
export interface Condition {
  sql: string;
  values: unknown[];
}

/** Columns that are asked for, and never empty but for the last ones; of an instant it is asked only whether there is one. */
const COLUMNS = new Set(['id', 'ledger', 'ref', 'state', 'parentId', 'departmentId', 'closedAt']);
const NEVER_EMPTY = new Set(['id', 'ledger', 'ref', 'state']);

/**
 * What is asked of entries when single ones are looked at, in SQL: their own names, who takes part, from whom they are hidden,
 * and the same of what stands below.
 * @returns nothing where it asks for anything else: Prisma knows that too
 */
export function conditionOn(where: Prisma.EntryWhereInput): Condition | undefined {
  const writer = new Writer();
  const sql = writer.entry(where, 'e0');
  return writer.isKnown ? { sql, values: writer.values } : undefined;
}

class Writer {
  readonly values: unknown[] = [];
  isKnown = true;
  #tables = 0;

  entry(where: object, table: string): string {
    const parts = Object.entries(where)
      .filter(([, asked]) => asked !== undefined)
      .map(([name, asked]) => this.#part(name, asked, table));
    return all(parts);
  }

  #part(name: string, asked: unknown, table: string): string {
    if (name === 'AND') return all(listOf(asked).map((each) => this.entry(each, table)));
    if (name === 'OR' && Array.isArray(asked)) return any(asked.map((each) => this.entry(each, table)));
    if (name === 'NOT' && isObject(asked)) return `NOT ${this.entry(asked, table)}`;
    if (COLUMNS.has(name)) return this.#column(`${table}."${name}"`, asked, NEVER_EMPTY.has(name));
    const [how, of, ...others] = Object.entries(asked ?? {}).flat();
    if (others.length > 0 || (how !== 'some' && how !== 'none') || !isObject(of)) return this.#unknown();
    return `${how === 'none' ? 'NOT ' : ''}EXISTS (${this.#related(name, of, table)})`;
  }

  #related(name: string, of: object, table: string): string {
    this.#tables += 1;
    const other = `e${this.#tables}`;
    if (name === 'children')
      return `SELECT 1 FROM "Entry" ${other} WHERE ${other}."parentId" = ${table}."id" AND ${this.entry(of, other)}`;
    const known = { people: ['EntryPerson', 'personId', 'part'], recusals: ['Recusal', 'mark'] }[name];
    const [from, ...columns] = known ?? [];
    const asked = Object.entries(of).filter(([, value]) => value !== undefined);
    if (from === undefined || asked.some(([column]) => !columns.includes(column))) return this.#unknown();
    const parts = asked.map(([column, value]) => this.#column(`${other}."${column}"`, value, true));
    return `SELECT 1 FROM "${from}" ${other} WHERE ${other}."entryId" = ${table}."id" AND ${all(parts)}`;
  }

  #column(column: string, asked: unknown, isNeverEmpty: boolean): string {
    if (asked === null) return `${column} IS NULL`;
    if (typeof asked === 'string') return `${column} = ${this.#value(asked)}`;
    if (!isObject(asked)) return this.#unknown();
    const [how, value, ...others] = Object.entries(asked).flat();
    if (others.length > 0) return this.#unknown();
    if (how === 'in' && Array.isArray(value))
      return value.length === 0 ? NEVER : `${column} IN (${this.#list(value)})`;
    if (how === 'notIn' && Array.isArray(value) && isNeverEmpty)
      return value.length === 0 ? ALWAYS : `${column} NOT IN (${this.#list(value)})`;
    if (how === 'not' && typeof value === 'string' && isNeverEmpty)
      return `${column} <> ${this.#value(value)}`;
    return how === 'not' && value === null ? `${column} IS NOT NULL` : this.#unknown();
  }

  #list(values: readonly unknown[]): string {
    return values.map((value) => this.#value(value)).join();
  }

  #value(value: unknown): string {
    if (typeof value !== 'string') this.#unknown();
    this.values.push(value);
    return '?';
  }

  #unknown(): string {
    this.isKnown = false;
    return '';
  }
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const listOf = (asked: unknown): object[] => [asked].flat().filter(isObject);

const ALWAYS = '1 = 1';
const NEVER = '0 = 1';

const all = (parts: readonly string[]): string => (parts.length === 0 ? ALWAYS : `(${parts.join(' AND ')})`);
const any = (parts: readonly string[]): string => (parts.length === 0 ? NEVER : `(${parts.join(' OR ')})`);
