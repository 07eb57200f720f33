import { setTimeout as wait } from 'node:timers/promises';
import { ChatClient } from '../../bot/local/chat-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { type Violations, violationsIn } from '../checks.ts';
import type { Journal } from '../journal.ts';
import { badEnding, everythingSettled, movedToWorkingHours, RULES, settingsIn } from '../kill-campaign.ts';
import { startLoad } from '../load.ts';
import { type Random, randomFrom } from '../random.ts';
import { readRecord, type ServiceRecord } from '../record.ts';
import { type RunningOptions, RunningProgram, type Variables } from '../running-program.ts';
import type { FaultRun, Seen } from './define.ts';

/** The real program with people at it. */
export interface AtWork {
  readonly program: RunningProgram;
  readonly variables: Variables;
  readonly chat: ChatClient;
  readonly journal: Journal;
  readonly random: Random;
}

/** What a fault adds to what the record shows. */
export type Found = Partial<Pick<Seen, 'servesAgainMs' | 'remarks' | 'broken'>>;

export interface AtWorkOptions extends RunningOptions {
  /** What the program is told beside what it has to know. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Rules beside those that every campaign has. */
  readonly rules?: string;
}

/** How long people are at it before something goes wrong, and after it is over. */
const AT_IT_MS = 1500;

/**
 * Starts the program, sets people to work, lets `inject` bring the fault about and end it, lets everything be finished,
 * and holds what people were told against what stands in the record.
 */
export async function seenAtWork(
  { folder, seed }: FaultRun,
  inject: (work: AtWork) => Promise<Found>,
  options: AtWorkOptions = {},
): Promise<Seen> {
  const variables = { ...(await settingsIn(folder, `${RULES}${options.rules ?? ''}`)), ...options.variables };
  await using program = new RunningProgram(variables, options);
  const random = randomFrom(seed);
  program.start();
  await program.ready();
  const chat = new ChatClient(program.address);
  const { journal, finish, abandon } = await startLoad(chat, random, await movedToWorkingHours(chat));
  await wait(AT_IT_MS);
  const found = await inject({ program, variables, chat, journal, random }).catch((fault) => {
    abandon();
    throw fault;
  });
  await wait(AT_IT_MS);
  await finish();
  await everythingSettled(variables);
  const ending = await program.stop();
  const record = await readRecord(readEnvironment(variables));
  return seenIn(journal, record, { ...found, broken: [...(found.broken ?? []), ...badEnding(ending)] });
}

/** What people were told, held against the record. */
export function seenIn(journal: Journal, record: ServiceRecord, found: Found): Seen {
  const violations = violationsIn(journal, record);
  return {
    acknowledged: acknowledgedIn(journal),
    lost: violations.lost.length,
    twice: violations.duplicated.length,
    chainHolds: record.chain.problems.length === 0,
    remarks: [],
    ...found,
    broken: [...inWords(violations), ...(found.broken ?? [])],
  };
}

export const acknowledgedIn = ({ said, pressed }: Journal): number =>
  said.filter(({ acknowledged }) => acknowledged).length + pressed.filter(({ answer }) => answer).length;

const inWords = (violations: Violations): string[] =>
  Object.entries(violations).flatMap(([kind, found]: [string, string[]]) =>
    found.map((line) => `${kind}: ${line}`),
  );

const SERVES_WITHIN_MS = 60_000;

/** Waits until it says that it is ready and takes a message. @returns how long that took, in milliseconds */
export async function untilServes({ chat }: Pick<AtWork, 'chat'>): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < SERVES_WITHIN_MS) {
    if ((await readiness(chat)) === 200 && (await takesMessage(chat))) return performance.now() - begun;
    await wait(20);
  }
  throw new Error(`It does not serve again within ${SERVES_WITHIN_MS / 1000} s`);
}

/** What `GET /readyz` answers; 0: nothing. */
export const readiness = ({ address }: Pick<ChatClient, 'address'>): Promise<number> =>
  fetch(`${address}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );

/** Somebody of the sample bureau who does nothing else. */
const PROBER = '苏静宜';

async function takesMessage(chat: ChatClient): Promise<boolean> {
  try {
    const person = (await chat.people()).find(({ name }) => name === PROBER);
    await chat.say(person?.id ?? '', '查看 Z1-1');
    return true;
  } catch {
    return false;
  }
}
