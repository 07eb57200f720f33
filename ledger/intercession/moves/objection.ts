import { choiceField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { type IntercessionContents, REVIEW } from '../contents.ts';
import { freeWith, passedOn, receiversOf } from '../pass-on.ts';
import { screenBy } from '../terms.ts';
import * as wording from '../wording.ts';
import {
  byOfficer,
  byReporter,
  contentsWith,
  type Here,
  longText,
  notOwn,
  objectionEnds,
  type Step,
} from './step.ts';

/** 异议复核: the reporter does not agree with what came of it. */
const object: Step = {
  name: 'object',
  word: '异议',
  done: '已提出异议',
  also: ['申请复核', '异议复核'],
  help: '对办理结果有异议时申请复核，由另一名受理人员复核',
  from: ['routine', 'answered', 'archived', 'unsealing'],
  by: byReporter,
  ownOne: true,
  fields: { objection: longText('异议理由') },
  inline: 'objection',
  check(here) {
    inTime(here);
    requireReviewers(here);
  },
  apply(here, { objection }) {
    const contents = objected(here, String(objection));
    const receiver = [...receiversOf(here), ...requireReviewers(here, contents).joining];
    return { state: 'objected', dueOn: screenBy(here, here.today), contents, people: { receiver } };
  },
  notices: (here, { objection }) => [
    ...requireReviewers(here, objected(here, String(objection))).all.map((person) => ({
      to: { person },
      content: wording.objected(here.entry),
    })),
    ...here.contents.unsealings.filter(isWaiting).map(({ by }) => ({
      to: { person: by },
      content: wording.unsealingDecided(here.entry, false, here.rules.intercession.unsealedForDays),
    })),
  ],
  answer: () => ['将由另一名受理人员复核，结果会告诉您。'],
};

const objected = (here: Here, text: string): IntercessionContents =>
  contentsWith(here, {
    objections: [...here.contents.objections, { at: here.at.toISOString(), text }],
    unsealings: here.contents.unsealings.map((each) =>
      isWaiting(each) ? { ...each, decision: ended(here) } : each,
    ),
  });

const isWaiting = ({ decision }: IntercessionContents['unsealings'][number]): boolean =>
  decision === undefined;

/** What is handled again is not archived any more: nothing is left to be unsealed. */
const ended = ({ at, actor }: Here) => ({
  at: at.toISOString(),
  by: actor.id,
  granted: false,
  why: '记录人提出异议，解封申请随之终止',
});

/** @throws Refusal when the time is over, or when it was objected to and decided already */
function inTime(here: Here): void {
  const { entry, contents, at, calendar, today, rules } = here;
  const { objectWithinDays } = rules.intercession;
  const answeredOn = calendar.dateOf(contents.answeredAt ? new Date(contents.answeredAt) : entry.changedAt);
  const lastDay = objectionEnds(here);
  if (today > lastDay) {
    throw new Refusal(
      'wrong-state',
      `${entry.ref} 已于 ${answeredOn} 反馈，提出异议的期限是 ${objectWithinDays} 日（至 ${lastDay}），现在是 ${calendar.dateOf(at)}。`,
    );
  }
  if (contents.objections.at(-1)?.decision?.result === 'upheld') {
    throw new Refusal('wrong-state', `${entry.ref} 的异议已经复核并维持原结论，不再复核。`);
  }
}

interface Reviewers {
  /** Who may decide it. */
  all: string[];
  /** Those of them who get it only now. */
  joining: string[];
}

/**
 * Another officer than the one who judged; where there is none, the 派驻纪检组 or the level above.
 * @throws Refusal when nobody is left
 */
function requireReviewers(here: Here, contents: IntercessionContents = here.contents): Reviewers {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== here.contents.judgedBy);
  const away = passedOn(here, contents).recused;
  const residents = freeWith(here, 'resident', contents);
  const present = others([
    ...freeWith(here, 'discipline', contents),
    ...receiversOf(here).filter((id) => !away.includes(id)),
  ]);
  if (present.length > 0) return { all: [...new Set(present)], joining: [] };
  const joining = [residents, freeWith(here, 'upper', contents)].map(others).find((free) => free.length > 0);
  if (joining) return { all: joining, joining };
  const { upperLevel } = here.rules.intercession;
  throw new Refusal(
    'wrong-state',
    `${here.entry.ref} 现在没有可以复核的其他受理人员，请您另向${upperLevel}反映。记录完好，可随时核验。`,
  );
}

/** 复核结论 */
const review: Step = {
  name: 'review',
  word: '复核',
  done: '已复核',
  help: '对记录人的异议作出复核结论：维持，或重新甄别',
  from: ['objected'],
  by: byOfficer,
  style: 'primary',
  fields: { result: choiceField({ label: '复核结论', options: REVIEW }), opinion: longText('复核意见') },
  inline: 'opinion',
  intro: ({ contents }) => contents.objections.slice(-1).map(({ text }) => `异议：${text}`),
  check(here) {
    notOwn(here);
    if (here.contents.judgedBy !== here.actor.id) return;
    throw new Refusal('four-eyes', `${here.entry.ref} 是您作出的甄别结论，须由另一名受理人员复核。`);
  },
  apply(here, values) {
    const result = values.result as keyof typeof REVIEW;
    const decision = { at: here.at.toISOString(), by: here.actor.id, text: String(values.opinion), result };
    const objections = here.contents.objections.map((each, index, all) =>
      index === all.length - 1 ? { ...each, decision } : each,
    );
    const contents = contentsWith(here, { objections });
    if (result === 'upheld') return { state: 'answered', dueOn: null, contents };
    return { state: 'screening', dueOn: screenBy(here, here.today), contents };
  },
  notices: ({ entry }, { result }) => [
    {
      to: { part: 'reporter' },
      content: wording.reviewed(entry, result as keyof typeof REVIEW),
    },
  ],
};

/** 异议与复核 */
export const objectionMoves: readonly Step[] = [review, object];
