import type { Entry } from '../define.ts';
import type { Person } from '../directory.ts';
import type { Content } from '../message.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { unusedRef } from '../unused-ref.ts';
import { type Asked, askedOf, dueOn } from './asked.ts';
import {
  type Answer,
  DECLARANT,
  dataSchema,
  NIL_RETURN,
  type NilReturnContents,
  type NilReturnData,
  periodIdOf,
} from './contents.ts';
import { type Period, periodAround, periodOf } from './period.ts';
import * as wording from './wording.ts';

/**
 * One tap (「无」 or 「有」). Both go the same way to the last row: the answer is looked at by nothing but the seal.
 * @param periodId the period that was meant; without it the latest that waits
 * @throws Refusal when the person was not asked for it
 */
export async function declare(
  operation: Operation,
  actor: Person,
  periodId: string | undefined,
  answer: Answer,
): Promise<Content> {
  const { store, rows, at, today } = operation;
  const asked = await askedOf(store, rows, actor.id, today);
  const meant = periodId
    ? asked.find(({ period }) => period.id === periodId)
    : (asked.find(({ isAnswered }) => !isAnswered) ?? asked[0]);
  if (!meant) throw notAsked(operation, periodId);
  const { period } = meant;
  const before = meant.isAnswered ? await ownReturn(operation, actor, period) : undefined;
  if (before) return wording.already(await recorded(operation, before));
  const entry = await operation.create({
    ledger: NIL_RETURN,
    ref: await unusedRef(operation),
    state: 'declared',
    title: `${period.name}零报告`,
    data: { period: period.id, late: isPast(operation, meant) } satisfies NilReturnData,
    contents: { declared: [{ at: at.toISOString(), answer }] } satisfies NilReturnContents,
    people: { [DECLARANT]: [actor.id] },
    receipt: true,
  });
  await rows.nilReturn.create({ data: { personId: actor.id, period: period.id, entryId: entry.id } });
  return wording.received(await recorded(operation, entry));
}

/** What waits for the person; where nothing does, his latest return. */
export async function showOpen(operation: Operation, actor: Person): Promise<Content> {
  const { store, rows, today } = operation;
  const asked = await askedOf(store, rows, actor.id, today);
  const waiting = asked.filter(({ isAnswered }) => !isAnswered);
  if (waiting.length > 0) {
    return wording.open(
      waiting.map((one) => ({
        period: one.period,
        due: dueOn(one.period, one.askedAt, store),
        isPast: isPast(operation, one),
      })),
    );
  }
  const [latest] = asked;
  const entry = latest && (await ownReturn(operation, actor, latest.period));
  return entry ? wording.already(await recorded(operation, entry)) : wording.nothingOpen(present(operation));
}

const isPast = ({ store, today }: Operation, { period, askedAt }: Asked): boolean =>
  today > dueOn(period, askedAt, store);

async function ownReturn({ entries }: Operation, { id }: Person, period: Period): Promise<Entry | undefined> {
  const own = await entries.list({ ledger: NIL_RETURN, personId: id, parts: [DECLARANT] });
  return own.find((entry) => periodIdOf(entry) === period.id);
}

async function recorded(operation: Operation, entry: Entry): Promise<wording.Recorded> {
  const { calendar } = operation.store;
  const { period, late } = dataSchema.parse(entry.data);
  return {
    period: periodOf(period, calendar),
    ref: entry.ref,
    recordedAt: calendar.display(entry.createdAt),
    late,
    receipt: await operation.receiptFor(entry),
  };
}

const present = ({ store, today }: Operation): Period =>
  periodAround(today, store.rules.nilReturn.period, store.calendar);

function notAsked(operation: Operation, periodId: string | undefined): Refusal {
  const found = periodId ? `没有请您申报过 ${periodId} 的零报告` : '目前没有待您申报的零报告';
  return new Refusal('wrong-state', `${found}，无需申报。${wording.comes(present(operation))}`);
}
