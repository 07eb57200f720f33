import { defineConfig } from 'vitest/config';
import { LONG_FILES } from './test/long-files.ts';
import tests from './vitest.config.ts';

/** What reaches the domain in this process. Other tests look at it from outside, or drive the real program. */
const REACHING = ['bad-input', 'cli', 'handlers', 'jobs', 'ledger', 'page', 'scenario', 'wechat'];
/** Of those that take long, which reach it like no other. */
const LONG_AND_REACHING =
  /^test\/(?:handlers|ledger|wechat\/binding|cli\/(?:backup|key)\.|jobs\/backup-process)/;
/** It says how long something may take, and counting takes time. */
const TIMED = 'test/ledger/rectification/report/parse-report.property.test.ts';

const { projects: _, ...shared } = tests.test ?? {};

/** How many of the domain's lines the tests of `npm test` reach. */
export default defineConfig({
  test: {
    ...shared,
    include: REACHING.map((folder) => `test/${folder}/**/*.test.ts`),
    exclude: [...LONG_FILES.filter((file) => !LONG_AND_REACHING.test(file)), TIMED],
    provide: { platform: 'local', records: 'sqlite' },
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['ledger/**/*.ts'],
      reportsDirectory: 'reports/coverage',
      reporter: ['text-summary', 'html', 'json-summary'],
      reportOnFailure: true,
      thresholds: { lines: 95 },
    },
  },
});
