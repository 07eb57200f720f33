import { Command } from 'commander';
import { CommandFailed } from './command-failed.ts';
import { openCommands } from './commands.ts';

const program = new Command('qinglian')
  .description('Qinglian from the command line. Results on stdout, progress and errors on stderr.')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

openCommands(program, {
  variables: process.env,
  now: () => new Date(),
  write: (text) => void process.stdout.write(text),
});

try {
  await program.parseAsync();
} catch (fault) {
  process.exitCode = exitCode(fault);
}

/** 0 done, 1 refused or failed, 2 wrong usage. */
function exitCode(fault: unknown): number {
  if (fault instanceof Error && 'exitCode' in fault && 'code' in fault) return fault.exitCode === 0 ? 0 : 2;
  if (fault instanceof CommandFailed && fault.isSaid) return 1;
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  return 1;
}
