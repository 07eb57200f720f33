import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first. What begins last must be short, or one core waits for the other. */
const LONG = [
  'recusal-matrix/matrix',
  'quality',
  'ledger/rectification/workbook/hostile',
  'ledger/rectification/table-pages',
  'page/ledger-phone',
  'lark/checklist-messages',
  'ledger/rectification/table-plans',
  'ledger/rectification/moves.property',
  'bot/kill',
  'lark/checklist-clicks',
  'jobs/clock.property',
  'bot/replay',
];

/** Orders the files so that all cores end together. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? LONG.length : place;
}
