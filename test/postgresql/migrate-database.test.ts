import { describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';
import { chainHead } from '../../ledger/audit/trail.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { START } from '../bureau.ts';
import { freshRecord } from '../fresh-record.ts';
import { openLocalBureau } from '../local-bureau.ts';
import type { SampleRecord } from '../sample-record.ts';
import { emptyDatabase, hasServer } from './empty-database.ts';
import { openInstance } from './instances.ts';

async function migrated(folder: string, databaseUrl: string, to: string) {
  const said = { out: '', err: '' };
  const code = await run(['migrate-database', '--to', to], {
    variables: { DATA_DIR: folder, DATABASE_URL: databaseUrl },
    now: () => new Date(START),
    write: (text) => {
      said.out += text;
    },
    writeError: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}

const headAt = async (url: string) => {
  const { rows, close } = await openDatabase(url);
  const head = await chainHead(rows);
  await close();
  return head;
};

describe.skipIf(!hasServer())('a bureau that moves from SQLite to PostgreSQL', () => {
  it('finds everything there, goes on, and could move back', async () => {
    const bureau = await openLocalBureau();
    await bureau.say('林砚秋', '我要报告');
    await bureau.service.stop();
    const { folder, environment } = bureau;
    const to = await emptyDatabase();
    const there = await migrated(folder, environment.databaseUrl, to);
    expect(there).toMatchObject({ code: 0 });
    expect(there.out).toContain('rows are equal');
    expect(await headAt(to)).toEqual(await headAt(environment.databaseUrl));
    const moved = await openInstance(to, folder);
    expect(await moved.reads('林砚秋')).toContain('我要报告');
    await moved.says('林砚秋', '帮助');
    await expect.poll(() => moved.reads('林砚秋'), { timeout: 20_000 }).toContain('我要报告');
    await moved.stop();
    const back = await migrated(folder, to, `file:${folder}/back.db`);
    expect(back).toMatchObject({ code: 0 });
    await bureau.close();
  });

  it('is refused while a service runs, and where something stands already, and then nothing is changed', async () => {
    const bureau = await openLocalBureau();
    const to = await emptyDatabase();
    const whileRunning = await migrated(bureau.folder, bureau.environment.databaseUrl, to);
    expect(whileRunning.code).not.toBe(0);
    expect(whileRunning.err).toContain('stop it first');
    await bureau.close();
    const record: SampleRecord = await freshRecord(new Date(START));
    const first = await migrated(record.folder, record.environment.databaseUrl, to);
    expect(first.code).toBe(0);
    const head = await headAt(to);
    const again = await migrated(record.folder, record.environment.databaseUrl, to);
    expect(again.code).not.toBe(0);
    expect(again.err).toContain('not empty');
    expect(await headAt(to)).toEqual(head);
  });
});
