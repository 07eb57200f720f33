import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

const FILE = '.env';

/** Takes the settings in `.env`, if there is one in the working directory; what is set otherwise has precedence. */
export function loadSettingsFile(): void {
  if (existsSync(FILE)) loadEnvFile(FILE);
}
