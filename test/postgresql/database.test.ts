import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditTrail } from '../../ledger/audit/trail.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { sealingKey } from '../../ledger/seal.ts';
import type { Database } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { ringOf } from '../ledger/keys/key-world.ts';
import { emptyDatabase, hasServer } from './empty-database.ts';

const AT = new Date('2026-11-23T01:00:00.000Z');

async function opened(url: string): Promise<Database> {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

describe.skipIf(!hasServer())('a record in PostgreSQL', () => {
  it('has one chain, however many instances add to it at a time', async () => {
    const url = await emptyDatabase();
    const instances = await Promise.all([opened(url), opened(url), opened(url)]);
    const keys = ringOf(sealingKey(randomBytes(32)));
    const writes = Array.from({ length: 60 }, (_, index) =>
      (instances[index % 3] as Database).write((rows) =>
        auditTrail(rows, keys, 'job:test', AT).append({ action: `number ${index}` }),
      ),
    );
    const numbers = await Promise.all(writes);
    expect(new Set(numbers).size).toBe(60);
    const { records, problems } = await verify((instances[0] as Database).rows);
    expect({ records, problems }).toEqual({ records: 60, problems: [] });
  });

  it('keeps nothing of work that threw, and goes on', async () => {
    const database = await opened(await emptyDatabase());
    const failing = database.write(async (rows) => {
      await rows.meta.create({ data: { name: 'half', value: 'done' } });
      throw new Error('then it broke');
    });
    await expect(failing).rejects.toThrow('then it broke');
    await database.write((rows) => rows.meta.create({ data: { name: 'whole', value: 'done' } }));
    const names = (await database.rows.meta.findMany()).map(({ name }) => name).sort();
    expect(names).toEqual(['directory-stamp', 'whole']);
  });

  it('is opened by several at once, and made once', async () => {
    const url = await emptyDatabase();
    const instances = await Promise.all([opened(url), opened(url), opened(url), opened(url)]);
    for (const { rows } of instances) expect(await rows.meta.count()).toBe(1);
  });

  it('is led by one, and by the next when that one goes', async () => {
    const url = await emptyDatabase();
    const [first, second] = [await openDatabase(url), await opened(url)];
    const told: string[] = [];
    await first.lead.follow(async (leads) => void told.push(`first ${leads}`));
    await second.lead.follow(async (leads) => void told.push(`second ${leads}`));
    expect([first.lead.isOurs, second.lead.isOurs]).toEqual([true, false]);
    await first.close();
    await expect.poll(() => second.lead.isOurs, { timeout: 10_000 }).toBe(true);
    expect(told).toEqual(['first true', 'second true']);
  });

  it('says which database cannot be reached, and not by which password', async () => {
    const opening = openDatabase('postgresql://ledger:geheim@127.0.0.1:1/bureau');
    await expect(opening).rejects.toThrow('127.0.0.1:1/bureau cannot be used');
    await expect(opening).rejects.not.toThrow('geheim');
  });
});
