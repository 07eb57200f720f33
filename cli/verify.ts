import { type Command, Option } from 'commander';
import type { StandingHead } from '../ledger/audit/heads.ts';
import { headForPeople } from '../ledger/audit/trail.ts';
import { type Verification, verify } from '../ledger/audit/verify.ts';
import type { Store } from '../ledger/store.ts';
import { CommandFailed } from './command-failed.ts';
import type { Desk } from './commands.ts';

const collect = (head: string, heads: string[]) => [...heads, head];

export function addVerify(program: Command, desk: Desk): void {
  program
    .command('verify')
    .description('walk the audit chain and compare it with the ledger; exit 1 when something does not fit')
    .option(
      '--against <head>',
      'a head that a digest gave out, from a chat or from paper: all that stood before it must still stand; may be repeated',
      collect,
      [],
    )
    // What it was called before it could say what it found.
    .addOption(new Option('--head <head>').argParser(collect).default([]).hideHelp())
    .option('--json', 'print the result as JSON')
    .action(async (options: { against: string[]; head: string[]; json?: boolean }) => {
      const heads = [...options.against, ...options.head];
      const result = await desk.withStore((store) => verifyStored(store, heads));
      const lines = [
        `${result.records} records, head ${result.head}`,
        ...(result.brokenAt === undefined ? [] : [`broken at record ${result.brokenAt}`]),
        ...result.standing.map(standingLine),
        ...result.problems,
        result.problems.length === 0
          ? 'The chain holds.'
          : `The chain does not hold: ${result.problems.length} problem(s).`,
      ];
      desk.print(result, options.json, lines);
      if (result.problems.length > 0) throw new CommandFailed('verify failed');
    });
}

/** How the record is stored is looked at first: what cannot be read cannot be walked. */
async function verifyStored({ database, keys }: Store, heads: readonly string[]): Promise<Verification> {
  const damage = (await database.damage()).map((found) => `The database is damaged: ${found}`);
  try {
    const result = await verify(database.rows, heads, keys);
    return { ...result, problems: [...damage, ...result.problems] };
  } catch (fault) {
    if (damage.length === 0) throw fault;
    const said = `The chain cannot be walked: ${fault instanceof Error ? fault.message : String(fault)}`;
    return { records: 0, head: '', problems: [...damage, said], standing: [] };
  }
}

const standingLine = ({ head, records, at }: StandingHead): string =>
  `Head ${headForPeople(head)} stands: records 1 to ${records}, the last of ${at}, are unchanged`;
