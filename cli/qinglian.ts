import { loadSettingsFile } from '../config/settings-file.ts';
import { trustAsTheMachineDoes } from '../config/trusted-certificates.ts';
import { run } from './run.ts';

loadSettingsFile();
trustAsTheMachineDoes();
process.exitCode = await run(process.argv.slice(2), {
  variables: process.env,
  now: () => new Date(),
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
});
