import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshKey, openKeyFile, readKeyFile, writeKeyFile } from '../../../ledger/key-file.ts';
import { sealingKeys } from '../../../ledger/key-ring.ts';

const AT = new Date('2026-11-25T02:00:00Z');
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-keys-'));
  path = join(folder, 'qinglian.key');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (content: unknown) => writeFile(path, JSON.stringify(content), { mode: 0o600 });
const opened = async (needed: string[] = []) => sealingKeys(await openKeyFile(path, needed));

test('is made when it is absent: with one key, for its owner only, and nothing is left beside it', async () => {
  const keys = await opened();
  expect(readKeyFile(path)).toMatchObject({ current: keys.id, keys: [{ id: keys.id }] });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['qinglian.key']);
  expect((await opened([keys.id])).id).toBe(keys.id);
});

test('with a single key, as it was once, is read as a file with that key', async () => {
  const key = randomBytes(32).toString('base64');
  await write({ key });
  const { id } = await opened();
  expect(readKeyFile(path).keys).toEqual([{ id, key, madeAt: (await stat(path)).mtime.toISOString() }]);
});

test('that others can read is refused, with the mode that was found', async () => {
  await opened();
  await chmod(path, 0o640);
  await expect(opened()).rejects.toThrow('has mode 640, expected 600');
});

test.each([
  ['no JSON', '{"key": '],
  ['a key that is too short', { key: 'AAAA' }],
  ['no key at all', { current: '00000000', keys: [] }],
  ['a current key that it has not', { current: '00000000', keys: [freshKey(AT)] }],
  ['a key under another id', { current: '00000000', keys: [{ ...freshKey(AT), id: '00000000' }] }],
  ['something more', { ...{ current: '', keys: [freshKey(AT)] }, more: 1 }],
])('with %s is no key file, and is not quoted', async (_what, content) => {
  if (typeof content === 'string') await writeFile(path, content, { mode: 0o600 });
  else await write(content);
  const fault = await opened().catch((error: Error) => error.message);
  expect(fault).toContain('is not one');
  const written = /"key":"([^"]+)"/.exec(await readFile(path, 'utf8'))?.[1];
  if (written) expect(fault).not.toContain(written);
});

test('is looked at again by whoever has it open: for sealing, and for a key that he does not know', async () => {
  const [writer, reader] = [await opened(), await opened()];
  const file = readKeyFile(path);
  const key = freshKey(AT);
  await writeKeyFile(path, { current: key.id, keys: [...file.keys, key] });
  const sealed = writer.seal('更新', 'entry/1');
  expect(sealed.subarray(1, 5)).toEqual(Uint8Array.from(Buffer.from(key.id, 'hex')));
  expect(reader.unseal(sealed, 'entry/1')).toBe('更新');
  expect(reader.ids).toEqual([file.current, key.id]);
});

test('behind a link is changed where it is, and the link stays', async () => {
  const link = join(folder, 'link.key');
  await symlink(path, link);
  await opened();
  const keys = sealingKeys(await openKeyFile(link, []));
  const key = freshKey(AT);
  await writeKeyFile(link, { current: key.id, keys: [...readKeyFile(link).keys, key] });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(readKeyFile(path).current).toBe(key.id);
  expect(keys.id).toBe(key.id);
});

test('that is gone or spoilt does not stop who has it open, and is taken up again when it is well', async () => {
  const keys = await opened();
  const well = await readFile(path);
  const sealed = keys.seal('还在', 'entry/1');
  for (const spoil of [() => rm(path), () => writeFile(path, 'x', { mode: 0o600 })]) {
    await spoil();
    expect(keys.unseal(keys.seal('还在', 'entry/1'), 'entry/1')).toBe('还在');
    expect(keys.unseal(sealed, 'entry/1')).toBe('还在');
  }
  await rm(path);
  await writeFile(path, well, { mode: 0o600 });
  expect(keys.unseal(keys.seal('还在', 'entry/1'), 'entry/1')).toBe('还在');
});
