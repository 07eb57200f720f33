import { cp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Random, randomFrom } from '../random.ts';
import { RunningProgram, type Variables } from '../running-program.ts';
import { seenAtWork } from './at-work.ts';
import { contentsOf } from './contents.ts';
import type { Fault, FaultRun, Seen } from './define.ts';
import { runCommand } from './run-command.ts';

const ROUNDS = 6;
const PAGE_BYTES = 4096;
const SECTOR_BYTES = 512;

export const damagedPage: Fault = {
  name: 'damaged-page',
  promised:
    'A page of the database that was overwritten is named by the start or by qinglian verify; what neither names has changed nothing.',
  async inject(run) {
    let variables: Variables | undefined;
    const seen = await seenAtWork(run, async (work) => {
      variables = work.variables;
      return {};
    });
    if (!variables) throw new Error('Nothing was filed');
    const found = await damagedAgainAndAgain(run, variables);
    return { ...seen, ...found, broken: [...seen.broken, ...found.broken] };
  },
};

/** What came of one damaged page. */
type Verdict = 'named' | 'harmless' | 'silent';

async function damagedAgainAndAgain(
  { folder, seed }: FaultRun,
  variables: Variables,
): Promise<Pick<Seen, 'broken' | 'remarks' | 'servesAgainMs'>> {
  const random = randomFrom(seed);
  const whole = join(folder, 'whole');
  await cp(variables.DATA_DIR, whole, { recursive: true });
  const broken: string[] = [];
  const verdicts: Verdict[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await layOut(whole, variables);
    const where = await damage(databaseIn(variables.DATA_DIR), random, round === 0 ? 0 : undefined);
    const verdict = await judged(variables, whole);
    verdicts.push(verdict);
    if (verdict === 'silent') broken.push(`${where} was overwritten, and nothing names it`);
  }
  await layOut(whole, variables);
  await damage(databaseIn(variables.DATA_DIR), random, 0);
  broken.push(...(await refusedStart(variables)));
  await layOut(whole, variables);
  const counted = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
  return {
    broken,
    servesAgainMs: await startedAgain(variables),
    remarks: [`${ROUNDS} pages: ${counted('named')} named, ${counted('harmless')} where nothing stood`],
  };
}

const databaseIn = (folder: string): string => join(folder, 'qinglian.db');

async function layOut(whole: string, { DATA_DIR }: Variables): Promise<void> {
  await rm(DATA_DIR, { recursive: true });
  await cp(whole, DATA_DIR, { recursive: true });
}

/** Overwrites a page, or a sector of one, by noise or by nothing. @returns where, in words */
async function damage(file: string, random: Random, page?: number): Promise<string> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const number = page ?? random.between(1, size / PAGE_BYTES - 1);
    const isWhole = random.chance(0.5);
    const length = isWhole ? PAGE_BYTES : SECTOR_BYTES;
    const at = number * PAGE_BYTES + (isWhole ? 0 : random.between(0, 7) * SECTOR_BYTES);
    const isNoise = random.chance(0.7);
    const bytes = Buffer.from(Array.from({ length }, () => (isNoise ? random.between(0, 255) : 0)));
    await handle.write(bytes, 0, length, page === 0 ? 0 : at);
    return `${length} bytes at ${at} (${isNoise ? 'noise' : 'zeros'})`;
  } finally {
    await handle.close();
  }
}

async function judged(variables: Variables, whole: string): Promise<Verdict> {
  // Before the command, which may change the file by opening it.
  const isSame = contentsOf(databaseIn(variables.DATA_DIR)) === contentsOf(databaseIn(whole));
  const { code } = await runCommand(variables, ['verify']);
  if (code !== 0) return 'named';
  return isSame ? 'harmless' : 'silent';
}

async function refusedStart(variables: Variables): Promise<string[]> {
  await using program = new RunningProgram(variables);
  program.start();
  const code = await program.ended();
  const [said = ''] = program.faults.slice(-1);
  const isNamed = said.includes(databaseIn(variables.DATA_DIR)) && said.includes('restore');
  return code === 1 && isNamed ? [] : [`A start on a damaged file ended with ${code} and said: ${said}`];
}

async function startedAgain(variables: Variables): Promise<number> {
  await using program = new RunningProgram(variables);
  program.start();
  return await program.ready();
}
