import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { plain } from './plain.ts';

/** What a job has done, and that it was done. */
export type JobRun = Row.JobRunModel;

const JOB_RUNS = {
  table: 'JobRun',
  columns: ['job', 'occurrence', 'ranAt'],
  otherwise: 'ON CONFLICT ("job", "occurrence") DO NOTHING',
} as const;

/** Notes that the job does this occurrence. @returns whether it is the first time */
export async function noteRun(rows: Rows, run: JobRun): Promise<boolean> {
  return (await insertRows(rows, JOB_RUNS, [run])) === 1;
}

/** The last one of the job's occurrences that begin so, in their order as text. @param beginning without `%` and `_` */
export async function lastRun(rows: Rows, job: string, beginning: string): Promise<JobRun | undefined> {
  const [last] = await plain(rows).askModels<JobRun>(
    `SELECT * FROM "JobRun" WHERE "job" = ? AND "occurrence" LIKE ? ORDER BY "occurrence" DESC LIMIT 1`,
    [job, `${beginning}%`],
  );
  return last;
}
