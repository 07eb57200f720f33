import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CHATS, FOLDERS } from './chats.ts';
import { openPeople, type People } from './the-people.ts';

let people: People;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.bureau.close());

it('runs over each platform what that platform declares that it can', async () => {
  const { capabilities } = await people.bureau.declared();
  expect(capabilities).toEqual(CHATS[inject('platform')]);
});

it('has no folder that nobody is asked to pass, and asks for none that there is not', async () => {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual(Object.keys(FOLDERS).sort());
  for (const folder of folders)
    expect(
      Object.values(CHATS).some((can) => FOLDERS[folder]?.(can)),
      folder,
    ).toBe(true);
});
