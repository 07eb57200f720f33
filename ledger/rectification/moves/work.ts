import { AT_WORK, itemData, type Signal } from '../data.ts';
import { evidenceLines } from '../evidence-lines.ts';
import { dueAfterProgress } from '../quarter.ts';
import { requireEvidence } from '../require-evidence.ts';
import { signalLines } from '../signals/shown.ts';
import { signalsOf } from '../signals/signals-of.ts';
import { isAskedWeekly } from '../supervision.ts';
import * as wording from '../wording.ts';
import { answered, withProgress } from './answered.ts';
import { byResponsible, type Here, type Step, stay, text } from './step.ts';

const sign: Step = {
  name: 'sign',
  word: '签收',
  help: '签收分派给自己的整改事项',
  from: ['assigned'],
  by: byResponsible,
  style: 'primary',
  apply: () => ({ state: 'signed' }),
};

const progress: Step = {
  name: 'progress',
  word: '进展',
  done: '已记录进展',
  also: ['报进展'],
  help: '报告整改进展，例如：进展 3-2 已完成制度修订',
  from: [...AT_WORK],
  by: { parts: ['responsible', 'assistant'] },
  fields: { text: text('进展') },
  inline: 'text',
  apply: (here, { text: said }) => ({
    state: 'progressing',
    data: withProgress(here, String(said)),
    ...nextQuarter(here),
  }),
};

/** 长期坚持: what was told for this quarter moves the date on. */
export function nextQuarter({ entry, data, today, calendar }: Here): { dueOn?: string } {
  if (itemData(data).category !== 'lasting' || !entry.dueOn) return {};
  return { dueOn: dueAfterProgress(entry.dueOn, today, calendar) };
}

const asPlanned: Step = {
  name: 'as-planned',
  word: '按计划',
  done: '已回复「按计划」',
  help: '回复周督查：按计划推进',
  from: [...AT_WORK],
  by: byResponsible,
  all: (here) =>
    itemData(here.data).weekly?.week !== here.calendar.weekOf(here.today) &&
    isAskedWeekly({ dueOn: here.entry.dueOn, data: here.data }, here.today, here),
  apply: (here) => stay(here, answered(here, 'planned')),
};

const difficulty: Step = {
  name: 'difficulty',
  word: '有困难',
  done: '已回复「有困难」',
  help: '回复周督查：说明困难和需要的支持',
  from: [...AT_WORK],
  by: byResponsible,
  fields: { text: text('困难和需要的支持', 1000) },
  inline: 'text',
  apply: (here, { text: said }) => stay(here, answered(here, 'difficult', String(said))),
  notices: ({ entry, actor }, { text: said }) => [
    { to: { part: 'leader' }, content: wording.difficult(entry, actor.name, String(said)) },
  ],
};

const apply: Step = {
  name: 'apply',
  word: '申请销号',
  help: '整改完成、附上佐证文件后申请销号',
  from: [...AT_WORK],
  by: byResponsible,
  style: 'primary',
  fields: { summary: text('完成情况'), evidence: text('佐证', 1000) },
  inline: 'summary',
  check: requireEvidence,
  learn: (operation, here, { summary }) => signalsOf(operation, here, String(summary)),
  apply: (here, { summary, evidence }, signals) => {
    // Why it was given back is in the history; who asks anew has answered it.
    const { returnReason: _, ...data } = answered(here, 'apply');
    const application = {
      on: here.today,
      by: here.actor.id,
      ...responsibleThen(here),
      summary: String(summary),
      evidence: String(evidence),
      ...found(signals),
    };
    return { state: 'applied', data: { ...data, application } };
  },
  notices: ({ entry, actor, data, calendar }, { summary }, signals) => {
    const toCheck = [...evidenceLines(itemData(data), calendar), ...signalLines(found(signals).signals)];
    const content = wording.applied(entry, actor.name, String(summary), toCheck);
    return [{ to: { part: 'leader' }, content }];
  },
  answer: () => ['已请责任领导审核。'],
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
