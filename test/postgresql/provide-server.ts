import type { TestProject } from 'vitest/node';
import { freePort } from '../../campaign/running-program.ts';
import { startServer, whyNoServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for tests, `postgresql://…` without a database; nothing where there is none. */
    postgresql: string | undefined;
  }
}

/** One server for all files of a run. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const why = await whyNoServer();
  if (why !== undefined) {
    process.stderr.write(`${why}\n`);
    project.provide('postgresql', undefined);
    return undefined;
  }
  const server = await startServer(await freePort());
  project.provide('postgresql', server.url);
  return server.stop;
}
