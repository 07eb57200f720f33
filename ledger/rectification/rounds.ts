import type { Rules } from '../../config/rules.ts';
import type { Entry, Filing } from '../define.ts';
import { entriesFor } from '../entry.ts';
import { choiceField, dateField, optional, type RawValues, readForm, textField } from '../form.ts';
import { type Content, showLine } from '../message.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import type { NewEntry } from '../write-entry.ts';
import { dataSchema, type RectificationData, SOURCES } from './data.ts';
import { LEDGER, oneLine, requireGiven } from './round-parts.ts';

const MONTHS = { 1: '1 个月', 2: '2 个月', 3: '3 个月', 6: '6 个月', 9: '9 个月', 12: '12 个月' } as const;
const MEETING = { yes: '须经党组会审定后销号', no: '督查复核后即销号' } as const;

/** What a round is known by. */
export const roundFields = {
  title: textField({ label: '轮次名称', hint: '例如：2026年巡察反馈问题整改', max: 200 }),
  source: choiceField({ label: '来源', options: SOURCES }),
  feedbackBy: optional(textField({ label: '反馈单位', max: 100 })),
  feedbackOn: dateField({ label: '反馈日期', past: true }),
  termMonths: optional(choiceField({ label: '默认时限', hint: '自反馈之日起', options: MONTHS })),
  meeting: optional(choiceField({ label: '党组会审定', options: MEETING })),
};

/** 立项: a round is made by those who will give its items out; its problems and measures follow word by word. */
export const filing: Filing = {
  word: '立项',
  also: ['新建轮次'],
  by: { roles: ['supervisor', 'discipline'] },
  help: '新建一轮整改，随后加问题、加措施',
  title: '整改立项',
  intro: () => ['提交后给出轮次编号（如 Z2），再用「加问题 Z2」「加措施 Z2-1」登记问题和措施。'],
  fields: roundFields,
  inline: 'title',
  withoutFiles: true,
  start: startingWith,
  file: async (operation, _actor, raw) => fileRound(operation, raw),
};

/** The terms of the rules, shown so that they can be changed for this round; a term that is not listed is left to the rules. */
function startingWith({ rectification }: Rules): RawValues {
  const months = String(rectification.termMonths);
  return {
    source: 'inspection',
    ...(Object.hasOwn(MONTHS, months) && { termMonths: months }),
    meeting: rectification.meetingConfirms ? 'yes' : 'no',
  };
}

async function fileRound(operation: Operation, raw: RawValues): Promise<Content> {
  const { title, source, feedbackBy, feedbackOn, termMonths, meeting } = readForm(roundFields, raw);
  requireGiven(feedbackOn, operation.today);
  await requireNew(operation, oneLine(title), feedbackOn);
  const { rectification } = operation.store.rules;
  const needsMeeting = meeting === undefined ? rectification.meetingConfirms : meeting === 'yes';
  const round = await operation.create(
    await newRound(operation, oneLine(title), {
      level: 'round',
      source: SOURCES[source],
      feedbackOn,
      termMonths: termMonths === undefined ? rectification.termMonths : Number(termMonths),
      ...(feedbackBy && { feedbackBy }),
      ...(needsMeeting && { needsMeeting }),
    }),
  );
  return {
    kind: 'notice',
    title: `已立项 ${round.ref}`,
    tone: 'green',
    sections: [{ heading: `${round.ref} ${round.title}`, lines: ['请登记问题，再逐条登记措施，然后指派。'] }],
    actions: [
      { action: `加问题 ${round.ref}`, label: '加问题', style: 'primary' },
      { action: showLine(round.ref), label: '查看' },
    ],
  };
}

const roundsOf = ({ store, rows }: Pick<Operation, 'store' | 'rows'>): Promise<Entry[]> =>
  entriesFor(store, rows, 'bureau').list({ ledger: LEDGER, parentId: null });

/** @throws Refusal when a round has this title and feedback date already */
async function requireNew(operation: Operation, title: string, feedbackOn: string): Promise<void> {
  const same = (await roundsOf(operation)).find((round) => {
    const data = dataSchema.parse(round.data);
    return round.title === title && data.level === 'round' && data.feedbackOn === feedbackOn;
  });
  if (!same) return;
  const sentence = `已有同名、同反馈日期的轮次 ${same.ref}`;
  throw new Refusal('invalid-input', `${sentence}。`, { title: sentence });
}

/**
 * A round under the next number, for the operation to create, without any problem yet. Numbers are counted with the
 * house's eyes, so that none is given twice.
 */
export async function newRound(
  operation: Pick<Operation, 'store' | 'rows'>,
  title: string,
  data: Extract<RectificationData, { level: 'round' }>,
): Promise<NewEntry> {
  const numbers = (await roundsOf(operation)).map(({ ref }) => Number(/^Z(\d+)$/.exec(ref)?.[1] ?? 0));
  return { ledger: LEDGER, ref: `Z${Math.max(0, ...numbers) + 1}`, state: 'opened', title, data };
}
