import { Prisma } from './generated/postgresql/client.ts';

/**
 * Conditions are written once, as SQLite's client takes them. What a title contains is found in whatever case it is typed, as
 * SQLite does it; a place in a JSON column is named by a list and not by `$.name`.
 */
export const conditionsAsOnSqlite = Prisma.defineExtension({
  query: {
    $allModels: {
      $allOperations: ({ args, query }) =>
        query(hasWhere(args) ? Object.assign({}, args, { where: asPostgresqlTakes(args.where) }) : args),
    },
  },
});

const hasWhere = <T>(args: T): args is T & { where: object } =>
  typeof args === 'object' && args !== null && 'where' in args && args.where !== undefined;

/** What is compared with as it is. */
const VALUES: ReadonlySet<string> = new Set(['equals', 'in', 'notIn']);

/** @returns of the same kind */
function asPostgresqlTakes<T>(condition: T): T {
  if (Array.isArray(condition)) return condition.map(asPostgresqlTakes) as T;
  if (!isPlain(condition)) return condition;
  const { contains, path } = condition;
  const taken = Object.entries(condition).map(([name, value]) => [
    name,
    VALUES.has(name) ? value : asPostgresqlTakes(value),
  ]);
  return {
    ...Object.fromEntries(taken),
    ...(typeof contains === 'string' && { mode: 'insensitive' }),
    ...(typeof path === 'string' && path.startsWith(ROOT) && { path: path.slice(ROOT.length).split('.') }),
  };
}

const ROOT = '$.';

/** Not an instant, bytes or one of Prisma's own values. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
