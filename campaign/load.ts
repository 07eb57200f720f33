import { setTimeout as wait } from 'node:timers/promises';
import type { ChatClient } from '../bot/local/chat-client.ts';
import { Journal } from './journal.ts';
import type { Random } from './random.ts';
import { asker, reporter, type Script, supervisor, worker } from './scripts.ts';
import { Speaker } from './speaker.ts';

/** Of the sample bureau. */
const ASKERS = ['陆清和', '顾长风'];
const REPORTERS = ['何望舒', '石清扬', '白景行'];
const SUPERVISORS = ['程一禾', '叶知秋'];
const WORKERS = ['林砚秋', '秦书遥', '韩予安', '许星阑'];
const MEASURES = ['Z1-1-1', 'Z1-1-2', 'Z1-2-1', 'Z1-2-2', 'Z1-3-1', 'Z1-3-2', 'Z1-4-1', 'Z1-5-1', 'Z1-6-1'];
const DAY_MS = 86_400_000;

/** Everybody in the bureau who is at it, several at once. */
export interface Load {
  readonly journal: Journal;
  /** Everybody ends what he is at and begins nothing more. */
  finish(): Promise<void>;
  /** The same where nobody answers any more: they let it be. */
  abandon(): void;
}

/** How long somebody pauses after each turn: from so many milliseconds to so many. */
export type Pauses = readonly [number, number];

/** @param now the service's time, in working hours */
export async function startLoad(
  chat: ChatClient,
  random: Random,
  now: Date,
  pauses: Pauses = [10, 80],
): Promise<Load> {
  const journal = new Journal();
  const ids = new Map((await chat.people()).map(({ id, name }) => [name, id]));
  const speaker = (name: string) => {
    const person = ids.get(name);
    if (!person) throw new Error(`Nobody in the sample bureau is called ${name}`);
    return new Speaker(chat, person, random.fork(), journal);
  };
  const happenedAt = beijing(new Date(now.getTime() - DAY_MS / 24)).slice(0, 16);
  const dueOn = beijing(new Date(now.getTime() + 60 * DAY_MS)).slice(0, 10);
  const work = { refs: MEASURES, workers: WORKERS, dueOn };
  const scripts: Script[] = [
    ...ASKERS.map((name) => asker(speaker(name))),
    ...REPORTERS.map((name) => reporter(speaker(name), happenedAt)),
    ...SUPERVISORS.map((name) => supervisor(speaker(name), work)),
    ...WORKERS.map((name) => worker(speaker(name))),
  ];
  let over = false;
  const play = async (script: Script, pause: Random) => {
    while (!over) {
      await script();
      await wait(pause.between(...pauses));
    }
  };
  const playing = scripts.map((script) =>
    play(script, random.fork()).catch((fault: unknown) => {
      journal.problems.push(fault instanceof Error ? fault.message : String(fault));
    }),
  );
  return {
    journal,
    async finish() {
      over = true;
      await Promise.all(playing);
    },
    abandon() {
      over = true;
      journal.isAbandoned = true;
    },
  };
}

/** YYYY-MM-DDTHH:mm:ss on the bureau's clock. */
const beijing = (at: Date): string => new Date(at.getTime() + DAY_MS / 3).toISOString().slice(0, 19);
