import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type LockFile, packagesIn } from './licenses.ts';

/** As far as it is looked at here; everything else stays as npm wrote it. */
interface Bom {
  metadata: { component: { 'bom-ref': string } };
  components: { 'bom-ref': string }[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

/**
 * What of npm's bill of materials runs with the service. npm can leave out development by itself (`--omit=dev`), and then leaves out
 * what both need as well, such as zod; so it writes everything here, and the lock file says what stays.
 */
function running(bom: Bom, lock: LockFile): Bom {
  const names = new Set(packagesIn(lock).map(({ name, version }) => `${name}@${version}`));
  const components = bom.components.filter((each) => names.has(each['bom-ref']));
  const stay = new Set([bom.metadata.component, ...components].map((each) => each['bom-ref']));
  const dependencies = bom.dependencies
    .filter(({ ref }) => stay.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => stay.has(other)) }));
  return { ...bom, components, dependencies };
}

const root = new URL('../', import.meta.url);
const lock = JSON.parse(await readFile(new URL('package-lock.json', root), 'utf8')) as LockFile;
const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const { stdout } = await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
const bom = running(JSON.parse(stdout) as Bom, lock);
const expected = packagesIn(lock).length;
if (bom.components.length !== expected)
  throw new Error(`npm tells of ${bom.components.length} packages, the lock file of ${expected}`);
await writeFile(new URL('sbom.cdx.json', root), `${JSON.stringify(bom, null, 2)}\n`);
process.stdout.write(`sbom.cdx.json: ${bom.components.length} packages\n`);
