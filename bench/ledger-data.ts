import type { Store } from '../ledger/store.ts';
import type { Size } from './weekly-data.ts';

const PER_DEPARTMENT = 50;
const PROBLEMS = 40;
const MEASURES = 50;
const LEADERS = 20;
const ROUND = PROBLEMS * MEASURES;

/**
 * Fills an empty ledger with rounds of 40 problems and their 50 measures each, as after many years: of the older rounds all
 * is closed, the last ones are at work. Straight into the tables.
 * @param size `entries`: measures, rounded up to whole rounds
 * @param closed which part of the rounds is old
 */
export async function fillRounds(
  { database }: Store,
  { entries, people }: Size,
  closed = 0.9,
): Promise<void> {
  await database.write(async (rows) => {
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${Math.ceil(people / PER_DEPARTMENT)})
      INSERT INTO "Department" ("id", "name") SELECT printf('department-%06d', i), printf('示例科室%d', i) FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${people})
      INSERT INTO "Person" ("id", "staffNumber", "name", "departmentId", "post", "roles", "isHead", "active")
      SELECT printf('person-%06d', i), printf('B%06d', i), printf('示例%d', i),
        printf('department-%06d', i / ${PER_DEPARTMENT}), '科员',
        CASE WHEN i = 0 THEN '["supervisor"]' WHEN i <= ${LEADERS} THEN '["leader"]' ELSE '[]' END,
        i % ${PER_DEPARTMENT} = 1, 1 FROM n`;
  });
  const rounds = Math.ceil(entries / ROUND);
  for (let round = 0; round < rounds; round++)
    await addRound(database, { round, isOld: round < rounds * closed, people });
  await database.write((rows) => rows.$executeRaw`ANALYZE`);
  // What was filled in reaches the disk now, and not with the first commit that is measured.
  await database.rows.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`;
}

async function addRound(
  database: Store['database'],
  { round, isOld: isClosed, people }: { round: number; isOld: boolean; people: number },
): Promise<void> {
  const isOld = isClosed ? 1 : 0;
  // With its last measure a problem is closed, and with its last problem the round.
  const closedAt = isClosed ? '2026-11-01T01:00:00.000+00:00' : null;
  const state = isClosed ? 'closed' : 'progressing';
  await database.write(async (rows) => {
    await rows.$executeRaw`
      INSERT INTO "Entry" ("id", "ledger", "ref", "refOrder", "state", "title", "closedAt", "position", "facets", "data", "dataVersion", "version", "createdAt", "changedAt")
      SELECT printf('round-%06d', ${round}), 'rectification', printf('Z%d', ${round + 1}), printf('Z%04d', ${round + 1}), ${state},
        printf('示例第%d轮巡察', ${round + 1}), ${closedAt}, 0, '{}', '{"level":"round","source":"巡察"}', 1, 1, '2026-10-09T01:00:00.000+00:00', '2026-10-09T01:00:00.000+00:00'`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${PROBLEMS})
      INSERT INTO "Entry" ("id", "ledger", "ref", "refOrder", "state", "title", "closedAt", "parentId", "position", "facets", "data", "dataVersion", "version", "createdAt", "changedAt")
      SELECT printf('problem-%06d-%04d', ${round}, i), 'rectification', printf('Z%d-%d', ${round + 1}, i), printf('Z%04d-%04d', ${round + 1}, i), ${state},
        printf('示例：第%d个问题，制度执行不到位', i), ${closedAt}, printf('round-%06d', ${round}), i * 1000, '{}', json_object('level', 'problem', 'number', i), 1, 1,
        '2026-10-09T01:00:00.000+00:00', '2026-10-09T01:00:00.000+00:00' FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${ROUND})
      INSERT INTO "Entry" ("id", "ledger", "ref", "refOrder", "state", "title", "parentId", "position", "dueOn", "closedAt", "departmentId", "facets", "data",
        "dataVersion", "version", "createdAt", "changedAt")
      SELECT printf('item-%06d-%04d', ${round}, i), 'rectification', printf('Z%d-%d-%d', ${round + 1}, i / ${MEASURES} + 1, i % ${MEASURES} + 1),
        printf('Z%04d-%04d-%04d', ${round + 1}, i / ${MEASURES} + 1, i % ${MEASURES} + 1),
        CASE WHEN ${isOld} THEN 'closed' WHEN i % 7 = 0 THEN 'signed' WHEN i % 97 = 0 THEN 'stalled' ELSE 'progressing' END,
        printf('示例：第%d项整改措施，完善项目评审专家遴选和回避办法', i), printf('problem-%06d-%04d', ${round}, i / ${MEASURES} + 1), i % ${MEASURES} + 1,
        date('2026-11-23', printf('%d days', (i * 37 + ${round}) % 400 - 30)), ${closedAt},
        printf('department-%06d', (i * 13 + ${round}) % ${people} / ${PER_DEPARTMENT}), '{}',
        json_object('level', 'measure', 'number', i % ${MEASURES} + 1, 'category', CASE WHEN i % 50 = 0 THEN 'lasting' ELSE 'timed' END, 'assignedOn', '2026-10-09',
          'progress', json_object('on', '2026-11-12', 'text', '示例：已完成制度修订的征求意见')),
        1, 4, '2026-10-09T01:00:00.000+00:00', strftime('%Y-%m-%dT%H:%M:%f+00:00', '2026-10-09', printf('%d seconds', (i * 7919 + ${round} * 31) % 3000000)) FROM n`;
    await rows.$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${ROUND})
      INSERT INTO "EntryPerson" ("entryId", "personId", "part")
      SELECT printf('item-%06d-%04d', ${round}, i), printf('person-%06d', (i * 13 + ${round}) % ${people}), 'responsible' FROM n
      UNION ALL
      SELECT printf('item-%06d-%04d', ${round}, i), printf('person-%06d', 1 + i % ${LEADERS}), 'leader' FROM n`;
  });
}
