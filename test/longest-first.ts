import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LONG_FILES } from './long-files.ts';

/** The files that take longest, the longest first. What begins last must be short, or one core waits for the other. */
const LONGEST = [
  ...LONG_FILES,
  'test/quality.test.ts',
  'test/jobs/leaders-digest.test.ts',
  'test/page/ledger-table.test.ts',
];

/** Orders the files so that all cores end together. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place < 0 ? LONGEST.length : place;
}
