import { describe, expect, it } from 'vitest';
import {
  anyTypes,
  badNames,
  clockReaders,
  defaultExports,
  environmentReaders,
  longFiles,
  longFunctions,
} from './manners.ts';
import { type Source, sourcesOf } from './source.ts';

/** What a rule says of a tree that was made up to break it. */
const of = (rule: (sources: readonly Source[]) => string[], files: Record<string, string>) =>
  rule(sourcesOf(files));

describe('the budgets', () => {
  it('find a file of 251 lines, and none of 250', () => {
    const said = of(longFiles, { 'ledger/a.ts': ';\n'.repeat(250), 'ledger/b.ts': ';\n'.repeat(251) });
    expect(said).toEqual(['ledger/b.ts: 251 lines, at most 250']);
  });

  it('find a function of 71 lines, and none of 70', () => {
    const body = (lines: number) => `{\n${';\n'.repeat(lines - 2)}}`;
    const said = of(longFunctions, {
      'ledger/a.ts': `function a() ${body(70)}\nconst b = () => ${body(71)};`,
      'ledger/c.ts': `const c = { d() ${body(72)} };`,
    });
    expect(said).toEqual([
      'ledger/a.ts:71: a function of 71 lines, at most 70',
      'ledger/c.ts:1: a function of 72 lines, at most 70',
    ]);
  });

  it('find any, in a test too, and not in a word or a comment', () => {
    const said = of(anyTypes, {
      'ledger/a.ts': '// any\nconst anything = "any";\nlet b: Record<string, any>;',
      'test/c.ts': 'const c = d as any;',
    });
    expect(said.map((line) => line.split(': ')[0])).toEqual(['ledger/a.ts:3', 'test/c.ts:1']);
  });

  it('find a default export, however it is written', () => {
    const said = of(defaultExports, {
      'ledger/a.ts': 'export default function a() {}',
      'ledger/b.ts': 'const b = 1;\nexport { b as default };',
      'vitest.config.ts': 'export default {};',
    });
    expect(said.map((line) => line.split(': ')[0])).toEqual(['ledger/a.ts:1', 'ledger/b.ts:2']);
  });

  it('find a name that says nothing, and one in another case', () => {
    const files = [
      'ledger/utils.ts',
      'bot/helpers/a.ts',
      'web/date-helper.ts',
      'ledger/openStore.ts',
      'jobs/due.ts',
    ];
    const said = of(badNames, Object.fromEntries(files.map((path) => [path, ''])));
    expect(said).toEqual([
      'ledger/utils.ts: the name says nothing of what is in it',
      'bot/helpers/a.ts: the name says nothing of what is in it',
      'web/date-helper.ts: the name says nothing of what is in it',
      'ledger/openStore.ts: not in kebab-case',
    ]);
  });
});

describe('the rules for what comes from outside', () => {
  it('find a reader of the environment beside the beginnings of programs', () => {
    const reads = 'const port = process.env.PORT;';
    const said = of(environmentReaders, { 'main.ts': reads, 'start.ts': reads, 'config/a.ts': reads });
    expect(said.map((line) => line.split(': ')[0])).toEqual(['start.ts:1', 'config/a.ts:1']);
  });

  it('find a reader of the present time beside the beginnings of programs', () => {
    const said = of(clockReaders, {
      'main.ts': 'new Date();',
      'ledger/a.ts': 'new Date(0);\nconst at = new Date();',
      'ledger/b.ts': 'const at = Date.now();',
      'ledger/c.ts': 'const now: () => Date = () => given;\nconst text = Date();',
    });
    expect(said.map((line) => line.split(': ')[0])).toEqual([
      'ledger/a.ts:2',
      'ledger/b.ts:1',
      'ledger/c.ts:2',
    ]);
  });
});
