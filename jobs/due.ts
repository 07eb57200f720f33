import type { Store } from '../ledger/store.ts';
import type { Job } from './define.ts';

export interface Due {
  job: Job;
  at: Date;
}

/** The times of all jobs after `from` and up to `to`, in order; at the same time, in the order of the list. */
export function dueBetween(
  { calendar, rules }: Pick<Store, 'calendar' | 'rules'>,
  jobs: readonly Job[],
  from: Date,
  to: Date,
): Due[] {
  const due: Due[] = [];
  const last = calendar.dateOf(to);
  for (let on = calendar.dateOf(from); on <= last; on = calendar.addDays(on, 1)) {
    for (const job of jobs) {
      const at = calendar.instantOf(on, job.at(rules));
      if (at > from && at <= to) due.push({ job, at });
    }
  }
  return due.sort((a, b) => a.at.getTime() - b.at.getTime());
}
