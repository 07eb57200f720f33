/** A package that runs with the service. */
export interface LicensedPackage {
  name: string;
  version: string;
  /** An SPDX expression; absent: its author states none. */
  license: string | undefined;
}

/** What stands in package-lock.json, as far as licences go. */
export interface LockFile {
  packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  /** Where another package was put in its place. */
  name?: string;
  version?: string;
  license?: string;
  dev?: boolean;
  /** Of what runs only while installing, such as Prisma's command line. */
  devOptional?: boolean;
  link?: boolean;
}

/** Licences under which a public body may run, change and hand on the whole, each with no duty but to name it. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
];

/** What is said in words that SPDX does not know, or in the package's files only. */
const AS_READ: Readonly<Record<string, string>> = {
  // package.json says "MIT/X11".
  'chainsaw@0.1.0': 'MIT',
  // package.json says "BSD"; its LICENSE has two clauses.
  'duck@0.1.12': 'BSD-2-Clause',
  // Only its LICENSE says it.
  'png-js@2.0.0': 'MIT',
};

/** Packages whose authors state no licence at all, with what is to be known of each. */
export const UNSTATED: Readonly<Record<string, string>> = {
  'buffers@0.1.1':
    'comes with exceljs, for reading .xlsx as a stream, which is not used here; its author publishes his other packages under MIT',
};

/** What `npm ci --omit=dev` brings to stay, on every system, each version once. */
export function packagesIn({ packages }: LockFile): LicensedPackage[] {
  const found = new Map<string, LicensedPackage>();
  for (const [path, { version, license, dev, devOptional, link, ...locked }] of Object.entries(packages)) {
    if (dev || devOptional || link || version === undefined || !path.includes('node_modules/')) continue;
    const name = locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const id = `${name}@${version}`;
    found.set(id, { name, version, license: AS_READ[id] ?? license });
  }
  return [...found.values()].sort((a, b) => order(a.name, b.name) || order(a.version, b.version));
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Whether the licence is one of those that are allowed; of `A OR B` one is enough. */
export function isAllowed({ name, version, license }: LicensedPackage): boolean {
  if (license === undefined) return `${name}@${version}` in UNSTATED;
  const plain = license.replace(/[()]/g, '');
  const known = (id: string) => ALLOWED.includes(id.trim());
  return plain.includes(' OR ') ? plain.split(' OR ').some(known) : plain.split(' AND ').every(known);
}

/** docs/licenses.md. */
export function licensesPage(packages: readonly LicensedPackage[]): string {
  const counts = Map.groupBy(packages, ({ license }) => license ?? 'none stated');
  const byCount = [...counts].sort(([a, some], [b, others]) => others.length - some.length || order(a, b));
  return `# Licences

Written by \`npm run licenses\` from package-lock.json; a test keeps it up to date, and every licence in the list of those that are
allowed (\`deploy/licenses.ts\`). Qinglian itself: Apache-2.0. A bill of materials for machines: \`npm run sbom\` (CycloneDX).

These are the packages that run with the service, those of WeChat among them. What only tests and tools need, and what only makes
Prisma's clients while installing, is left out.

## Fonts

Noto Sans Hans (Adobe, Google; Reserved Font Name "Noto Sans"), from \`@embedpdf/fonts-sc\`: SIL Open Font License 1.1. It travels inside
the PDF files and is drawn into pictures. \`pdfkit\` has the measures of Adobe's 14 standard fonts, not the fonts.

## How many

| licence | packages |
|---|---|
${byCount.map(([license, some]) => `| ${license} | ${some.length} |`).join('\n')}

None stated: ${Object.entries(UNSTATED)
    .map(([id, why]) => `\`${id}\` (${why})`)
    .join('; ')}.

## Packages

| package | version | licence |
|---|---|---|
${packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'none stated'} |`).join('\n')}
`;
}
