/** How often each job ran since the service started. */
export interface JobTally {
  /** To be told at the end of each run. */
  ran(job: string, isWell: boolean): void;
  counts(): readonly JobCount[];
}

export interface JobCount {
  job: string;
  well: number;
  faults: number;
}

/** @param names of all jobs: one that never ran counts 0, so that its first fault is a change */
export function openJobTally(names: readonly string[]): JobTally {
  const byJob = new Map<string, JobCount>(names.map((job) => [job, { job, well: 0, faults: 0 }]));
  return {
    ran(job, isWell) {
      const count = byJob.get(job) ?? { job, well: 0, faults: 0 };
      count[isWell ? 'well' : 'faults'] += 1;
      byJob.set(job, count);
    },
    counts: () => [...byJob.values()],
  };
}
