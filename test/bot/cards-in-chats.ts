import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { ActionAnswer, ShownMessage } from '../../bot/platform.ts';
import { actionsOf, type HeldCardRow } from '../../ledger/held-card.ts';
import type { Content } from '../../ledger/message.ts';
import { readable } from '../harness.ts';
import { fileReport } from '../intercession-report.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import { personNamed, takeStep } from '../sample-record.ts';
import { openOnStandIn, StandInBureau } from './stand-in-bureau.ts';
import { inbound } from './stand-in-platform.ts';

export const SUPERVISOR = '程一禾';
export const LEADER = '孟知行';
export const RESPONSIBLE = '林砚秋';
export const OFFICER = '唐文澜';
export const OTHER_OFFICER = '姜明澈';
export const REPORTER = '许星阑';
/** A Tuesday in working hours: until Friday no job has anything to say. */
export const TUESDAY = '2026-11-24T02:00:00.000Z';

const MEASURES = '1-1 1-2 1-3 2-1 2-2 2-3 3-1 3-2 4-1 4-2 4-3 5-1 5-2 6-1 6-2 6-3'.split(' ');

/** A message that stands in somebody's chat. */
export interface Standing {
  id: string;
  content: Content;
}

type StepGiven = readonly [name: string, word: string, ref: string, values?: Record<string, unknown>];

/** Entries that people work on, and the cards that stand in their chats meanwhile. */
export class CardsInChats extends StandInBureau {
  readonly #unused = [...MEASURES];
  #spoken = 0;

  /** A test begins with nothing shown anew yet, and with a platform that takes everything. */
  begin(): void {
    this.time += 1000;
    this.platform.updates.length = 0;
    this.platform.onUpdate = async () => 'updated';
    this.platform.onSend = async () => {};
  }

  /** What follows from what was done last is done too: the second time is for what the first put in line. */
  override async settle(): Promise<void> {
    await super.settle();
    await super.settle();
  }

  standing(name: string): Standing[] {
    return this.platform.shown.filter(({ address }) => address.externalId === this.idOf(name));
  }

  latest(name: string): Standing {
    const found = this.standing(name).at(-1);
    if (!found) throw new Error(`${name} got nothing`);
    return found;
  }

  /** As it stands there now. */
  contentOf({ id }: Standing): Content {
    const found = this.platform.shown.find((message) => message.id === id);
    if (!found) throw new Error(`No message ${id}`);
    return found.content;
  }

  words(message: Standing): string {
    return readable(this.contentOf(message));
  }

  labels(message: Standing): string[] {
    return actionsOf(this.contentOf(message)).map(({ label }) => label);
  }

  updatesOf({ id }: Standing): ShownMessage[] {
    return this.platform.updates.filter(({ messageId }) => messageId === id);
  }

  heldCard({ id }: Standing): Promise<HeldCardRow | null> {
    const { rows } = this.other.database;
    return rows.heldCard.findFirst({ where: { messageId: id }, include: { entries: true } });
  }

  /** Says it on the stand-in. @returns the answer */
  async says(name: string, text: string): Promise<Standing> {
    this.#spoken += 1;
    const key = `said-${this.#spoken}`;
    const message = inbound({ key, account: this.idOf(name), text, at: new Date(this.time) });
    await this.platform.receiver.message(message);
    await this.settle();
    return this.latest(name);
  }

  async presses(name: string, { id }: Standing, line: string): Promise<ActionAnswer> {
    this.#spoken += 1;
    const key = `pressed-${this.#spoken}`;
    const press = { kind: 'action', key, account: this.idOf(name), text: line, messageId: id } as const;
    const answer = await this.platform.receiver.action(inbound({ ...press, at: new Date(this.time) }));
    await this.settle();
    return answer;
  }

  /** Somebody takes a step, not by any card; what follows from it is not waited for. */
  async step(...[name, word, ref, values = {}]: StepGiven): Promise<void> {
    this.time += 1000;
    const person = await personNamed(this.other, name);
    await takeStep(this.other, { person, word, ref, at: new Date(this.time), values });
  }

  /** Takes a step, and what follows from it is done. */
  async moves(...given: StepGiven): Promise<void> {
    await this.step(...given);
    await this.settle();
  }

  /** 林砚秋 has sent a file for the item. */
  async givesEvidence(ref: string): Promise<void> {
    this.time += 1000;
    await giveEvidence(this.other, RESPONSIBLE, ref, new Date(this.time));
  }

  takeUnused(): string {
    const measure = this.#unused.shift();
    if (!measure) throw new Error('All measures of the sample are used');
    return measure;
  }

  /** A measure that 林砚秋 has to sign for. @returns its ref and what 林砚秋 and 孟知行 got about it */
  async assignedItem() {
    const measure = this.takeUnused();
    const whole = `指派 ${measure} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`;
    await this.says(SUPERVISOR, whole);
    return { ref: `Z1-${measure}`, notice: this.latest(RESPONSIBLE), toLeader: this.latest(LEADER) };
  }

  /** Somebody's own notice, with a button that is open until the work is given out anew. */
  async appliedItem() {
    const { ref } = await this.assignedItem();
    await this.moves(RESPONSIBLE, '签收', ref);
    await this.givesEvidence(ref);
    await this.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成', evidence: '示例' });
    return { ref, notice: this.latest(LEADER) };
  }

  /** Changes an item's date and nothing else: who has to do what stays. */
  async givesNewDate(ref: string, dueOn: string): Promise<void> {
    const [leader, responsible] = [this.idOf(LEADER), [this.idOf(RESPONSIBLE)]];
    await this.moves(SUPERVISOR, '指派', ref, { leader, responsible, dueOn });
  }

  /** A report is returned, and what is added to it names somebody: it is hidden from him from now on. */
  async isNamedIn(ref: string, name = OFFICER): Promise<void> {
    await this.moves(OTHER_OFFICER, '受理', ref);
    await this.moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });
    await this.moves(REPORTER, '补正', ref, { supplement: `当时${name}也在场` });
  }

  async filed(values: Record<string, unknown> = {}) {
    this.time += 1000;
    const reporter = await personNamed(this.other, REPORTER);
    const ref = await fileReport(this.other, reporter, new Date(this.time), values);
    await this.settle();
    return { ref, notice: this.latest(OFFICER) };
  }
}

/** The tests of a file work in one such bureau. @param opened given it before the first of them */
export function cardsInChats(opened: (chats: CardsInChats) => void): void {
  let chats: CardsInChats;
  beforeAll(async () => {
    chats = new CardsInChats(await openOnStandIn({ at: TUESDAY }));
    opened(chats);
  });
  beforeEach(() => chats.begin());
  afterAll(() => chats.close());
}
