import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { askedByOthers, needlessWays, otherWaysToEntries, type Relations, relationsIn } from './entries.ts';
import { projectSources, type Source, sourcesOf } from './source.ts';

let sources: Source[];
let relations: Relations;

beforeAll(async () => {
  sources = await projectSources();
  relations = relationsIn(await readFile(new URL('../../prisma/models.prisma', import.meta.url), 'utf8'));
});

const said = (text: string, path = 'handlers/a.ts') =>
  otherWaysToEntries(sourcesOf({ [path]: text }), relations).map((line) => line.replace(/^[^ ]+ /, ''));

describe('there is one way to entries', () => {
  it('and no other file of the house touches their tables', () => {
    expect(otherWaysToEntries(sources, relations)).toEqual([]);
  });

  it('and what reads or writes single entries for it is asked by nobody else', () => {
    expect(askedByOthers(sources)).toEqual([]);
    const found = askedByOthers(
      sourcesOf({
        'handlers/a.ts': "import { oneEntry } from '../prisma/read-entries.ts';",
        'prisma/b.ts': "export { changeIfUnchanged } from './change-entry.ts';",
        'ledger/audit/trail.ts': "import { appendToChain } from '../../prisma/chain-end.ts';",
      }),
    );
    expect(found).toEqual(['handlers/a.ts: ../prisma/read-entries.ts', 'prisma/b.ts: ./change-entry.ts']);
  });

  it('and every file that is excepted still has its reason', () => {
    expect(needlessWays(sources, relations)).toEqual([]);
  });

  it('and every room of the house is looked at', () => {
    const rooms = ['main.ts', 'ledger/', 'handlers/', 'bot/lark/', 'jobs/', 'web/', 'cli/', 'prisma/'];
    for (const room of rooms)
      expect(
        sources.some(({ path }) => path.startsWith(room)),
        room,
      ).toBe(true);
  });
});

describe('another way is found', () => {
  it.each([
    ['a query', 'rows.entry.findMany({})', 'the table Entry'],
    ['a count', 'store.database.rows.entry.count()', 'the table Entry'],
    ['a table that is taken out first', 'const { entry } = rows; entry.count({})', 'the table Entry'],
    ['a table under another name', 'const table = rows.recusal;', 'the table Recusal'],
    ['a transaction', 'write(({ auditRecord }) => auditRecord.findFirst())', 'the table AuditRecord'],
    ['who takes part', 'operation.rows.entryPerson.count({ where })', 'the table EntryPerson'],
    ['a receipt', 'rows.receipt.findUnique({})', 'the table Receipt'],
  ])('%s', (_what, code, table) => {
    expect(said(code)).toContain(table);
  });

  it.each([
    [
      'by what hangs on a person',
      'rows.person.findMany({ include: { parts: true } })',
      'the table EntryPerson, by way of Person',
    ],
    [
      'by a condition on a department',
      'rows.department.count({ where: { AND: [{ entries: { some: {} } }] } })',
      'the table Entry, by way of Department',
    ],
    [
      'two steps away',
      'rows.account.findMany({ where: { person: { parts: { some: {} } } } })',
      'the table EntryPerson, by way of Account',
    ],
    [
      'by a query that stands elsewhere in the file',
      'const query = { select: { entry: true } }; rows.attachment.findMany(query)',
      'the table Entry, by way of Attachment',
    ],
  ])('%s', (_what, code, table) => {
    expect(said(code)).toEqual([table]);
  });

  it('raw SQL, in whatever words', () => {
    expect(said('await rows.$queryRaw`SELECT 1`')).toEqual(['raw SQL outside of prisma/']);
    expect(said('const { $executeRawUnsafe: run } = rows')).toEqual(['raw SQL outside of prisma/']);
    for (const code of [
      'client.$queryRaw`SELECT * FROM "Entry"`',
      'plain(rows).ask(\'DELETE FROM "Entry"\', [])',
    ])
      expect(said(code, 'prisma/a.ts')).toEqual(['raw SQL on a table of entries']);
  });

  it('and what only sounds like it is not', () => {
    expect(
      said('entries.count({}); receipt.text; entry.version; rows.heldCard.count({ where: { entries } })'),
    ).toEqual([]);
  });
});
