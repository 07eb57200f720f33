import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withRealPaths } from '../../bot/wechat/running-child.ts';

it('the child may read what a link leads to, and the link', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'qinglian-link-')));
  await mkdir(join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(folder, 'node_modules'));
  expect(withRealPaths([`${folder}/node_modules/`])).toEqual([
    `${folder}/node_modules/`,
    `${folder}/elsewhere/`,
  ]);
  expect(withRealPaths([`${folder}/elsewhere/`])).toEqual([`${folder}/elsewhere/`]);
  await rm(folder, { recursive: true });
});
