import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';

let desk: CommandDesk;

beforeEach(async () => {
  desk = await openCommandDesk();
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  await desk.run('role', 'give', '何望舒', '督查员');
});
afterEach(() => desk.close());

interface Listed {
  id: string;
  state: string;
  values: number;
}

const list = async () => JSON.parse((await desk.run('key', 'list', '--json')).out) as Listed[];

test('the keys are listed, one is put in the place of the other, and what is retired can be removed', async () => {
  const [first] = await list();
  expect(first).toMatchObject({ state: 'current' });
  expect(first?.values).toBeGreaterThan(0);
  const rotated = await desk.run('key', 'rotate', '--json');
  expect(rotated.code).toBe(0);
  expect(rotated.err).toContain('back the file up, apart from the database');
  const { current, retired } = JSON.parse(rotated.out);
  expect(retired).toEqual([first?.id]);
  expect(await list()).toMatchObject([
    { id: first?.id, state: 'retired', values: 0 },
    { id: current, state: 'current' },
  ]);
  expect((await desk.run('key', 'remove', current)).code).toBe(1);
  const removed = await desk.run('key', 'remove', first?.id ?? '', '--yes');
  expect(removed).toMatchObject({
    code: 0,
    out: expect.stringContaining(`Key ${first?.id} is no longer in`),
  });
  expect((await desk.run('key', 'list')).out).toMatch(
    new RegExp(`^${current}  current, made \\S+Z, \\d+ value\\(s\\)\n$`),
  );
  expect((await desk.run('verify')).code).toBe(0);
});

test('a key is not removed before it was said which backups need it, and that this is meant', async () => {
  const [first] = await list();
  await desk.run('key', 'rotate');
  const [retired] = JSON.parse((await desk.run('key', 'list', '--json')).out);
  const { code, out, err } = await desk.run('key', 'remove', first?.id ?? '');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(`Backups made before ${retired.retiredAt} need key ${first?.id};`);
  expect(err).toContain(`To remove it for good: key remove ${first?.id} --yes`);
  expect((await list()).map(({ id }) => id)).toContain(first?.id);
});

test('a key that cannot be removed is said to be none, with --yes too', async () => {
  const [current] = await list();
  for (const id of [current?.id ?? '', '00000000']) {
    const { code, err } = await desk.run('key', 'remove', id, '--yes');
    expect(code).toBe(1);
    expect(err).not.toContain('Backups made');
  }
});

test('a bit that was flipped in a sealed value is told by verify with the record, and rotation fails for it alone', async () => {
  const [seq, flipped] = await desk.look(({ database }) =>
    database.write(async ({ auditRecord }) => {
      const record = await auditRecord.findFirstOrThrow({ where: { sealed: { not: null } } });
      const sealed = new Uint8Array(record.sealed ?? []);
      sealed[10] = (sealed[10] ?? 0) ^ 4;
      await auditRecord.update({ where: { seq: record.seq }, data: { sealed } });
      return [record.seq, sealed];
    }),
  );
  const { code, out } = await desk.run('verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out).problems).toEqual([
    `Record ${seq}: its sealed auditRecord.sealed does not open: changed or moved`,
  ]);
  const rotated = await desk.run('key', 'rotate');
  expect(rotated.code).toBe(1);
  expect(rotated.out).toContain(`Left as they are, since they do not open: Record ${seq}.`);
  const after = await desk.look(({ database }) =>
    database.rows.auditRecord.findUniqueOrThrow({ where: { seq } }),
  );
  expect(after.sealed).toEqual(flipped);
  expect((await list()).map(({ state, values }) => [state, values > 1])).toEqual([
    ['retired', false],
    ['current', true],
  ]);
});
