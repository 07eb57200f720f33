import { Command } from 'commander';
import { CommandFailed } from './command-failed.ts';
import { type Outside, openCommands } from './commands.ts';

/** Runs one command. @returns its exit code: 0 done, 1 refused or failed, 2 wrong usage */
export async function run(args: readonly string[], outside: Outside): Promise<number> {
  const program = new Command('qinglian')
    .description('Qinglian from the command line. Results on stdout, progress and errors on stderr.')
    .exitOverride()
    .configureOutput({ writeOut: outside.write, writeErr: outside.writeError });
  openCommands(program, outside);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (fault) {
    return exitCode(fault, outside);
  }
}

function exitCode(fault: unknown, outside: Outside): number {
  if (fault instanceof Error && 'exitCode' in fault) return fault.exitCode === 0 ? 0 : 2;
  if (fault instanceof CommandFailed) return 1;
  outside.writeError(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  return 1;
}
