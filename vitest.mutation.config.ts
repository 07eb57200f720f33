import { defineConfig } from 'vitest/config';

/** Tests of rules alone. They take milliseconds, open no record, and every mutant is tried against all of them that reach it. */
const QUICK = [
  'attachment/document-date',
  'attachment/name.property',
  'calendar',
  'intercession/deadline-card',
  'intercession/stand-ins',
  'intercession/timing',
  'nil-return/coverage.property',
  'nil-return/period',
  'notice',
  'period',
  'read-date',
  'receipt/find-receipts',
  'rectification/answers',
  'rectification/due-words',
  'rectification/putting-off',
  'rectification/quarters',
  'rectification/signals/rules',
  'rectification/signals/shingles.property',
  'rectification/silence',
  'rectification/three-hands',
  'rectification/warning',
  'rectification/warning-card',
  'rectification/workbook/cells',
  'rectification/workbook/due-cells',
  'rectification/workbook/people-cells',
  'rectification/workbook/typed-table',
  'roster/read-person',
  'roster/read-roster',
  'roster/who-leaves',
  'small-cells',
  'statutory-days',
  'without-entries',
  'without-entries-of-cards',
].map((name) => `test/ledger/${name}.test.ts`);

export default defineConfig({
  test: {
    include: QUICK,
    setupFiles: ['test/fail-on-console-error.ts', 'test/chance.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});
