import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

/** What SQLite was asked to run. */
export interface Ran {
  /** Statements that Prisma or the house wrote, without the words by which a transaction begins and ends. */
  statements: string[];
  commits: number;
}

/** Writes down what is run on every connection of this process while the work goes on. */
export async function ranDuring(work: () => Promise<void>): Promise<Ran> {
  const ran: Ran = { statements: [], commits: 0 };
  const { exec } = DatabaseSync.prototype;
  const { all, run } = StatementSync.prototype;
  const note = ({ sourceSQL }: StatementSync) => {
    if (!/^(?:SAVEPOINT|RELEASE|ROLLBACK)/.test(sourceSQL)) ran.statements.push(sourceSQL);
  };
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'COMMIT') ran.commits += 1;
    return exec.call(this, sql);
  };
  StatementSync.prototype.all = function (this: StatementSync, ...values: SQLInputValue[]) {
    note(this);
    return Reflect.apply(all, this, values);
  } as typeof all;
  StatementSync.prototype.run = function (this: StatementSync, ...values: SQLInputValue[]) {
    note(this);
    return Reflect.apply(run, this, values);
  } as typeof run;
  try {
    await work();
  } finally {
    DatabaseSync.prototype.exec = exec;
    StatementSync.prototype.all = all;
    StatementSync.prototype.run = run;
  }
  return ran;
}
