import type { Rows } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { type Verification, verify } from '../audit/verify.ts';
import { readKeyFile } from '../key-file.ts';
import { keysInUse } from '../keys-in-use.ts';
import { isThere } from './write-whole.ts';

/**
 * What speaks against putting a database in its place: the chain, and the keys where the key file is there already. Where it is
 * not, it has to be put in its place before the service starts.
 */
export async function problemsOfCopy(
  copy: string,
  keyFile: string,
): Promise<Pick<Verification, 'problems' | 'records'>> {
  const database = await openDatabase(`file:${copy}`);
  try {
    const { problems, records } = await verify(database.rows);
    return { records, problems: [...problems, ...(await missingKeys(database.rows, keyFile))] };
  } finally {
    await database.close();
  }
}

async function missingKeys(rows: Rows, keyFile: string): Promise<string[]> {
  if (!(await isThere(keyFile))) return [];
  const held = readKeyFile(keyFile).keys.map(({ id }) => id);
  return (await keysInUse(rows))
    .filter((id) => !held.includes(id))
    .map((id) => `the key file ${keyFile} lacks key ${id}, which it needs: use the key file of its time`);
}
