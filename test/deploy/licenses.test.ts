import { beforeAll, expect, it } from 'vitest';
import {
  isAllowed,
  type LicensedPackage,
  licensesPage,
  packagesIn,
  UNSTATED,
} from '../../deploy/licenses.ts';
import { projectFile } from './project-file.ts';

let packages: LicensedPackage[];
beforeAll(async () => {
  packages = packagesIn(JSON.parse(await projectFile('package-lock.json')));
});

it('every package that runs with the service is under a licence that is allowed', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter((each) => !isAllowed(each))).toEqual([]);
});

it('docs/licenses.md is up to date; `npm run licenses` writes it', async () => {
  expect(await projectFile('docs/licenses.md')).toBe(licensesPage(packages));
});

it('what stands without a licence is still there', () => {
  const ids = packages.map(({ name, version }) => `${name}@${version}`);
  expect(Object.keys(UNSTATED).filter((id) => !ids.includes(id))).toEqual([]);
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['(MIT AND Zlib)', true],
  ['GPL-3.0-or-later', false],
  ['(MIT AND GPL-3.0-or-later)', false],
  ['SEE LICENSE IN LICENSE', false],
  [undefined, false],
])('%s is allowed: %s', (license, allowed) => {
  expect(isAllowed({ name: 'made-up', version: '1.0.0', license })).toBe(allowed);
});

it('what only develops is no part of the list, what is shared is', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'bot/wechat/child': { version: '0.1.0' },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/a/node_modules/b': { version: '1.0.0', license: 'ISC' },
      'node_modules/c': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/d': { version: '1.0.0', license: 'MIT', devOptional: true },
      'node_modules/e': { name: 'other', version: '3.0.0', license: 'MIT' },
      'node_modules/f': { link: true },
    },
  };
  expect(packagesIn(lock).map(({ name, version }) => `${name}@${version}`)).toEqual([
    'b@1.0.0',
    'b@2.0.0',
    'other@3.0.0',
  ]);
});
