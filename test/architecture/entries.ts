import { isNode, lineOf, type Source, type SyntaxNode } from './source.ts';

/**
 * 回避 holds because there is one way to entries: `ledger/entry.ts`, beside which stands `ledger/write-entry.ts`. Each other file that reads or writes these tables is written out here, with its reason.
 */
const MAY_TOUCH: Readonly<Record<string, string>> = {
  'ledger/entry.ts': 'is the way',
  'ledger/entry-list.ts': 'counts what ledger/entry.ts has bounded, by state, department, facets and dates',
  'ledger/entry-history.ts': 'an entry’s steps and readings, for ledger/entry.ts and ledger/reveal.ts',
  'ledger/entry-table.ts': 'counts what ledger/entry.ts has bounded',
  'ledger/entry-page.ts': 'pages what ledger/entry.ts has bounded',
  'prisma/entry-keys.ts': 'by what a page is sorted, before ledger/entry-table.ts asks which may be seen',
  'ledger/entry-trail.ts': 'an entry’s records with their place in the chain, for ledger/entry.ts',
  'ledger/hide-entry.ts': 'hides an entry, for ledger/write-entry.ts',
  'ledger/write-entry.ts': 'the one way to write',
  'ledger/unused-ref.ts': 'looks whether a number is taken; tells nobody',
  'ledger/audit/trail.ts': 'appends to the chain',
  'ledger/audit/chain-patrol.ts': 'walks the chain beside the service; tells only whether it holds',
  'prisma/audit-pages.ts':
    'reads the whole chain and all entries for ledger/audit, which compares them for the operator',
  'cli/doctor/record-check.ts': 'compares the chain with the heads that were given out, for the operator',
  'ledger/receipt/flaws.ts': 'compares one entry with its records, once ledger/entry.ts has given it out',
  'ledger/receipt/keep-receipt.ts': 'keeps and writes out the receipt of one entry that is at hand',
  'ledger/receipt/differing-receipts.ts': 'compares all receipts with the chain, for the operator',
  'ledger/attachment-flaws.ts': 'compares all files with their entries, for the operator',
  'ledger/nil-return/asked.ts': 'says who answered, never what: there is no entry in it',
  'ledger/nil-return/declare.ts': 'notes that somebody answered',
  'prisma/read-entries.ts':
    'reads and counts what ledger/entry.ts has bounded, and from whom it is hidden, for that and ledger/recusal.ts',
  'prisma/entry-conditions.ts': 'puts what is asked of entries into SQL; runs nothing',
  'prisma/entry-leads.ts':
    'says which entries are looked at at all, for prisma/read-entries.ts; runs nothing',
  'prisma/change-entry.ts': 'changes one entry, for ledger/write-entry.ts',
  'prisma/chain-end.ts': 'reads and writes the end of the chain, for ledger/audit/trail.ts',
  'prisma/lines-of-each.ts':
    'one statement for the weekly cards of thousands; leaves out what is hidden from each reader',
};

/** What of prisma/ reads or writes single entries whoever asks, and the only files that may ask it. */
const ASKED_BY: Readonly<Record<string, readonly string[]>> = {
  'read-entries.ts': [
    'ledger/entry.ts',
    'ledger/entry-list.ts',
    'ledger/recusal.ts',
    'prisma/change-entry.ts',
  ],
  'change-entry.ts': ['ledger/write-entry.ts'],
  'chain-end.ts': ['ledger/audit/trail.ts'],
};

const TABLES = ['Entry', 'EntryPerson', 'Recusal', 'AuditRecord', 'Receipt', 'NilReturn'];
const OPERATIONS =
  /^(?:find(?:Many|First|Unique)(?:OrThrow)?|create(?:Many|ManyAndReturn)?|update(?:Many|ManyAndReturn)?|upsert|delete(?:Many)?|count|aggregate|groupBy)$/;
const RAW = /^\$(?:query|execute)Raw(?:Unsafe|Typed)?$/;

/** Of each model: which field leads to which model. */
export type Relations = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads them out of `prisma/models.prisma`. */
export function relationsIn(schema: string): Relations {
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gmsu)];
  const names = new Set(models.map(([, name = '']) => name));
  return new Map(
    models.map(([, name = '', body = '']) => {
      const fields = [...body.matchAll(/^\s+(\w+)\s+(\w+)/gmu)];
      const leading = fields.flatMap(([, field = '', type = '']): [string, string][] =>
        names.has(type) ? [[field, type]] : [],
      );
      return [name, new Map(leading)];
    }),
  );
}

const IN_THE_HOUSE = /^(?:[^/]+\.ts|(?:ledger|handlers|bot|jobs|web|paper|cli|config|prisma)\/.+\.ts)$/;

/** Files that touch the tables, or another table with entries hanging on it, or that could do so by raw SQL. */
export function otherWaysToEntries(sources: readonly Source[], relations: Relations): string[] {
  return sources
    .filter(({ path }) => IN_THE_HOUSE.test(path) && !(path in MAY_TOUCH))
    .flatMap((source) => [...new Set(source.nodes.flatMap((node) => touches(source, node, relations)))]);
}

/** Files that ask a way of prisma/ which is not for them. */
export const askedByOthers = (sources: readonly Source[]): string[] =>
  sources
    .filter(({ path }) => IN_THE_HOUSE.test(path))
    .flatMap(({ path, nodes }) =>
      nodes.flatMap((node) => {
        const from =
          /^Import|^Export/.test(node.type) && isNode(node.source) ? String(node.source.value) : '';
        const way = /(?:^\.|prisma)\/([^/]+)$/.exec(from)?.[1] ?? '';
        const askers = from.includes('prisma/') || path.startsWith('prisma/') ? ASKED_BY[way] : undefined;
        return askers && !askers.includes(path) ? [`${path}: ${from}`] : [];
      }),
    );

/** Files that are written out and touch nothing any more. */
export const needlessWays = (sources: readonly Source[], relations: Relations): string[] =>
  Object.keys(MAY_TOUCH).filter((path) => {
    const source = sources.find((each) => each.path === path);
    return !source?.nodes.some((node) => touches(source, node, relations).length > 0);
  });

function touches(source: Source, node: SyntaxNode, relations: Relations): string[] {
  const at = (what: string) => [`${source.path}:${lineOf(source.text, node)}: ${what}`];
  const { path } = source;
  if (node.type === 'MemberExpression' || node.type === 'Property') {
    const name = nameOf(node.type === 'Property' ? node.key : node.property);
    if (RAW.test(name) && !path.startsWith('prisma/')) return at('raw SQL outside of prisma/');
  }
  if (isSql(node) && path.startsWith('prisma/') && isOnTable(source, node))
    return at('raw SQL on a table of entries');
  if (node.type === 'MemberExpression') {
    const model = modelNamed(nameOf(node.property), relations);
    if (model && TABLES.includes(model) && isRows(node.object)) return at(`the table ${model}`);
  }
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return [];
  const model = modelCalled(node.callee, relations);
  if (model === undefined) return [];
  if (TABLES.includes(model)) return at(`the table ${model}`);
  const reached = argumentsOf(source, node).flatMap((each) => reachedFrom(each, model, relations));
  return [...new Set(reached)].flatMap((each) => at(`the table ${each}, by way of ${model}`));
}

/** `rows.entry`, `database.rows.entry`, `tx.entry`, `client.entry`: where rows are kept under their usual names. */
const isRows = (object: unknown): boolean =>
  isNode(object) &&
  /^(?:rows|tx|client|prisma)$/.test(
    object.type === 'MemberExpression' ? nameOf(object.property) : nameOf(object),
  );

/** The model on which one of Prisma's operations is called, whatever the rows are called. */
function modelCalled(callee: SyntaxNode, relations: Relations): string | undefined {
  if (callee.type !== 'MemberExpression' || !OPERATIONS.test(nameOf(callee.property))) return undefined;
  const { object } = callee;
  if (!isNode(object)) return undefined;
  return modelNamed(nameOf(object.type === 'MemberExpression' ? object.property : object), relations);
}

const modelNamed = (client: string, relations: Relations): string | undefined =>
  [...relations.keys()].find((model) => model[0]?.toLowerCase() + model.slice(1) === client);

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node.name);
  return node.type === 'Literal' ? String(node.value) : '';
};

const isSql = ({ type }: SyntaxNode): boolean => type === 'TemplateLiteral' || type === 'Literal';

const isOnTable = (source: Source, node: SyntaxNode): boolean =>
  TABLES.some((table) => source.text.slice(node.start, node.end).includes(`"${table}"`));

/** What the call is handed; a name that stands for an object in the same file, as that object. */
function argumentsOf({ nodes }: Source, call: SyntaxNode): unknown[] {
  const given = Array.isArray(call.arguments) ? call.arguments : [];
  return given.map((each) => (isNode(each) && each.type === 'Identifier' ? initOf(nodes, each) : each));
}

const initOf = (nodes: readonly SyntaxNode[], name: SyntaxNode): unknown =>
  nodes.find((node) => node.type === 'VariableDeclarator' && nameOf(node.id) === nameOf(name))?.init;

/** The tables of entries to which the fields of a query lead. */
function reachedFrom(value: unknown, model: string, relations: Relations): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => reachedFrom(each, model, relations));
  if (!isNode(value)) return [];
  if (value.type === 'Property') {
    const next = relations.get(model)?.get(nameOf(value.key)) ?? model;
    return TABLES.includes(next) ? [next] : reachedFrom(value.value, next, relations);
  }
  return Object.entries(value)
    .filter(([key]) => key !== 'key')
    .flatMap(([, inner]) => (typeof inner === 'object' ? reachedFrom(inner, model, relations) : []));
}
