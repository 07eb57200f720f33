import { isNode, lineOf, type Source, type SyntaxNode } from './source.ts';

const LONGEST_FILE = 250;
const LONGEST_FUNCTION = 70;

/** Code of the house itself. Tests tell long stories, and are read one at a time. */
const isOfTheHouse = ({ path }: Source): boolean => !path.startsWith('test/');

/** Files of more than 250 lines. */
export const longFiles = (sources: readonly Source[]): string[] =>
  sources.filter(isOfTheHouse).flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > LONGEST_FILE ? [`${path}: ${lines} lines, at most ${LONGEST_FILE}`] : [];
  });

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Functions of more than 70 lines. */
export const longFunctions = (sources: readonly Source[]): string[] =>
  wrongNodes(sources.filter(isOfTheHouse), ({ type, start, end }, { text }) => {
    const lines = FUNCTIONS.has(type) ? text.slice(start, end).split('\n').length : 0;
    return lines > LONGEST_FUNCTION && `a function of ${lines} lines, at most ${LONGEST_FUNCTION}`;
  });

export const anyTypes = (sources: readonly Source[]): string[] =>
  wrongNodes(sources, ({ type }) => type === 'TSAnyKeyword' && 'any says nothing; unknown can be checked');

/** What a tool loads by its path must be a default export there. */
const LOADED_BY_TOOLS = /^(?:[^/]+\.config\.ts|test\/closing-count\.ts)$/;

export const defaultExports = (sources: readonly Source[]): string[] =>
  wrongNodes(
    sources.filter(({ path }) => !LOADED_BY_TOOLS.test(path)),
    (node) => {
      const asDefault =
        node.type === 'ExportSpecifier' && isNode(node.exported) && node.exported.name === 'default';
      return (
        (node.type === 'ExportDefaultDeclaration' || asDefault) &&
        'a default export has no name to find it by'
      );
    },
  );

const NAMELESS = /^(?:utils?|helpers?|managers?|services?|common|misc)$/;
const WELL_NAMED = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;

/** Files and folders whose name tells nothing, or is not written in kebab-case. */
export const badNames = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path }) => {
    const names = path.replace(/\.[jt]s$/, '').split('/');
    if (names.some((name) => name.split(/[-.]/).some((word) => NAMELESS.test(word))))
      return [`${path}: the name says nothing of what is in it`];
    return names.every((name) => WELL_NAMED.test(name)) ? [] : [`${path}: not in kebab-case`];
  });

/** Programs of their own: they have their own clock, and hand an environment to what they start. */
const PROGRAMS = ['main.ts', 'cli/qinglian.ts', 'demo/', 'campaign/', 'bench/', 'docs/', 'test/'];
const READS_ENVIRONMENT = [...PROGRAMS, 'prisma.config.ts'];
const READS_CLOCK = PROGRAMS;

const isOneOf = ({ path }: Source, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

/** The environment is read where a program begins, and handed on. */
export const environmentReaders = (sources: readonly Source[]): string[] =>
  wrongNodes(
    sources.filter((source) => !isOneOf(source, READS_ENVIRONMENT)),
    (node) =>
      node.type === 'MemberExpression' &&
      isNamed(node.object, 'process') &&
      isNamed(node.property, 'env') &&
      'process.env belongs into the beginning of a program; here it is an argument',
  );

/** The present time is read where a program begins; everywhere else it is an argument, so that it can be in a test's hands. */
export const clockReaders = (sources: readonly Source[]): string[] =>
  wrongNodes(
    sources.filter((source) => !isOneOf(source, READS_CLOCK) && !source.path.startsWith(PAGE)),
    (node) => readsClock(node) && 'the present time is an argument here',
  );

/** The page runs in the browser of whoever looks at it; the house's time reaches it by `GET /chat/api/clock`. */
const PAGE = 'bot/local/page/';

function readsClock({ type, callee, arguments: given }: SyntaxNode): boolean {
  const without = Array.isArray(given) && given.length === 0;
  if (type === 'NewExpression') return without && isNamed(callee, 'Date');
  if (type !== 'CallExpression' || !isNode(callee)) return false;
  if (isNamed(callee, 'Date')) return true;
  return isNamed(callee.object, 'Date') && isNamed(callee.property, 'now');
}

const isNamed = (node: unknown, name: string): boolean =>
  isNode(node) && node.type === 'Identifier' && node.name === name;

function wrongNodes(
  sources: readonly Source[],
  judge: (node: SyntaxNode, source: Source) => string | false,
): string[] {
  return sources.flatMap((source) =>
    source.nodes.flatMap((node) => {
      const wrong = judge(node, source);
      return wrong === false ? [] : [`${source.path}:${lineOf(source.text, node)}: ${wrong}`];
    }),
  );
}
