import type { Command } from 'commander';
import { verify } from '../ledger/audit/verify.ts';
import { CommandFailed } from './command-failed.ts';
import type { Desk } from './commands.ts';

const collect = (head: string, heads: string[]) => [...heads, head];

export function addVerify(program: Command, desk: Desk): void {
  program
    .command('verify')
    .description('walk the audit chain and compare it with the ledger; exit 1 when something does not fit')
    .option(
      '--head <head>',
      'a head that a digest gave out, from a chat or from paper; may be repeated',
      collect,
      [],
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: { head: string[]; json?: boolean }) => {
      const result = await desk.withStore((store) => verify(store.database.rows, options.head));
      const lines = [
        `${result.records} records, head ${result.head}`,
        ...(result.brokenAt === undefined ? [] : [`broken at record ${result.brokenAt}`]),
        ...result.problems,
        result.problems.length === 0
          ? 'The chain holds.'
          : `The chain does not hold: ${result.problems.length} problem(s).`,
      ];
      desk.print(result, options.json, lines);
      if (result.problems.length > 0) throw new CommandFailed('verify failed');
    });
}
