import { describe, expect, it } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { emptyDatabase, hasServer } from './empty-database.ts';
import { type Instance, openInstances } from './instances.ts';

const SOON = { timeout: 20_000, interval: 50 };

const two = async (url: string): Promise<[Instance, Instance]> =>
  (await openInstances(url, 2)) as [Instance, Instance];

describe.skipIf(!hasServer())('two instances on one database', () => {
  it('answer what is said to either, and each thing once', async () => {
    const [leading, standingBy] = await two(await emptyDatabase());
    await standingBy.says('林砚秋', '帮助');
    await expect.poll(() => leading.reads('林砚秋'), SOON).toContain('我要报告');
    await leading.says('许星阑', '我的整改');
    await expect.poll(() => standingBy.reads('许星阑'), SOON).toContain('"from":"bot"');
    const seen = await leading.reads('林砚秋');
    expect(seen).not.toContain('"from":"bot"');
  });

  it('lose nothing that was taken when the leading one goes: the other goes on', async () => {
    const url = await emptyDatabase();
    const [leading, standingBy] = await two(url);
    await standingBy.says('林砚秋', '统计');
    await leading.stop();
    await standingBy.says('许星阑', '帮助');
    await expect.poll(() => standingBy.reads('许星阑'), SOON).toContain('我要报告');
    await expect.poll(() => standingBy.reads('林砚秋'), SOON).toContain('"from":"bot"');
    const { rows, close } = await openDatabase(url);
    expect((await verify(rows)).problems).toEqual([]);
    expect(await rows.inbox.count()).toBe(0);
    await close();
  });
});
