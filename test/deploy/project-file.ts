import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The root of the project, with a slash. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const projectFile = (path: string): Promise<string> => readFile(`${ROOT}${path}`, 'utf8');
