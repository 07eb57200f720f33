import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { runs } from './test/chance.ts';
import { LONG_FILES } from './test/long-files.ts';
import { LongestFirst } from './test/longest-first.ts';
import { memoryFolder } from './test/memory-folder.ts';

/** Every process that the tests start loads the whole program: what one of them compiled helps the next. */
const COMPILED = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

/** The chat that people speak over in a test; what is the same in every chat runs once for each. */
type ChatOfTests = 'local' | 'lark-websocket' | 'lark-webhook';

declare module 'vitest' {
  interface ProvidedContext {
    platform: ChatOfTests;
  }
}

const over = (platform: ChatOfTests, include: string[]) => ({
  extends: true as const,
  test: { name: platform, include, exclude: LONG_FILES, provide: { platform } },
});

const long = {
  extends: true as const,
  test: { name: 'long', include: LONG_FILES, provide: { platform: 'local' as const } },
};

export default defineConfig({
  test: {
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
      over('local', ['test/**/*.test.ts']),
      over('lark-websocket', ['test/platform-contract/*.test.ts']),
      over('lark-webhook', ['test/platform-contract/*.test.ts']),
      long,
    ],
  },
});
