import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { unlisted } from './architecture/lists.ts';
import {
  anyTypes,
  badNames,
  clockReaders,
  defaultExports,
  environmentReaders,
  longFiles,
  longFunctions,
} from './architecture/manners.ts';
import { cycles, missingPackages, wrongNeighbours, wrongPackages, wrongRooms } from './architecture/rooms.ts';
import { projectSources, type Source } from './architecture/source.ts';

let sources: Source[];
let dependencies: string[];

beforeAll(async () => {
  sources = await projectSources();
  // What the child process of WeChat needs stands in a package of its own, so that it can be left out.
  const listed = await Promise.all(
    ['../package.json', '../bot/wechat/child/package.json'].map(dependenciesIn),
  );
  dependencies = listed.flat();
});

async function dependenciesIn(path: string): Promise<string[]> {
  const manifest = await readFile(new URL(path, import.meta.url), 'utf8');
  return Object.keys((JSON.parse(manifest) as { dependencies: object }).dependencies);
}

describe('the project', () => {
  it('is read whole: its beginning, every room, and the page', () => {
    const paths = sources.map(({ path }) => path);
    for (const path of [
      'main.ts',
      'ledger/define.ts',
      'handlers/index.ts',
      'bot/local/page/main.js',
      'web/server.ts',
    ])
      expect(paths).toContain(path);
    expect(sources.find(({ path }) => path === 'main.ts')?.imports.map(({ from }) => from)).toContain(
      'start.ts',
    );
  });

  const RULES: Readonly<Record<string, (sources: readonly Source[]) => string[]>> = {
    'imports only from rooms that each room may know': wrongRooms,
    'has ledgers and platforms that do not know each other': wrongNeighbours,
    'knows each package in its own place only': wrongPackages,
    'runs on what package.json lists as dependencies': (all) => missingPackages(all, dependencies),
    'has no files that load each other in a circle': cycles,
    'has everything in its lists that is in their folders': unlisted,
    'has no file of more than 250 lines': longFiles,
    'has no function of more than 70 lines': longFunctions,
    'has no any': anyTypes,
    'has no default export': defaultExports,
    'has no file whose name says nothing': badNames,
    'reads the environment where a program begins': environmentReaders,
    'reads the clock where a program begins': clockReaders,
  };
  it.each(Object.keys(RULES))('%s', (rule) => {
    expect(RULES[rule]?.(sources)).toEqual([]);
  });
});
