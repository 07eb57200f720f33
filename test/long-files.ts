/**
 * Tests that take long by what they are: Chromium on every size of screen, stories that chance tells through the whole program,
 * kills, ledgers of many thousands, two weeks lived twice. `npm run test:long` runs them, and what must pass before anything
 * lands; the longest stand first.
 */
export const LONG_FILES = [
  'recusal-matrix/matrix',
  'page/ledger-phone',
  'lark/checklist-messages',
  'ledger/rectification/table-pages',
  'ledger/rectification/workbook/hostile',
  'page/import-phone',
  'ledger/rectification/table-plans',
  'lark/checklist-clicks',
  'page/report-taps',
  'bot/kill',
  'bot/local/page',
  'wechat/outages',
  'wechat/held-to',
  'bot/local/report-taps',
  'dialogue/filings-asked.property',
  'dialogue/steps-asked.property',
  'ledger/intercession/moves.property',
  'ledger/budget/budget.property',
  'ledger/intercession/any-moves.property',
  'ledger/rectification/moves.property',
  'lark/receiving-forged',
  'lark/directory.property',
  'scenario/round.property',
  'jobs/clock.property',
  'jobs/few-messages.property',
  'bot/replay',
  'page/phone',
].map((name) => `test/${name}.test.ts`);
