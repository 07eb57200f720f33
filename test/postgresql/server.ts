import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memoryFolder } from '../memory-folder.ts';

const run = promisify(execFile);

/** Where Debian puts its versions. */
const VERSIONS = '/usr/lib/postgresql';
/** A server refuses to run as root: it is started as who owns such servers on Debian. */
const OWNER = 'postgres';
const USER = 'qinglian';

/** A PostgreSQL server with nothing in it. */
export interface Server {
  /** `postgresql://…`, without a database. */
  url: string;
  /** Ends it at once, as a failing machine would. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Why tests over PostgreSQL are skipped, in one line; nothing where they can run. */
export async function whyNoServer(): Promise<string | undefined> {
  if ((await programs()) === undefined)
    return 'PostgreSQL is not installed (Debian: apt-get install postgresql): tests over it are skipped';
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return undefined;
  const isThere = await run('id', [OWNER]).then(
    () => true,
    () => false,
  );
  return isThere ? undefined : `PostgreSQL does not run as root, and there is no user ${OWNER}: skipped`;
}

/** The folder with the programs of the newest version that is installed. */
async function programs(): Promise<string | undefined> {
  const versions = await readdir(VERSIONS).catch(() => []);
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * @param port of its own: two servers are no one's
 * @param on the folder for its files: in memory, unless what it costs to write to a disk is what is looked at
 */
export async function startServer(port: number, on?: string): Promise<Server> {
  const folder = await mkdtemp(join(on ?? (await memoryFolder()), 'qinglian-postgresql-'));
  await chmod(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await run('chown', [OWNER, folder]);
  const bin = await programs();
  if (bin === undefined) throw new Error(await whyNoServer());
  const call = (program: string, args: readonly string[]) => {
    const command = [join(bin, program), ...args];
    return isRoot
      ? run('runuser', ['-u', OWNER, '--', ...command])
      : run(command[0] as string, command.slice(1));
  };
  const data = join(folder, 'data');
  await call('initdb', [
    '-D',
    data,
    '-U',
    USER,
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ]);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=300`;
  const control = (...args: string[]) => call('pg_ctl', ['-D', data, '-w', ...args]);
  const server: Server = {
    url: `postgresql://${USER}@127.0.0.1:${port}`,
    crash: async () => void (await control('-m', 'immediate', 'stop')),
    start: async () => void (await control('-o', options, '-l', join(folder, 'log'), 'start')),
    async stop() {
      await control('-m', 'immediate', 'stop').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
