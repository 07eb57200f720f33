import type { Store } from '../ledger/store.ts';

/** How large a bureau is made. */
export interface Size {
  entries: number;
  people: number;
}

const PER_DEPARTMENT = 50;
/** One item in so many is still at work; the others are closed, as after some years. */
const AT_WORK_ONE_IN = 10;

/** Fills an empty ledger with people and with items that they answer for, straight into the tables. */
export async function fill({ database }: Store, { entries, people }: Size): Promise<void> {
  await database.write(async (rows) => {
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${Math.ceil(people / PER_DEPARTMENT)})
      INSERT INTO "Department" ("id", "name") SELECT printf('department-%06d', i), printf('示例科室%d', i) FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${people})
      INSERT INTO "Person" ("id", "staffNumber", "name", "departmentId", "post", "roles", "isHead", "active")
      SELECT printf('person-%06d', i), printf('B%06d', i), printf('示例%d', i),
        printf('department-%06d', i / ${PER_DEPARTMENT}), '科员', '[]', 0, 1 FROM n`;
  });
  await inMuchMemory(database, async () => {
    const step = 50_000;
    for (let from = 0; from < entries; from += step)
      await addItems(database, from, Math.min(step, entries - from), people);
  });
  await database.write((rows) => rows.$executeRaw`ANALYZE`);
  // What was filled in reaches the disk now, and not with the first commit that is measured.
  await database.rows.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`;
}

/** Does what would else read and write the same pages of the file over and over; afterwards all is as the program has it. */
export async function inMuchMemory({ rows }: Store['database'], work: () => Promise<void>): Promise<void> {
  const [before] = await rows.$queryRaw<{ cache_size: bigint }[]>`PRAGMA cache_size`;
  await rows.$queryRaw`PRAGMA cache_size = -400000`;
  await rows.$queryRaw`PRAGMA synchronous = OFF`;
  await work();
  await rows.$queryRaw`PRAGMA synchronous = FULL`;
  await rows.$queryRawUnsafe(`PRAGMA cache_size = ${before?.cache_size ?? -2000}`);
}

/** So many items belong to a problem. */
const PER_PROBLEM = 100;

async function addItems(
  database: Store['database'],
  from: number,
  count: number,
  people: number,
): Promise<void> {
  await database.write(async (rows) => {
    const problems = { from: Math.floor(from / PER_PROBLEM), to: Math.ceil((from + count) / PER_PROBLEM) };
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT ${problems.from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${problems.to})
      INSERT INTO "Entry" ("id", "ledger", "ref", "state", "title", "position", "facets", "data", "dataVersion", "version",
        "createdAt", "changedAt")
      SELECT printf('problem-%07d', i), 'rectification', printf('Z9%06d', i), 'progressing', printf('示例：第%d个问题', i), i, '{}',
        json_object('level', 'problem', 'number', i),
        1, 4, '2026-10-09T01:00:00.000+00:00', '2026-11-12T01:00:00.000+00:00' FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i, "isAtWork") AS (SELECT ${from}, ${from} / ${people} % ${AT_WORK_ONE_IN} = 0
        UNION ALL SELECT i + 1, (i + 1) / ${people} % ${AT_WORK_ONE_IN} = 0 FROM n WHERE i + 1 < ${from + count})
      INSERT INTO "Entry" ("id", "ledger", "parentId", "ref", "state", "title", "dueOn", "closedAt", "position", "facets", "data",
        "dataVersion", "version", "createdAt", "changedAt")
      SELECT printf('entry-%09d', i), 'rectification', printf('problem-%07d', i / ${PER_PROBLEM}),
        printf('Z9%06d-%d', i / ${PER_PROBLEM}, i % ${PER_PROBLEM}), iif("isAtWork", 'progressing', 'closed'),
        printf('示例：第%d项整改措施，完善项目评审专家遴选和回避办法', i), '2027-01-29',
        iif("isAtWork", NULL, strftime('%Y-%m-%dT%H:%M:%f', '2024-01-01', (i % 80000000) || ' seconds') || '+00:00'), i, '{}',
        json_object('level', 'measure', 'number', i % ${PER_PROBLEM}, 'assignedOn', '2026-10-09',
          'progress', json_object('on', '2026-11-12', 'text', '示例：已完成制度修订的征求意见')),
        1, 4, '2026-10-09T01:00:00.000+00:00', '2026-11-12T01:00:00.000+00:00' FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${from + count})
      INSERT INTO "EntryPerson" ("entryId", "personId", "part")
      SELECT printf('entry-%09d', i), printf('person-%06d', i % ${people}), 'responsible' FROM n`;
  });
}
