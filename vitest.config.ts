import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { runs } from './test/chance.ts';
import { LONG_FILES } from './test/long-files.ts';
import { LongestFirst } from './test/longest-first.ts';
import { memoryFolder } from './test/memory-folder.ts';
import { LONG_ON_EITHER, ON_A_FILE, ON_EITHER } from './test/on-either.ts';
import { type ChatOfTests, contractOver, notOver } from './test/platform-contract/chats.ts';

/** Every process that the tests start loads the whole program: what one of them compiled helps the next. */
const COMPILED = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

declare module 'vitest' {
  interface ProvidedContext {
    platform: ChatOfTests;
    /** Where the records of the tests stand. */
    records: 'sqlite' | 'postgresql';
  }
}

/** Long stories in which the way to Lark plays no part: the webhook tells them. */
const TOLD_BY_WEBHOOK = ['report', 'list-entries'].map(
  (name) => `test/platform-contract/shown-forms/${name}.test.ts`,
);

/** What is the same in every chat runs once for each. */
const over = (platform: ChatOfTests, include: string[] = contractOver(platform), exclude: string[] = []) => ({
  extends: true as const,
  test: { name: platform, include, exclude, provide: { platform, records: 'sqlite' as const } },
});

const long = {
  extends: true as const,
  test: {
    name: 'long',
    include: LONG_FILES,
    provide: { platform: 'local' as const, records: 'sqlite' as const },
  },
};

/** The same once more with every record in PostgreSQL, of those rooms that take it from wherever the run has it. */
const onPostgresql = (name: string, include: string[], exclude: string[]) => ({
  extends: true as const,
  test: { name, include, exclude, provide: { platform: 'local' as const, records: 'postgresql' as const } },
});

export default defineConfig({
  test: {
    globalSetup: 'test/postgresql/provide-server.ts',
    setupFiles: ['test/fail-on-console-error.ts', 'test/chance.ts'],
    reporters: ['default', './test/closing-count.ts'],
    testTimeout: 60_000 * runs(1),
    hookTimeout: 60_000,
    env: { NODE_COMPILE_CACHE: COMPILED, TMPDIR: await memoryFolder() },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Loading the program's libraries anew for each file would take as long as the tests; nothing here keeps state in a module.
    isolate: false,
    projects: [
      over('local', ['test/**/*.test.ts'], [...LONG_FILES, ...notOver('local')]),
      over('lark-websocket', contractOver('lark-websocket'), TOLD_BY_WEBHOOK),
      over('lark-webhook'),
      over('wechat'),
      over('pager'),
      long,
      onPostgresql('postgresql', ON_EITHER, [...ON_A_FILE, ...LONG_FILES, ...notOver('local')]),
      onPostgresql('postgresql-long', LONG_ON_EITHER, []),
    ],
  },
});
