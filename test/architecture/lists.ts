import { isNode, type Source, type SyntaxNode } from './source.ts';

/** A list that is written out, and what in its folder belongs into it. */
interface List {
  list: string;
  /** Whether the file brings something that the list has to name. */
  brings(source: Source): boolean;
}

const LISTS: readonly List[] = [
  { list: 'handlers/index.ts', brings: inFolder('handlers', /^(?:readonly )?(?:Query|Command)(?:\[\])?$/) },
  { list: 'jobs/index.ts', brings: inFolder('jobs', /^Job$/) },
  { list: 'ledger/ledgers.ts', brings: hasOwnFolder('ledger') },
  { list: 'bot/platforms.ts', brings: hasOwnFolder('bot') },
  { list: 'cli/commands.ts', brings: addsCommands },
];

/** What stands in a folder and is missing in its list: it would be there, and nobody would reach it. */
export function unlisted(sources: readonly Source[]): string[] {
  return LISTS.flatMap(({ list, brings }) => {
    const listed = sources.find(({ path }) => path === list)?.imports.map(({ from }) => from) ?? [];
    return sources
      .filter((source) => source.path !== list && brings(source) && !listed.includes(source.path))
      .map(({ path }) => `${path} is missing in ${list}`);
  });
}

/** Exports a constant of that type, or a function that returns it. */
function inFolder(folder: string, type: RegExp): (source: Source) => boolean {
  return (source) =>
    source.path.startsWith(`${folder}/`) &&
    exported(source).some((node) => {
      const annotated =
        isNode(node.id) && node.type === 'VariableDeclarator' ? node.id.typeAnnotation : undefined;
      return [annotated, returnTypeOf(node)].some((each) => type.test(textOf(source, each)));
    });
}

/** `jobs/` and `cli/` hold other files too; in `ledger/` and `bot/` what is listed has a folder, and in it a file of its name. */
function hasOwnFolder(room: string): (source: Source) => boolean {
  const own = new RegExp(`^${room}/([^/]+)/\\1\\.ts$`);
  return ({ path }) => own.test(path);
}

/** Exports a function that is handed the program to add its command to. */
function addsCommands(source: Source): boolean {
  if (!source.path.startsWith('cli/')) return false;
  return exported(source).some((node) => {
    const [first] = Array.isArray(node.params) ? node.params : [];
    return isNode(first) && textOf(source, first.typeAnnotation) === 'Command';
  });
}

/** Functions and constants that are exported where they are made. */
const exported = ({ nodes }: Source): SyntaxNode[] =>
  nodes
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ declaration }) => (isNode(declaration) ? [declaration] : []))
    .flatMap((node) => (Array.isArray(node.declarations) ? node.declarations.filter(isNode) : [node]));

function returnTypeOf(node: SyntaxNode): unknown {
  return isNode(node.init) ? node.init.returnType : node.returnType;
}

/** The type that an annotation names, as written. */
const textOf = ({ text }: Source, annotation: unknown): string =>
  isNode(annotation) ? text.slice(annotation.start, annotation.end).replace(/^:\s*/, '') : '';
