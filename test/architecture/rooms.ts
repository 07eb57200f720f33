import type { Import, Source } from './source.ts';

/** What stands in a folder may import: whole rooms, and rooms of which only the types. Its own room always. */
interface May {
  all?: readonly string[];
  types?: readonly string[];
}

/** The rooms of the house (docs/architecture.md). Type-only imports count: whoever knows a shape depends on it. */
const ROOMS: Readonly<Record<string, May>> = {
  prisma: {},
  config: {},
  ledger: { all: ['prisma'], types: ['config'] },
  handlers: { all: ['ledger'] },
  jobs: { all: ['ledger'] },
  // What a platform is made from are the operator's settings; it is handed them and reads none itself.
  bot: { all: ['handlers', 'ledger'], types: ['config'] },
  paper: { all: ['ledger'] },
  web: { all: ['bot', 'ledger', 'paper'] },
};

/** They put the house together, or play with the whole of it. */
const OUTSIDE = ['cli', 'demo', 'campaign', 'bench', 'deploy', 'sample', 'docs', 'test'];

/** What only the named files and folders may know. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  koa: ['web/'],
  '@koa/router': ['web/'],
  'raw-body': ['web/'],
  'rate-limiter-flexible': ['bot/limits/', 'web/limits/'],
  'prom-client': ['web/'],
  'node-cron': ['jobs/'],
  'pg-boss': ['jobs/'],
  prisma: ['prisma/', 'prisma.config.ts'],
  '@prisma/client': ['prisma/'],
  '@prisma/driver-adapter-utils': ['prisma/'],
  '@prisma/adapter-pg': ['prisma/'],
  'node:sqlite': ['prisma/'],
  pg: ['prisma/'],
  yaml: ['config/'],
  exceljs: ['ledger/roster/', 'paper/'],
  docx: ['paper/'],
  pdfkit: ['paper/'],
  qrcode: ['paper/', 'ledger/qr.ts'],
  'csv-parse': ['ledger/roster/'],
  mammoth: ['ledger/rectification/report/'],
  'chinese-days': ['ledger/workdays.ts', 'ledger/statutory-days.ts'],
  'temporal-polyfill': ['ledger/calendar.ts'],
  'chrono-node': ['ledger/'],
  commander: ['cli/'],
  '@larksuiteoapi/node-sdk': ['bot/lark/'],
  wechaty: ['bot/wechat/child/'],
  'file-box': ['bot/wechat/child/'],
  'memory-card': ['bot/wechat/child/'],
};

/** Who plays with the whole of the house may also use what the house is built with. */
const FREE_OF_PACKAGES = ['demo/', 'campaign/', 'bench/', 'docs/', 'test/'];

const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

/** Root files belong to no room. */
const roomOf = (path: string): string | undefined => (path.includes('/') ? path.split('/')[0] : undefined);

/** Imports from a room that the folder must not know. */
export function wrongRooms(sources: readonly Source[]): string[] {
  return complaints(sources, 'file', (path, { from, typeOnly }) => {
    const room = roomOf(path);
    if (room === undefined || OUTSIDE.includes(room)) return undefined;
    const may = ROOMS[room];
    if (!may) return `${room}/ is no room that the rules know`;
    const other = roomOf(from);
    if (other === room || (other && may.all?.includes(other))) return undefined;
    if (other && may.types?.includes(other)) {
      return typeOnly
        ? undefined
        : `${room}/ may know types of ${other}/ only, and takes ${from} at run time`;
    }
    return `${room}/ may not import ${from}`;
  });
}

/**
 * One ledger knows no other, one platform no other, and what all share knows none of them but through the list. The page
 * of the local chat runs in a browser: it has only itself.
 */
export function wrongNeighbours(sources: readonly Source[]): string[] {
  const own = ownFolders(sources);
  return complaints(sources, 'file', (path, { from }) => {
    const theirs = own.find((folder) => from.startsWith(folder));
    const room = roomOf(path);
    if (path.startsWith(PAGE) && !from.startsWith(PAGE)) return `the page has only itself, not ${from}`;
    if (!theirs || path.startsWith(theirs) || room !== roomOf(from)) return undefined;
    return LISTS.includes(path) ? undefined : `only the list may know ${theirs}, and this is ${path}`;
  });
}

const PAGE = 'bot/local/page/';
const LISTS = ['ledger/ledgers.ts', 'bot/platforms.ts'];

/** `ledger/intercession/`, `bot/local/`: folders of ledgers and platforms, with a file of their own name. */
const ownFolders = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path }) => {
    const [, folder] = /^((?:ledger|bot)\/([^/]+)\/)\2\.ts$/.exec(path) ?? [];
    return folder ? [folder] : [];
  });

/** Packages where they must not be known. */
export function wrongPackages(sources: readonly Source[]): string[] {
  return complaints(sources, 'package', (path, { from }) => {
    const places = PACKAGES[packageOf(from)];
    if (!places || isUnder(path, [...places, ...FREE_OF_PACKAGES])) return undefined;
    return `${packageOf(from)} may be known in ${places.join(', ')} only`;
  });
}

/** Packages that `npm ci --omit=dev` would leave out, in what runs in a bureau. */
export function missingPackages(sources: readonly Source[], dependencies: readonly string[]): string[] {
  return complaints(sources, 'package', (path, { from, typeOnly }) => {
    if (typeOnly || from.startsWith('node:')) return undefined;
    if (isUnder(path, FREE_OF_PACKAGES) || path.endsWith('.config.ts')) return undefined;
    return dependencies.includes(packageOf(from)) ? undefined : `${packageOf(from)} is no dependency`;
  });
}

/** `@koa/router/sub` → `@koa/router`. */
const packageOf = (from: string): string => from.split('/', from.startsWith('@') ? 2 : 1).join('/');

/**
 * Files that load each other in a circle, each circle once. What is imported as a type only is left out: it is gone at
 * run time and cannot be met half loaded, and contracts that name each other (an entry its ledger, a ledger its entries)
 * are one thing told in several files.
 */
export function cycles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const since = way.indexOf(path);
    if (since >= 0) found.push([...way.slice(since), path].join(' → '));
    if (since >= 0 || done.has(path)) return;
    for (const { from, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly) visit(from, [...way, path]);
    }
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

function complaints(
  sources: readonly Source[],
  about: 'file' | 'package',
  judge: (path: string, imported: Import) => string | undefined,
): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap((imported) => {
      const wrong = imported.isPackage === (about === 'package') && judge(path, imported);
      return wrong ? [`${path}:${imported.line}: ${wrong}`] : [];
    }),
  );
}
