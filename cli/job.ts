import type { Command } from 'commander';
import { jobs } from '../jobs/index.ts';
import { previewJob, runJob } from '../jobs/run.ts';
import { readDirectory } from '../ledger/directory.ts';
import { headline } from '../ledger/message.ts';
import type { Desk } from './commands.ts';

interface Options {
  at?: string;
  dryRun?: boolean;
  json?: boolean;
}

export function addJob(program: Command, desk: Desk): void {
  program
    .command('job <name>')
    .description(`run one job now: ${jobs.map(({ name }) => name).join(', ')}`)
    .option('--at <instant>', 'as if it were then, ISO 8601')
    .option('--dry-run', 'print what would be said, and to whom; keep nothing')
    .option('--json', 'print the result as JSON')
    .action(async (name: string, options: Options) => {
      const job = jobs.find((candidate) => candidate.name === name);
      if (!job)
        throw new Error(
          `No job is named ${name}; expected one of ${jobs.map((each) => each.name).join(', ')}`,
        );
      const at = options.at === undefined ? desk.now() : instant(options.at);
      await desk.withStore(async (store) => {
        if (!options.dryRun) {
          const messages = await runJob(store, job, at);
          return desk.print({ job: name, at, messages }, options.json, [
            `${name}: ${messages} messages in line`,
          ]);
        }
        const previews = await previewJob(store, job, at);
        const directory = await readDirectory(store.database.rows);
        const lines = previews.map(
          ({ personId, content }) =>
            `${directory.byId(personId)?.staffNumber ?? personId}: ${headline(content)}`,
        );
        return desk.print({ job: name, at, previews }, options.json, [
          ...lines,
          `${previews.length} messages, none kept`,
        ]);
      });
    });
}

function instant(typed: string): Date {
  const at = new Date(typed);
  if (Number.isNaN(at.getTime()))
    throw new Error(`--at is ${typed}, expected an instant such as 2026-11-23T01:30:00Z`);
  return at;
}
