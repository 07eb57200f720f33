import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FLAGS } from '../../campaign/running-program.ts';

it.each([
  ['package.json', FLAGS.join(' ')],
  ['deploy/qinglian.service', FLAGS.join(' ')],
  ['deploy/Dockerfile', FLAGS.join(' ')],
  ['deploy/Dockerfile', FLAGS.map((flag) => `"${flag}"`).join(', ')],
])('%s starts the program with the flags with which it is tested', async (file, flags) => {
  expect(await readFile(file, 'utf8')).toContain(flags);
});
