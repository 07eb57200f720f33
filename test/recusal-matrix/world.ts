import exceljs from 'exceljs';
import { pino } from 'pino';
import { askingAs } from '../../bot/asking.ts';
import { ChatClient, type ChatMessage } from '../../bot/local/chat-client.ts';
import { parse } from '../../bot/parse.ts';
import { handlersFor } from '../../handlers/index.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Store } from '../../ledger/store.ts';
import { ledgerXlsx } from '../../paper/ledger-xlsx.ts';
import { type Service, startService } from '../../start.ts';
import type { SampleRecord } from '../sample-record.ts';
import { BEGIN } from './bureaus.ts';

/** The whole program on a copy of the record, with a clock that goes on only when it is moved. */
export interface World {
  readonly store: Store;
  /** Where the clock stands. */
  readonly at: Date;
  /** Says all of it as the person, one line after the answer to another. */
  says(name: string, lines: readonly string[], options?: { group?: boolean }): Promise<void>;
  /** Presses the buttons on what stands in the person's window, and some that do not stand there. @returns the answers */
  presses(name: string, forged: readonly string[]): Promise<unknown[]>;
  moveClock(to: string): Promise<void>;
  settle(): Promise<void>;
  /** The person's window, whole, as his program gets it. */
  window(name: string): Promise<ChatMessage[]>;
  close(): Promise<void>;
}

/** Buttons that one person presses at a time. */
const PRESSES = 3;

export async function openWorld(record: SampleRecord): Promise<World> {
  let at = BEGIN;
  const service: Service = await startService(record.environment, {
    now: () => BEGIN,
    log: pino({ level: 'silent' }),
  });
  const chat = new ChatClient(service.address);
  const { people } = await readDirectory(record.store.database.rows);
  const idOf = (name: string): string => {
    const found = people.find((person) => person.name === name);
    if (!found) throw new Error(`Nobody in this bureau is called ${name}`);
    return found.id;
  };
  const window = async (name: string) => new ChatClient(service.address).read(idOf(name));
  return {
    store: record.store,
    get at() {
      return at;
    },
    async says(name, lines, options) {
      for (const line of lines) {
        await chat.say(idOf(name), line, options);
        await service.idle();
      }
    },
    async presses(name, forged) {
      const answers: unknown[] = [];
      const cards = (await window(name)).filter(({ from }) => from === 'bot');
      const [first] = cards;
      const pressed = new Set<string>();
      for (const { messageId, content } of cards) {
        for (const { action, url } of actionsOf(content)) {
          if (url !== undefined || pressed.has(action) || pressed.size === PRESSES) continue;
          pressed.add(action);
          answers.push(await chat.act(idOf(name), messageId, action));
          await service.idle();
        }
      }
      for (const action of first ? forged : []) {
        answers.push(await chat.act(idOf(name), first?.messageId ?? '', action));
        await service.idle();
      }
      return answers;
    },
    async moveClock(to) {
      await chat.moveClock(to);
      at = new Date(to);
      await service.idle();
    },
    settle: () => service.idle(),
    window,
    async close() {
      await service.stop();
      await record.close();
    },
  };
}

/**
 * Every word that there is, whatever it is for, asked by the person with the number, if there is one to ask with, and then the
 * lines: a word that is added later is tried too. What comes of it is what the chat would bring.
 */
export async function everyWord(
  { store, at }: World,
  name: string,
  ref: string | undefined,
  lines: readonly string[],
): Promise<unknown[]> {
  const handlers = handlersFor(ledgers);
  const log = pino({ level: 'silent' });
  const house = { store, handlers, platforms: [], now: () => at, log, wake: () => undefined };
  const directory = await readDirectory(store.database.rows);
  const [person] = directory.named(name);
  if (!person) throw new Error(`Nobody in this bureau is called ${name}`);
  const asking = askingAs(house, person, directory, at, { platform: 'local' });
  const brought: unknown[] = [];
  for (const handler of ref === undefined ? [] : handlers) {
    const answer = (typed: string) =>
      handler.kind === 'query' ? handler.answer(asking, typed) : handler.plan(asking, typed);
    const relevant = await handler.relevant?.(asking);
    const typed = handler.kind === 'query' ? ['', ref ?? ''] : [ref ?? ''];
    for (const each of handler.may(person) ? typed : [])
      brought.push([handler.name, relevant, each, await answer(each).catch(refusalOnly)]);
  }
  for (const line of lines) {
    const { handler, typed } = parse(line, asking.allowed);
    const answer = () =>
      handler?.kind === 'query' ? handler.answer(asking, typed) : handler?.plan(asking, typed);
    brought.push([line, await Promise.resolve(answer()).catch(refusalOnly)]);
  }
  return brought;
}

function refusalOnly(fault: unknown): unknown {
  if (!(fault instanceof Refusal)) throw fault;
  return { refused: fault.message, code: fault.code, fields: fault.fields, offers: fault.offers };
}

/** The rows of the workbook that the person can take away, or why he gets none. */
export async function exported({ store, at }: World, name: string): Promise<unknown> {
  const directory = await readDirectory(store.database.rows);
  const [person] = directory.named(name);
  if (!person) throw new Error(`Nobody in this bureau is called ${name}`);
  const entries = entriesFor(store, store.database.rows, person);
  const bytes = await ledgerXlsx({ person, entries }, store.calendar).catch(refusalOnly);
  if (!(bytes instanceof Uint8Array)) return [at, bytes];
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer);
  return workbook.worksheets.map((sheet) => sheet.getSheetValues());
}
