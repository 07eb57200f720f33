import { LOCAL } from '../bot/local/local.ts';
import type { Journal } from './journal.ts';
import type { Sent, ServiceRecord } from './record.ts';
import { isDone } from './speaker.ts';

/** What went against a promise of the service, in words, by the kind of promise. */
export interface Violations {
  lost: string[];
  duplicated: string[];
  other: string[];
}

/** Holds what the people were told against what stands in the record. */
export function violationsIn(journal: Journal, record: ServiceRecord): Violations {
  return {
    lost: [...lostMessages(journal, record), ...lostActs(journal, record), ...lostEffects(journal, record)],
    duplicated: [...twiceAnswered(journal, record), ...twiceDone(journal, record)],
    other: [
      ...unfinished(record),
      ...unlikeChain(journal, record),
      ...record.chain.problems,
      ...journal.problems,
    ],
  };
}

const requestKey = (messageId: string) => `${LOCAL}:${messageId}`;

const sentByKey = new WeakMap<ServiceRecord, Map<string, Sent[]>>();

/** What the bot answered a message with; more than one would be more than one answer. */
function answersTo(record: ServiceRecord, messageId: string): readonly Sent[] {
  const sent = sentByKey.get(record) ?? Map.groupBy(record.outbox, ({ key }) => key);
  sentByKey.set(record, sent);
  return sent.get(`reply:${requestKey(messageId)}`) ?? [];
}

/** Said and acknowledged, but not stored, not settled, or not answered in the person's window. */
function lostMessages({ said }: Journal, record: ServiceRecord): string[] {
  return said
    .filter(({ acknowledged }) => acknowledged)
    .filter(({ messageId }) => {
      const [answer] = answersTo(record, messageId);
      const shown = answer && record.windows.get(answer.id);
      const stored = record.windows.has(messageId) && record.settled.has(requestKey(messageId));
      return !stored || !shown?.fromBot || shown.said.includes('系统出现故障');
    })
    .map(({ messageId, text }) => `「${text}」 (${messageId}) was acknowledged and is lost`);
}

/** Something was done by a button, and the record does not know it, or knows another answer. */
function lostActs({ pressed }: Journal, { settled }: ServiceRecord): string[] {
  return pressed
    .filter(({ answer }) => answer && isDone(answer))
    .filter(({ key, answer }) => settled.get(key)?.toast !== answer?.toast)
    .map(
      ({ key, answer }) => `${key} was answered ${answer?.toast}, the record says ${settled.get(key)?.toast}`,
    );
}

const stepsWith = ({ steps }: ServiceRecord, token: string) =>
  steps.filter(({ filledIn }) => filledIn.includes(token)).length;

function lostEffects({ effects }: Journal, record: ServiceRecord): string[] {
  return effects
    .filter(({ acknowledged, token }) => acknowledged && stepsWith(record, token) === 0)
    .map(({ ledger, token }) => `${ledger} ${token} was acknowledged and does not stand in the ledger`);
}

function twiceDone({ effects }: Journal, record: ServiceRecord): string[] {
  return effects
    .filter(({ token }) => stepsWith(record, token) > 1)
    .map(({ ledger, token }) => `${ledger} ${token} stands ${stepsWith(record, token)} times in the ledger`);
}

/** More than one answer to one message, or a message of the bot's in a window that it never meant to send. */
function twiceAnswered({ said }: Journal, record: ServiceRecord): string[] {
  const meant = new Set(record.outbox.map(({ id }) => id));
  const twice = said.filter(({ messageId }) => answersTo(record, messageId).length > 1);
  const strays = [...record.windows].filter(([id, { fromBot }]) => fromBot && !meant.has(id));
  return [
    ...twice.map(({ messageId }) => `${messageId} was answered more than once`),
    ...strays.map(([id, { said: text }]) => `「${text}」 (${id}) was sent though it is not in the outbox`),
  ];
}

/** What is still to be settled or to be sent, and what was sent without standing in any window. */
function unfinished({ inbox, outbox, windows }: ServiceRecord): string[] {
  return [
    ...(inbox > 0 ? [`${inbox} messages are not settled`] : []),
    ...outbox.filter(({ state }) => state !== 'sent').map(({ key, state }) => `${key} is ${state}`),
    ...outbox.filter(({ id }) => !windows.has(id)).map(({ key }) => `${key} was never shown`),
  ];
}

/**
 * For every time that somebody was told it is done there is one step in the chain, and the other way round. A line is
 * told by the message that answers it, a button or a form by its toast; the answer to 「我要报告」 is a form.
 */
function unlikeChain(journal: Journal, record: ServiceRecord): string[] {
  const lines = journal.said.filter(({ text }) => !text.startsWith('我要报告'));
  const told = countBy([
    ...lines.flatMap(({ messageId }) => answersTo(record, messageId).map(({ id }) => toldBy(record, id))),
    ...[...record.settled.values()].map(({ toast }) => refDone(toast)),
  ]);
  const done = countBy(record.steps.map(({ action, ref }) => (action === IMPORTED ? undefined : ref)));
  return [...new Set([...told.keys(), ...done.keys()])]
    .filter((ref) => told.get(ref) !== done.get(ref))
    .map((ref) => `${ref}: told ${told.get(ref) ?? 0} times, done ${done.get(ref) ?? 0} times`);
}

/** How the sample's measures came into the ledger: nobody was told of it. */
const IMPORTED = 'rectification.file';

const toldBy = ({ windows }: ServiceRecord, id: string) => refDone(windows.get(id)?.said);

/** 「已签收 Z1-1-1」 → the ref. */
const refDone = (said: string | undefined): string | undefined => /^已\S+ (\S+)$/u.exec(said ?? '')?.[1];

function countBy(refs: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const ref of refs) if (ref) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  return counts;
}
