import type { Person } from '../ledger/directory.ts';
import type { RawValues } from '../ledger/form.ts';
import { filing } from '../ledger/intercession/filing.ts';
import { operate } from '../ledger/operation.ts';
import { refsIn } from '../ledger/shown-targets.ts';
import type { Store } from '../ledger/store.ts';

/** Files a whole report; what the test does not care about is filled in for it. @returns the report's ref */
export async function fileReport(
  store: Store,
  reporter: Person,
  at: Date,
  values: RawValues = {},
): Promise<string> {
  const raw = { ...ordinaryReport(store, at), ...values };
  const receipt = await operate(store, { actor: reporter, at }, (operation) =>
    filing.file(operation, reporter, raw),
  );
  const [ref] = refsIn(receipt);
  if (ref === undefined) throw new Error('No report was filed');
  return ref;
}

export const ordinaryReport = ({ calendar }: Store, at: Date): RawValues => ({
  happenedAt: calendar.minuteOf(new Date(at.getTime() - 3_600_000)),
  channel: 'phone',
  intercessorName: '不详',
  intercessorKind: 'unknown',
  stage: 'review',
  circumstances: ['lobbying'],
  content: '来电请求在评审中关照某项目。',
  reply: 'refused',
  promise: true,
});
