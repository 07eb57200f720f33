import { readFile, writeFile } from 'node:fs/promises';
import { isAllowed, type LockFile, licensesPage, packagesIn } from './licenses.ts';

const PAGE = new URL('../docs/licenses.md', import.meta.url);

const lock = JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')) as LockFile;
const packages = packagesIn(lock);
await writeFile(PAGE, licensesPage(packages));
process.stdout.write(`docs/licenses.md: ${packages.length} packages\n`);
const others = packages.filter((each) => !isAllowed(each));
for (const { name, version, license } of others)
  process.stderr.write(
    `${name}@${version}: ${license ?? 'no licence stated'}, which is not in the list of those allowed\n`,
  );
process.exitCode = others.length > 0 ? 1 : 0;
