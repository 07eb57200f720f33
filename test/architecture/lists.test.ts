import { describe, expect, it } from 'vitest';
import { unlisted } from './lists.ts';
import { type Source, sourcesOf } from './source.ts';

/** What a rule says of a tree that was made up to break it. */
const of = (rule: (sources: readonly Source[]) => string[], files: Record<string, string>) =>
  rule(sourcesOf(files));

describe('the rule for lists', () => {
  it('finds handlers, jobs, ledgers, platforms and commands that nobody would reach', () => {
    const said = of(unlisted, {
      'handlers/index.ts': "import { help } from './help.ts';",
      'handlers/help.ts': 'export const help: Query = { name: "help" };',
      'handlers/ask.ts': 'export const ask: Command = {};',
      'handlers/many.ts': 'export function many(): Query[] { return []; }',
      'handlers/arrow.ts': 'export const arrow = (): readonly Command[] => [];',
      'handlers/page.ts': 'export const page = (typed: string): Page => ({ typed });',
      'jobs/index.ts': '',
      'jobs/sweep.ts': 'export const sweep: Job = {};',
      'jobs/define.ts': 'export interface Job { name: string }',
      'ledger/ledgers.ts': "import { gifts } from './gifts/gifts.ts';",
      'ledger/gifts/gifts.ts': '',
      'ledger/trips/trips.ts': '',
      'ledger/audit/verify.ts': '',
      'bot/platforms.ts': '',
      'bot/lark/lark.ts': '',
      'cli/commands.ts': '',
      'cli/unlisted.ts': 'export function addUnlisted(program: Command): void {}',
      'cli/dry-run.ts': 'export function rolledBack(dryRun: boolean): void {}',
    });
    expect(said).toEqual([
      'handlers/ask.ts is missing in handlers/index.ts',
      'handlers/many.ts is missing in handlers/index.ts',
      'handlers/arrow.ts is missing in handlers/index.ts',
      'jobs/sweep.ts is missing in jobs/index.ts',
      'ledger/trips/trips.ts is missing in ledger/ledgers.ts',
      'bot/lark/lark.ts is missing in bot/platforms.ts',
      'cli/unlisted.ts is missing in cli/commands.ts',
    ]);
  });
});
