import { defineConfig } from 'vitest/config';

/** The chat that people speak over in a test; what is the same in every chat runs once for each. */
type ChatOfTests = 'local' | 'lark-websocket' | 'lark-webhook';

declare module 'vitest' {
  interface ProvidedContext {
    platform: ChatOfTests;
  }
}

const over = (platform: ChatOfTests, include: string[]) => ({
  extends: true as const,
  test: { name: platform, include, provide: { platform } },
});

export default defineConfig({
  test: {
    setupFiles: ['test/fail-on-console-error.ts'],
    reporters: ['default', './test/closing-count.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Loading the program's libraries anew for each file would take as long as the tests; nothing here keeps state in a module.
    isolate: false,
    projects: [
      over('local', ['test/**/*.test.ts']),
      over('lark-websocket', ['test/platform-contract/*.test.ts']),
      over('lark-webhook', ['test/platform-contract/*.test.ts']),
    ],
  },
});
