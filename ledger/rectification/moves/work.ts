import { optional } from '../../form.ts';
import { AT_WORK, itemData, type Signal } from '../data.ts';
import { evidenceLines } from '../evidence-lines.ts';
import { dueAfterProgress } from '../quarter.ts';
import { requireEvidence, requireProof } from '../require-evidence.ts';
import { signalLines } from '../signals/shown.ts';
import { signalsOf } from '../signals/signals-of.ts';
import { answerIn, isAskedWeekly } from '../supervision.ts';
import * as wording from '../wording.ts';
import { answered, requireInTime, requireNews, withProgress } from './answered.ts';
import { answerBefore } from './as-before.ts';
import { byResponsible, type Here, requireItem, type Step, stay, text } from './step.ts';

const sign: Step = {
  name: 'sign',
  word: '签收',
  help: '签收分派给自己的整改事项',
  from: ['assigned'],
  by: byResponsible,
  ownOne: 'or-all',
  alone: ['收到'],
  style: 'primary',
  apply: () => ({ state: 'signed' }),
};

const progress: Step = {
  name: 'progress',
  word: '进展',
  done: '已记录进展',
  also: ['报进展', '有进展'],
  help: '报告整改进展，例如：进展 3-2 已完成制度修订',
  from: [...AT_WORK],
  by: { parts: ['responsible', 'assistant'] },
  ownOne: true,
  fields: { text: text('进展') },
  inline: 'text',
  apply(here, { text: said }) {
    // What was given back is taken up again with it.
    if (here.entry.state === 'progressing') requireNews(here, 'progress', String(said));
    return { state: 'progressing', data: withProgress(here, String(said)), ...nextQuarter(here) };
  },
};

/** 长期坚持: what was told for this quarter moves the date on. */
export function nextQuarter({ entry, data, today, calendar }: Here): { dueOn?: string } {
  if (itemData(data).category !== 'lasting' || !entry.dueOn) return {};
  return { dueOn: dueAfterProgress(entry.dueOn, today, calendar) };
}

const asPlanned: Step = {
  name: 'as-planned',
  word: '按计划',
  also: ['按计划推进', '按计划进行'],
  done: '已回复「按计划」',
  help: '回复周督查：按计划推进',
  from: [...AT_WORK],
  by: byResponsible,
  ownOne: 'or-all',
  all: goesByPlan,
  check(here) {
    requireItem(here);
    requireInTime(here);
    requireNews(here, 'planned');
  },
  apply: (here) => stay(here, answered(here, 'planned')),
};

/** 「全部」 is what is still asked for; what is over its date is asked for something else, and said to be left out. */
function goesByPlan(here: Here): boolean | string {
  const { entry, data, today, calendar } = here;
  const week = calendar.weekOf(today);
  if (answerIn({ state: entry.state, data: itemData(data) }, week) !== undefined) return false;
  if (!isAskedWeekly({ dueOn: entry.dueOn, data }, today, here)) return false;
  if (entry.dueOn === null || entry.dueOn >= today) return true;
  return '已过时限，请逐项答复「进展」「有困难」或「申请暂难」';
}

const difficulty: Step = {
  name: 'difficulty',
  word: '有困难',
  also: ['遇到困难'],
  done: '已回复「有困难」',
  help: '回复周督查：说明困难和需要的支持',
  from: [...AT_WORK],
  by: byResponsible,
  ownOne: true,
  fields: { text: text('困难和需要的支持', 1000) },
  inline: 'text',
  apply(here, { text: said }) {
    requireNews(here, 'difficult', String(said));
    return stay(here, answered(here, 'difficult', String(said)));
  },
  notices: ({ entry, actor }, { text: said }) => [
    { to: { part: 'leader' }, content: wording.difficult(entry, actor.name, String(said)) },
  ],
};

const apply: Step = {
  name: 'apply',
  word: '申请销号',
  also: ['做完了', '完成了', '整改完成'],
  alone: ['已完成', '已整改', '办完了'],
  help: '整改完成、附上佐证文件后申请销号',
  from: [...AT_WORK],
  by: byResponsible,
  ownOne: true,
  style: 'primary',
  fields: {
    summary: text('完成情况'),
    evidence: optional({ ...text('佐证说明', 1000), hint: '佐证文件已附上，可以不填' }),
  },
  inline: 'summary',
  confirmsAll: true,
  check: requireEvidence,
  learn: (operation, here, { summary }) => signalsOf(operation, here, String(summary)),
  apply: (here, { summary, evidence }, signals) => {
    requireProof(here, evidence);
    // Why it was given back is in the history; who asks anew has answered it.
    const { returnReason, ...data } = answered(here, 'apply');
    const application = {
      on: here.today,
      by: here.actor.id,
      ...responsibleThen(here),
      summary: String(summary),
      ...(evidence !== undefined && { evidence: String(evidence) }),
      ...found(signals),
      before: {
        state: here.entry.state,
        ...(returnReason !== undefined && { returnReason }),
        ...answerBefore(here),
      },
    };
    return { state: 'applied', data: { ...data, application } };
  },
  notices: ({ entry, actor, data, calendar }, { summary }, signals) => {
    const toCheck = [...evidenceLines(itemData(data), calendar), ...signalLines(found(signals).signals)];
    const content = wording.applied(entry, actor.name, String(summary), toCheck);
    return [{ to: { part: 'leader' }, content }];
  },
  answer: () => ['已请责任领导审核。审核前可以「撤回申请」。'],
};

/** Whose it is when its closing is asked for: who lets it pass has let all of theirs pass, whoever asked. */
function responsibleThen({ entry }: Here): { responsible?: string[] } {
  const responsible = entry.people
    .filter(({ part }) => part === 'responsible')
    .map(({ personId }) => personId);
  return responsible.length > 1 ? { responsible } : {};
}

/** 纸面销号 signals, where there are any. */
const found = (signals: unknown): { signals?: Signal[] } =>
  Array.isArray(signals) && signals.length > 0 ? { signals } : {};

/** What the responsible persons do with an item. */
export const workMoves: readonly Step[] = [sign, progress, asPlanned, difficulty, apply];
