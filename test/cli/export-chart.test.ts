import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operate } from '../../ledger/operation.ts';
import { importReport } from '../../ledger/rectification/import-report.ts';
import { parseReport } from '../../ledger/rectification/report/parse-report.ts';
import { type CommandDesk, openCommandDesk } from './desk.ts';

const hasLibrary = await import('@napi-rs/canvas').then(
  () => true,
  () => false,
);

let desk: CommandDesk;
const file = (name: string) => join(desk.folder, name);

beforeAll(async () => {
  desk = await openCommandDesk();
  await desk.run('import', 'roster', 'sample/roster.csv');
});
afterAll(() => desk.close());

describe('export chart', () => {
  it('draws nothing where there is nothing', async () => {
    const said = await desk.run('export', 'chart', '--out', file('none.png'));
    expect(said).toMatchObject({ code: 1 });
    expect(said.err).toContain('nothing to draw');
  });

  it.skipIf(!hasLibrary)('writes the trend into a new .png that only its owner may read', async () => {
    const report = parseReport(await readFile('sample/rectification-report.txt', 'utf8'));
    await desk.look((store) =>
      operate(store, { actor: 'command:sample', at: new Date('2026-11-10T02:00:00Z') }, (operation) =>
        importReport(operation, report),
      ),
    );
    const said = await desk.run('export', 'chart', '--out', file('trend.png'), '--width', '640');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect((await stat(file('trend.png'))).mode & 0o777).toBe(0o600);
    const png = await readFile(file('trend.png'));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(640);
    const again = await desk.run('export', 'chart', '--out', file('trend.png'));
    expect(again.err).toContain('exists');
  });
});
