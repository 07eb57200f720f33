import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatClient } from '../bot/local/chat-client.ts';
import { run } from '../cli/run.ts';
import { bureauCalendar } from '../ledger/calendar.ts';
import { settingsIn } from './kill-campaign.ts';
import { RunningProgram } from './running-program.ts';
import { wholeLife } from './secrecy-life.ts';
import { PLANTS } from './secrecy-plants.ts';
import { filesIn, type Place, placesOf } from './secrecy-search.ts';
import { Teller } from './secrecy-teller.ts';

/** How it went. */
export interface SecrecyReport {
  planted: number;
  /** Of those, how many people read: what nobody could read was not planted. */
  read: number;
  places: { name: string; bytes: number }[];
  /** What stands in the clear, and where. */
  hits: string[];
  problems: string[];
  tookMs: number;
}

/** Stands in the tables in the clear: a search that does not find it finds nothing. */
const CONTROL = '高新技术科';
/** What a file says is read by opening it, not in the chat. */
const NOT_IN_CHAT: readonly string[] = [PLANTS.fileText];
const DAY_MS = 86_400_000;

/** Plays the life with the real program, then searches its files, logs, figures, backups and commands for the words. */
export async function runSecrecyCampaign(): Promise<SecrecyReport> {
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-secrecy-'));
  try {
    const variables = { ...(await settingsIn(folder)), LOG_LEVEL: 'trace' };
    await using program = new RunningProgram(variables);
    program.start();
    await program.ready();
    const { read, seen } = await played(program);
    const backup = join(folder, 'backup.db');
    const commands = await printed(variables, backup);
    const running = await filesIn(folder);
    await program.stop();
    const places: Place[] = [
      ...running.map(({ name, bytes }) => ({ name: `${name}, running`, bytes })),
      ...(await filesIn(folder)),
      { name: 'log', bytes: Buffer.from(program.log.join('\n')) },
      ...seen,
      ...commands,
    ];
    return { ...judged(read, places), problems: program.faults, tookMs: performance.now() - began };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function judged(read: string, places: readonly Place[]): Omit<SecrecyReport, 'problems' | 'tookMs'> {
  const words = Object.values(PLANTS);
  const unread = words.filter((word) => !NOT_IN_CHAT.includes(word) && !read.includes(word));
  if (unread.length > 0) throw new Error(`Nobody read ${unread.join('、')}: it was not planted`);
  if (placesOf(CONTROL, places).length === 0) throw new Error('The search does not find what is there');
  const hits = words.flatMap((word) => placesOf(word, places).map((place) => `${word}: ${place}`));
  return {
    planted: words.length,
    read: words.length - unread.length - NOT_IN_CHAT.length,
    places: places.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    hits,
  };
}

/** @returns what people read, and what anybody reads of the service's state */
async function played(program: RunningProgram): Promise<{ read: string; seen: Place[] }> {
  const chat = new ChatClient(program.address);
  const people = await chat.people();
  const teller = new Teller(chat, new Map(people.map(({ name, id }) => [name, id])));
  const { now } = (await chat.get('/chat/api/clock')) as { now: string };
  const calendar = bureauCalendar('Asia/Shanghai');
  const yesterday = calendar.minuteOf(new Date(Date.parse(now) - 1.5 * DAY_MS));
  await wholeLife(teller, yesterday);
  await chat.moveClock(new Date(Date.parse(now) + 12 * DAY_MS).toISOString());
  for (const { name } of people) await teller.hear(name);
  const seen = await Promise.all(
    ['/metrics', '/readyz', '/healthz'].map(async (path) => ({
      name: path,
      bytes: Buffer.from(await (await fetch(program.address + path)).arrayBuffer()),
    })),
  );
  return { read: teller.read.join('\n'), seen };
}

/** What the operator's commands print. */
async function printed(variables: Record<string, string>, backup: string): Promise<Place[]> {
  const commands = [
    ['backup', backup],
    ['verify', '--json'],
    ['doctor', '--json'],
    ['job', 'leaders-digest', '--dry-run', '--json'],
    ['job', 'intercession-deadlines', '--dry-run', '--json'],
  ];
  const places: Place[] = [];
  for (const command of commands) {
    let said = '';
    const take = (text: string) => {
      said += text;
    };
    await run(command, { variables, now: () => new Date(), write: take, writeError: take });
    places.push({
      name: `qinglian ${command.filter((word) => word !== backup).join(' ')}`,
      bytes: Buffer.from(said),
    });
  }
  return places;
}
