import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { House } from '../../bot/house.ts';
import { button, formValues, readable } from '../../bot/local/chat-client.ts';
import type { ChatPlatform, Inbound } from '../../bot/platform.ts';
import { receive } from '../../bot/receive.ts';
import { handlersFor } from '../../handlers/index.ts';
import { type Due, dueBetween } from '../../jobs/due.ts';
import { jobs } from '../../jobs/index.ts';
import { runJob } from '../../jobs/run.ts';
import { type Directory, readDirectory } from '../../ledger/directory.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Content } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import { contentOf } from '../../ledger/outbox.ts';
import { importRoster } from '../../ledger/roster/import-roster.ts';
import { type RosterRow, readRoster } from '../../ledger/roster/read-roster.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { clearAway, emptyRecordIn, environmentIn } from '../laid-out-sample.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import type { Happening } from './happenings.ts';

/** A message that nobody asked for, as it reached somebody. */
export interface Told {
  id: string;
  to: string;
  at: Date;
  content: Content;
  /** What said it; null where somebody's act has caused it. */
  job: string | null;
  isExempt: boolean;
  isCarried: boolean;
}

const PLATFORM = 'scenario';
const YEAR = 2026;

/** The whole program but for its web server, with the clock and the chat in the test's hands. */
export class Play {
  readonly store: Store;
  readonly told: Told[] = [];
  /** Looks on as the day begins to be told of, before anything is. */
  everyDay: (on: string) => Promise<void> = async () => {};
  readonly #house: House;
  #now: Date;
  #folder: string | undefined;
  #roster: readonly RosterRow[] = [];
  #directory: Directory | undefined;
  #count = 0;

  constructor(store: Store, began: Date) {
    this.store = store;
    this.#now = began;
    const platform: ChatPlatform = {
      ...{ name: PLATFORM, accounts: 'everybody', capabilities: { forms: 'shown', buttons: 'pressed' } },
      ...{ endpoints: [], start: async () => {} },
      ...{ stop: async () => {}, ready: () => true },
      // What is sent is taken from the line (`#deliver`).
      send: async ({ id }) => ({ messageId: id }),
    };
    this.#house = {
      ...{ store, handlers: handlersFor(store.ledgers), platforms: [platform] },
      ...{ now: () => this.#now, log: pino({ level: 'silent' }), wake: () => {} },
    };
  }

  /** @param at 「01-05 08:00」, when the roster comes in */
  static async open(roster: URL, rules: string, at: string): Promise<Play> {
    const folder = await mkdtemp(join(tmpdir(), 'qinglian-scenario-'));
    const environment = await emptyRecordIn(folder);
    await writeFile(environment.rulesFile, rules);
    const store = await openStore(environment, ledgers);
    const play = new Play(store, instantOf(store, at));
    play.#folder = folder;
    await play.#takeRoster(await readRoster('roster.csv', await readFile(roster)));
    return play;
  }

  async close(): Promise<void> {
    await this.store.database.close();
    if (this.#folder) await clearAway(this.#folder, environmentIn(this.#folder));
  }

  async directory(): Promise<Directory> {
    this.#directory ??= await readDirectory(this.store.database.rows);
    return this.#directory;
  }

  async nameOf(id: string): Promise<string> {
    return (await this.directory()).byId(id)?.name ?? id;
  }

  /** Time passes: what becomes due is said and delivered. @param at 「01-05 10:00」 */
  goOnTo(at: string): Promise<void> {
    return this.passTo(instantOf(this.store, at));
  }

  async passTo(to: Date): Promise<void> {
    for (const due of dueBetween(this.store, jobs, this.#now, to)) await this.#run(due);
    await this.standStill(to);
  }

  /** Nothing is said any more, and what waits is delivered. */
  async standStill(to: Date): Promise<void> {
    this.#now = to;
    await this.#deliver();
  }

  async #run({ job, at }: Due): Promise<void> {
    this.#now = at;
    // What waited for the end of quiet hours comes first.
    if (job.name === 'leaders-digest') await this.#deliver();
    if (job.name === 'graded-warning') await this.everyDay(this.store.calendar.dateOf(at));
    if ((await runJob(this.store, job, at)) > 0) await this.#deliver();
  }

  /** @throws Error where it did not come to what the scenario says */
  async happen(happening: Happening): Promise<void> {
    await this.goOnTo(happening.at);
    if ('leaves' in happening) await this.#leave(happening.leaves);
    else if ('proves' in happening) await this.#prove(happening);
    else if ('presses' in happening) await this.#press(happening.who, happening.presses);
    else await this.#say(happening);
    await this.#deliver();
  }

  /** What the person is answered. */
  async ask(who: string, words: string): Promise<Content> {
    const { reply } = await receive(this.#house, await this.#inbound(who, words));
    if (!reply) throw new Error(`${who} got no answer to ${words}`);
    return reply;
  }

  async #say({ at, who, says, form = {}, refused }: Extract<Happening, { says: string }>): Promise<void> {
    const reply = await this.ask(who, says);
    const answer = reply.kind === 'form' ? await this.#send(who, reply, form) : reply;
    // A refusal has no more than its sentence.
    const isDone = answer.kind === 'notice' && answer.sections.length > 0;
    const isExpected = refused === undefined ? isDone : !isDone && sentenceOf(answer).includes(refused);
    if (!isExpected)
      throw new Error(`${at} ${who} 「${says}」: expected ${refused ?? 'no refusal'}, ${sentenceOf(answer)}`);
  }

  async #send(who: string, form: Content, values: Readonly<Record<string, string>>): Promise<Content> {
    const inbound = await this.#inbound(who, button(form, '提交'));
    const { answer } = await receive(this.#house, {
      ...inbound,
      kind: 'action',
      form: { ...formValues(form), ...values },
    });
    return answer.refused || !answer.card ? { kind: 'text', text: answer.toast ?? '' } : answer.card;
  }

  async #prove({ who, proves, file }: Extract<Happening, { proves: string }>): Promise<void> {
    const given = file === undefined ? undefined : { name: file, bytes: Buffer.from(`示例：${file}\n`) };
    await giveEvidence(this.store, who, proves, this.#now, given);
  }

  async #press(who: string, label: string): Promise<void> {
    for (const { to, content, id } of this.told.toReversed()) {
      const found = to === who ? actionsOf(content).find((each) => each.label.endsWith(label)) : undefined;
      if (!found) continue;
      const inbound = await this.#inbound(who, found.action);
      const { answer } = await receive(this.#house, { ...inbound, kind: 'action', messageId: id });
      if (answer.refused) throw new Error(`${who} pressed ${found.label}: ${answer.toast}`);
      return;
    }
    throw new Error(`${who} has no button ${label}`);
  }

  async #inbound(who: string, text: string): Promise<Inbound> {
    const [person] = (await this.directory()).named(who);
    if (!person) throw new Error(`Nobody is called ${who}`);
    this.#count += 1;
    return {
      ...{ kind: 'message', key: `${PLATFORM}:${this.#count}`, platform: PLATFORM },
      ...{ account: person.id, text, at: this.#now },
    };
  }

  async #leave(name: string): Promise<void> {
    await this.#takeRoster(this.#roster.filter((row) => row.name !== name));
  }

  async #takeRoster(roster: readonly RosterRow[]): Promise<void> {
    this.#roster = roster;
    await operate(this.store, { actor: 'command:import', at: this.#now }, (operation) =>
      importRoster(operation, roster, { isComplete: true }),
    );
    this.#directory = undefined;
  }

  /** Everything whose time has come reaches whom it is for. */
  async #deliver(): Promise<void> {
    const { rows } = this.store.database;
    const due = { state: 'waiting', notBefore: { lte: this.#now } };
    const found = await rows.outbox.findMany({ where: due, orderBy: [{ notBefore: 'asc' }, { id: 'asc' }] });
    if (found.length === 0) return;
    for (const row of found) {
      const { id, personId, job, isExempt, isCarried, notBefore: at } = row;
      // What somebody is answered he has asked for.
      if (row.platform !== null) continue;
      const content = contentOf(this.store, row);
      this.told.push({ id, to: await this.nameOf(personId), at, content, job, isExempt, isCarried });
    }
    const sent = { state: 'sent', sentAt: this.#now, sealed: new Uint8Array() };
    await this.store.database.write((inside) => inside.outbox.updateMany({ where: due, data: sent }));
  }
}

const sentenceOf = (content: Content): string => readable(content).replace(/\n/g, ' ');

/** 「01-05 10:00」 on the bureau's clock. */
export function instantOf({ calendar }: Pick<Store, 'calendar'>, at: string): Date {
  const [on = '', time = ''] = at.split(' ');
  return calendar.instantOf(`${YEAR}-${on}`, time);
}
