import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

/** A node of the syntax tree (ESTree with TypeScript), as far as the rules look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** A source file, read and parsed. */
export interface Source {
  /** From the root of the project, such as `ledger/define.ts`. */
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly SyntaxNode[];
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the root of the project, or a package's name with what is taken of it. */
  readonly from: string;
  readonly isPackage: boolean;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** The files as text, by path from the root: the project's own, or some made up for the sake of a rule. */
export const sourcesOf = (files: Readonly<Record<string, string>>): Source[] =>
  Object.entries(files).map(([path, text]) => sourceOf(path, text));

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = new Set(['node_modules', '.git', 'data', 'generated', 'reports', '.stryker-tmp']);

/** All code of the project; the generated clients of the database are not ours. */
export async function projectSources(): Promise<Source[]> {
  const paths = await codeUnder('');
  return Promise.all(paths.map(async (path) => sourceOf(path, await readFile(join(ROOT, path), 'utf8'))));
}

async function codeUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !NOT_OURS.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = folder + entry.name;
      if (entry.isDirectory()) return codeUnder(`${path}/`);
      return entry.isFile() && /\.[jt]s$/.test(path) ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}

function sourceOf(path: string, text: string): Source {
  const program = parseAst(text, { lang: path.endsWith('.ts') ? 'ts' : 'js' });
  const nodes = allNodes(program);
  return { path, text, nodes, imports: nodes.flatMap((node) => importOf(path, text, node)) };
}

/** Every node of the tree, the outer before the inner. */
function allNodes(root: unknown): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) nodes.push(value);
    waiting.push(...Object.values(value).reverse());
  }
  return nodes;
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The line a node begins in, from 1. */
export const lineOf = (text: string, { start }: SyntaxNode): number =>
  text.slice(0, start).split('\n').length;

const NAMES_ANOTHER = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** `import { type A } from …` leaves an import at run time: only `import type` is erased whole. */
function importOf(path: string, text: string, node: SyntaxNode): Import[] {
  if (!NAMES_ANOTHER.has(node.type) || !isNode(node.source) || typeof node.source.value !== 'string')
    return [];
  const named = node.source.value;
  const isPackage = !named.startsWith('.');
  const typeOnly = node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType';
  return [{ from: isPackage ? named : resolve(path, named), isPackage, typeOnly, line: lineOf(text, node) }];
}

const resolve = (path: string, named: string): string =>
  decodeURIComponent(new URL(named, `file:///${path}`).pathname.slice(1));
