import type { Job } from '../../jobs/define.ts';
import { runJob } from '../../jobs/run.ts';
import type { RawValues } from '../../ledger/form.ts';
import type { Content, NoticeContent } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import { personNamed, takeMessages, takeStep, type Waiting } from '../sample-record.ts';

/** Who has an item, and until when; names are those of the sample bureau. */
export interface Assignment {
  leader?: string;
  responsible: readonly string[];
  dueOn: string;
  at: Date;
}

export async function assign(
  store: Store,
  ref: string,
  { leader = '孟知行', responsible, dueOn, at }: Assignment,
): Promise<void> {
  const person = await personNamed(store, '程一禾');
  const values = {
    leader: (await personNamed(store, leader)).id,
    responsible: await Promise.all(responsible.map(async (name) => (await personNamed(store, name)).id)),
    dueOn,
  };
  await takeStep(store, { person, word: '指派', ref, at, values });
  await takeMessages(store);
}

/** Somebody says a word about an item; what others are told of it is not looked at. */
export async function say(
  store: Store,
  name: string,
  [word, ref]: readonly [string, string],
  at: Date,
  values: RawValues = {},
): Promise<void> {
  await takeStep(store, { person: await personNamed(store, name), word, ref, at, values });
  await takeMessages(store);
}

/** The work is done, and the responsible person asks for the closing. */
export async function applyForClosing(store: Store, name: string, ref: string, at: Date): Promise<void> {
  await say(store, name, ['签收', ref], at);
  await giveEvidence(store, name, ref, at);
  await say(store, name, ['申请销号', ref], at, { summary: '示例', evidence: '示例' });
}

/** Runs the job as if it were then. @returns what it said */
export async function saidBy(store: Store, job: Job, at: string): Promise<Waiting[]> {
  await runJob(store, job, new Date(at));
  return takeMessages(store);
}

export const receivers = (messages: readonly Waiting[]): string[] => messages.map(({ to }) => to).sort();

export function cardFor(messages: readonly Waiting[], name: string): NoticeContent {
  const found = messages.filter(({ to }) => to === name);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${name} got ${found.length} messages, expected one`);
  return asCard(only.content);
}

export function asCard(content: Content): NoticeContent {
  if (content.kind !== 'notice') throw new Error(`A card was expected, found ${content.kind}`);
  return content;
}

export const headings = ({ sections }: NoticeContent): (string | undefined)[] =>
  sections.map(({ heading }) => heading);

/** The first ref that stands in each line below the heading. */
export const refsUnder = (card: NoticeContent, heading: string): string[] =>
  card.sections
    .filter((section) => section.heading?.startsWith(heading))
    .flatMap(({ lines }) => lines.map((line) => /^Z[\d-]+/.exec(line)?.[0] ?? line));
