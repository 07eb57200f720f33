import { describe, expect, it } from 'vitest';
import { cycles, missingPackages, wrongNeighbours, wrongPackages, wrongRooms } from './rooms.ts';
import { type Source, sourcesOf } from './source.ts';

/** What a rule says of a tree that was made up to break it. */
const of = (rule: (sources: readonly Source[]) => string[], files: Record<string, string>) =>
  rule(sourcesOf(files));

describe('the rules for rooms', () => {
  it('find an import from a room that must not be known', () => {
    const said = of(wrongRooms, {
      'ledger/a.ts': "import { b } from '../bot/b.ts';\nimport { rows } from '../prisma/database.ts';",
      'ledger/deep/c.ts': "import { d } from '../d.ts';\nexport { h } from '../../handlers/h.ts';",
      'handlers/e.ts': "import { f } from '../ledger/f.ts';",
    });
    expect(said).toEqual([
      'ledger/a.ts:1: ledger/ may not import bot/b.ts',
      'ledger/deep/c.ts:2: ledger/ may not import handlers/h.ts',
    ]);
  });

  it('count an import of a type, and one that happens later', () => {
    const said = of(wrongRooms, {
      'web/a.ts': "import type { Job } from '../jobs/define.ts';",
      'jobs/b.ts': "const bot = () => import('../bot/receive.ts');",
      'prisma/c.ts': "export type C = import('../ledger/c.ts').C;",
    });
    expect(said).toEqual([
      'web/a.ts:1: web/ may not import jobs/define.ts',
      'jobs/b.ts:1: jobs/ may not import bot/receive.ts',
      'prisma/c.ts:1: prisma/ may not import ledger/c.ts',
    ]);
  });

  it('let the ledger know types of the config, and nothing that runs', () => {
    const said = of(wrongRooms, {
      'ledger/a.ts': "import type { Rules } from '../config/rules.ts';",
      'ledger/b.ts': "import { readRules } from '../config/rules.ts';",
      'ledger/c.ts': "import { type Rules } from '../config/rules.ts';",
    });
    expect(said.map((line) => line.split(':')[0])).toEqual(['ledger/b.ts', 'ledger/c.ts']);
  });

  it('find a room that nobody declared, and leave those that put the house together alone', () => {
    const said = of(wrongRooms, {
      'cellar/a.ts': "import { b } from '../ledger/b.ts';",
      'start.ts': "import { b } from './web/b.ts';",
      'demo/c.ts': "import { b } from '../web/b.ts';",
    });
    expect(said).toEqual(['cellar/a.ts:1: cellar/ is no room that the rules know']);
  });

  it('find one ledger that knows another, shared code that knows one, and a platform that knows another', () => {
    const said = of(wrongNeighbours, {
      'ledger/gifts/gifts.ts': "import { moves } from './moves.ts';\nimport { b } from '../trips/moves.ts';",
      'ledger/trips/trips.ts': '',
      'ledger/entry.ts': "import { trips } from './trips/trips.ts';",
      'ledger/ledgers.ts': "import { trips } from './trips/trips.ts';",
      'bot/lark/lark.ts': "import { reply } from '../local/reply.ts';",
      'bot/local/local.ts': '',
      'handlers/a.ts': "import { trips } from '../ledger/trips/trips.ts';",
    });
    expect(said).toEqual([
      'ledger/gifts/gifts.ts:2: only the list may know ledger/trips/, and this is ledger/gifts/gifts.ts',
      'ledger/entry.ts:1: only the list may know ledger/trips/, and this is ledger/entry.ts',
      'bot/lark/lark.ts:1: only the list may know bot/local/, and this is bot/lark/lark.ts',
    ]);
  });

  it('find a page that takes something from the house', () => {
    const said = of(wrongNeighbours, {
      'bot/local/page/a.js': "import { b } from './b.js';\nimport '../reply.ts';",
    });
    expect(said).toEqual(['bot/local/page/a.js:2: the page has only itself, not bot/local/reply.ts']);
  });
});

describe('the rules for packages', () => {
  it('find a package out of its place', () => {
    const said = of(wrongPackages, {
      'web/a.ts': "import Koa from 'koa';\nimport { z } from 'zod';",
      'bot/b.ts': "import type { Context } from 'koa';\nimport Router from '@koa/router/sub';",
      'ledger/c.ts': "import { zh } from 'chrono-node/zh';\nimport 'temporal-polyfill';",
      'ledger/calendar.ts': "import 'temporal-polyfill';",
      'main.ts': "import { DatabaseSync } from 'node:sqlite';",
      'test/d.ts': "import ExcelJS from 'exceljs';",
    });
    expect(said).toEqual([
      'bot/b.ts:1: koa may be known in web/ only',
      'bot/b.ts:2: @koa/router may be known in web/ only',
      'ledger/c.ts:2: temporal-polyfill may be known in ledger/calendar.ts only',
      'main.ts:1: node:sqlite may be known in prisma/ only',
    ]);
  });

  it('find what runs in a bureau and is installed at a developer only', () => {
    const files = {
      'ledger/a.ts': "import { z } from 'zod';\nimport { Packer } from 'docx';\nimport { x } from 'node:fs';",
      'ledger/b.ts': "import type { Packer } from 'docx';",
      'test/c.ts': "import { it } from 'vitest';",
    };
    expect(of((all) => missingPackages(all, ['zod']), files)).toEqual([
      'ledger/a.ts:2: docx is no dependency',
    ]);
  });
});

describe('the rule for circles', () => {
  it('finds files that load each other, at any distance', () => {
    const said = of(cycles, {
      'ledger/a.ts': "import { b } from './b.ts';",
      'ledger/b.ts': "export { c } from './deep/c.ts';",
      'ledger/deep/c.ts': "import '../a.ts';",
      'ledger/d.ts': "import { a } from './a.ts';",
    });
    expect(said).toEqual(['ledger/a.ts → ledger/b.ts → ledger/deep/c.ts → ledger/a.ts']);
  });

  it('leaves contracts alone that name each other as types', () => {
    const said = of(cycles, {
      'ledger/a.ts': "import type { B } from './b.ts';",
      'ledger/b.ts': "import { a } from './a.ts';",
    });
    expect(said).toEqual([]);
  });
});
