import { LONG_FILES } from './long-files.ts';

/** Rooms whose records stand wherever the run has them (laid-out-sample.ts). The other rooms make a file, or need no record. */
const ROOMS = [
  'bad-input',
  'bot',
  'dialogue',
  'extensibility',
  'handlers',
  'jobs',
  'ledger',
  'platform-contract',
  'postgresql',
  'scenario',
  'web',
];

/** Of these rooms, who makes his record as a file all the same. */
export const ON_A_FILE = [
  // The program on a file of its own; over PostgreSQL: `npm run campaign:kill -- --postgresql`.
  'bot/kill',
  'bot/replay',
  // Another process holds the file.
  'bot/local/late-press',
  // The statements of SQLite are read, and its plans.
  'bot/statements',
  'ledger/rectification/table-plans',
  // Filled in SQLite's own words.
  'jobs/weekly-card-turns',
  'ledger/rectification/table-pages',
  // The desk of the commands, and the bureau of the pages.
  'ledger/rectification/workbook/command',
  'ledger/rectification/workbook/round-trip',
].map((name) => `test/${name}.test.ts`);

export const ON_EITHER = [...ROOMS.map((room) => `test/${room}/**/*.test.ts`), 'test/prisma/plain.test.ts'];

/** What takes long by what it is, whatever it stands on. */
export const LONG_ON_EITHER = LONG_FILES.filter(
  (file) => ROOMS.some((room) => file.startsWith(`test/${room}/`)) && !ON_A_FILE.includes(file),
);
