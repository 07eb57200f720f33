import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort, RunningProgram } from '../../campaign/running-program.ts';

it('what was compiled is written once nobody writes, though the life ends without a word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-compiled-'));
  const port = String(await freePort());
  const program = new RunningProgram({
    PORT: port,
    DATA_DIR: folder,
    LOCAL_CHAT: 'on',
    NODE_COMPILE_CACHE: '',
  });
  onTestFinished(async () => {
    await program.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const written = () => readdir(join(folder, 'compiled'), { recursive: true }).then(({ length }) => length);
  program.start();
  await program.ready();
  expect(await written()).toBeLessThan(10);
  await expect.poll(written, { timeout: 20_000, interval: 100 }).toBeGreaterThan(500);
}, 40_000);
