import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openCommandDesk, sampleFile } from './desk.ts';

const module = (path: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../..', path)).href);

/** Records one thing after the other, and says each number once it is durable. */
const WRITER = `
  import { readEnvironment } from ${module('config/environment.ts')};
  import { ledgers } from ${module('ledger/ledgers.ts')};
  import { operate } from ${module('ledger/operation.ts')};
  import { openStore } from ${module('open-store.ts')};
  const store = await openStore(readEnvironment({ DATA_DIR: process.argv[1] }), ledgers);
  let goesOn = true;
  process.stdin.once('data', () => { goesOn = false; });
  for (let number = 1; goesOn; number++) {
    await operate(store, { actor: 'command:test', at: new Date() }, async ({ rows, trail }) => {
      await rows.meta.upsert({ where: { name: 'written' }, create: { name: 'written', value: String(number) }, update: { value: String(number) } });
      await trail.append({ action: 'test.write', values: { number } });
    });
    process.stdout.write(number + '\\n');
  }
  await store.database.close();
  process.exit(0);`;

it('backups that are made while others write are each one moment of the record, and lose nothing of before', async () => {
  const desk = await openCommandDesk();
  onTestFinished(() => desk.close());
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, desk.folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let written = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    written = Number(line);
  });
  await once(child.stdout, 'data');
  const spans: { file: string; from: number }[] = [];
  for (const name of ['a', 'b', 'c']) {
    const file = join(desk.folder, `${name}.backup`);
    const before = written;
    // On a busy machine it is the writer's turn only now and then.
    await expect.poll(() => written).toBeGreaterThan(before);
    const from = written;
    expect((await desk.run('backup', file)).code).toBe(0);
    spans.push({ file, from });
  }
  child.stdin.write('enough');
  await once(child, 'exit');
  for (const { file, from } of spans) {
    const other = await openCommandDesk();
    await cp(join(desk.folder, 'qinglian.key'), join(other.folder, 'qinglian.key'));
    expect((await other.run('restore', file)).code).toBe(0);
    expect((await other.run('verify')).code).toBe(0);
    const [number, last] = await other.look(async ({ database: { rows } }) => [
      Number((await rows.meta.findUniqueOrThrow({ where: { name: 'written' } })).value),
      await rows.auditRecord.count({ where: { action: 'test.write' } }),
    ]);
    expect(number).toBe(last);
    expect(number).toBeGreaterThanOrEqual(from);
    await other.close();
  }
});
