import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort, RunningProgram } from '../../campaign/running-program.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { hasServer } from './empty-database.ts';
import { openInstance } from './instances.ts';
import { type Server, startServer } from './server.ts';

const SOON = { timeout: 30_000, interval: 100 };

async function serverOfItsOwn(): Promise<{ server: Server; url: string }> {
  const server = await startServer(await freePort());
  onTestFinished(() => server.stop());
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  await client.query('CREATE DATABASE bureau');
  await client.end();
  return { server, url: `${server.url}/bureau` };
}

describe.skipIf(!hasServer())('a server that goes away', () => {
  it('costs nothing that was taken: the house says that it lost the lead, and opened anew it goes on', async () => {
    const { server, url } = await serverOfItsOwn();
    const folder = await mkdtemp(join(tmpdir(), 'qinglian-restart-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const before = await openInstance(url, folder);
    await before.says('林砚秋', '帮助');
    await expect.poll(() => before.reads('林砚秋'), SOON).toContain('我要报告');
    await server.crash();
    await expect(before.says('林砚秋', '我的整改')).rejects.toThrow();
    await before.service.lost;
    await server.start();
    await before.stop();
    const after = await openInstance(url, folder);
    onTestFinished(() => after.stop());
    expect(await after.reads('林砚秋')).toContain('我要报告');
    await after.says('林砚秋', '统计');
    await expect.poll(() => after.reads('林砚秋'), SOON).toContain('统计');
    const { rows, close } = await openDatabase(url);
    expect((await verify(rows)).problems).toEqual([]);
    await close();
  });

  it('does not keep a program from ending that waits for it', async () => {
    const { server, url } = await serverOfItsOwn();
    const folder = await mkdtemp(join(tmpdir(), 'qinglian-restart-'));
    const port = String(await freePort());
    const program = new RunningProgram({ PORT: port, DATA_DIR: folder, DATABASE_URL: url, LOCAL_CHAT: 'on' });
    onTestFinished(async () => {
      await program.kill().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    });
    program.start();
    await expect.poll(() => program.log.join(), SOON).toContain('Qinglian is running');
    await server.crash();
    await expect.poll(() => program.log.join(), SOON).toContain('cannot open yet');
    const { code, tookMs } = await program.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
  }, 60_000);
});
