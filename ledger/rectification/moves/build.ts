import type { Entry } from '../../define.ts';
import { entriesFor } from '../../entry.ts';
import { optional, type RawValues, textField } from '../../form.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import { type ItemData, itemData } from '../data.ts';
import { dueWord } from '../due-word.ts';
import { broughtToMeasures } from '../item-notice.ts';
import { fromProblem, fromRound, MOST_PARTS, newMeasure, newProblem, oneLine } from '../round-parts.ts';
import { taking, toWhoseItIs } from '../whose.ts';
import { hasProgress } from './has-progress.ts';
import { type Here, type Result, type Step, text } from './step.ts';

const byOfficers = { roles: ['supervisor', 'discipline'] } as const;

/** 加问题: a problem comes to stand below a round, with the next number. */
const addProblem: Step = {
  name: 'add-problem',
  word: '加问题',
  done: '已加问题',
  help: '在一轮整改下登记问题，例如：加问题 Z2 制度不健全',
  from: ['opened', 'progressing', 'closed'],
  by: byOfficers,
  style: 'primary',
  fields: {
    title: text('问题'),
    findings: optional(text('具体表现')),
    aspect: optional(textField({ label: '方面', max: 200 })),
  },
  inline: 'title',
  whole: true,
  all: () => false,
  fits: ({ data }) => data.level === 'round',
  check({ entry, data }) {
    if (data.level === 'round') return;
    throw new Refusal('wrong-state', `${entry.ref} 不是轮次，请写轮次编号，例如「加问题 Z1」。`);
  },
  learn: nextNumber,
  apply({ entry, data }, { title, findings, aspect }, number) {
    const shared = data.level === 'round' ? fromRound(data) : {};
    const says = {
      ...shared,
      ...(findings !== undefined && { findings: String(findings) }),
      ...(aspect !== undefined && { aspect: String(aspect) }),
    };
    const problem = { title: oneLine(String(title)), hasMeasures: false, says };
    return { state: 'progressing', adds: [newProblem(entry, Number(number), problem)] };
  },
  answer: () => ['有整改措施的，请逐条登记措施；没有的，可以直接指派。'],
  next: ({ entry }, added) => [
    { action: `加措施 ${refsOf(added)}`, label: '加措施', style: 'primary' },
    { action: `指派 ${refsOf(added)}`, label: '指派' },
    { action: `加问题 ${entry.ref}`, label: '再加问题' },
  ],
};

const refsOf = (entries: readonly Entry[]): string => entries.map(({ ref }) => ref).join(',');

/** Measures that one form adds at most: each is looked at by somebody. */
const AT_ONCE = 20;

/**
 * 加措施: measures come to stand below a problem, a line each. Whom the problem was given to, and until when, is proposed for each
 * of them, as long as nothing was done about it.
 */
const addMeasure: Step = {
  name: 'add-measure',
  word: '加措施',
  done: '已加措施',
  help: '在问题下登记整改措施，一行一条，例如：加措施 Z2-1 修订经费管理办法',
  from: ['unassigned', 'assigned', 'signed', 'progressing', 'closed'],
  by: byOfficers,
  fields: {
    measures: textField({ label: '整改措施', hint: '一行一条，一次最多 20 条', max: 10_000, lines: 'many' }),
  },
  inline: 'measures',
  whole: true,
  all: () => false,
  fits: ({ data }) => data.level === 'problem',
  confirm: ({ entry, data, directory, today }) => {
    if (!isGivenOut(entry)) return undefined;
    const names = taking(entry, 'responsible').map((id) => directory.byId(id)?.name ?? '（已离开）');
    const due = dueWord(entry, data, today);
    return `${entry.ref} 已指派给 ${names.join('、')}，${due}。加措施后改按措施办理：按问题的指派撤回并告知相关人员，人员和时限带到措施上，须再发送「指派」才生效。`;
  },
  check({ entry, data }) {
    if (data.level !== 'problem')
      throw new Refusal('wrong-state', `${entry.ref} 不是问题，请写问题编号，例如「加措施 Z1-3」。`);
    if (entry.people.length === 0) return;
    const isBegun =
      !['unassigned', 'assigned', 'signed'].includes(entry.state) || hasProgress(itemData(data));
    if (isBegun)
      throw new Refusal(
        'wrong-state',
        `${entry.ref} 已整体指派，并有进展等办理记录，不能再加措施；新的措施请另加一个问题。`,
      );
  },
  learn: nextNumber,
  apply(here, { measures }, number) {
    const lines = String(measures)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length > AT_ONCE) {
      const sentence = `一次最多 ${AT_ONCE} 条，现有 ${lines.length} 条`;
      throw new Refusal('invalid-input', `${sentence}。`, { measures: sentence });
    }
    return { ...broughtDown(here, lines, Number(number)), ...withdrawn(here) };
  },
  notices: ({ entry, actor, directory }) =>
    toWhoseItIs(entry, directory, broughtToMeasures(entry, actor.name)),
  answer: ({ entry }) =>
    isGivenOut(entry)
      ? [`${entry.ref} 改按措施办理，原指派已撤回；人员和时限已带到措施上，请核对后指派。`]
      : [],
  next: ({ entry }, added) => [
    { action: `指派 ${refsOf(added)}`, label: '指派', style: 'primary' },
    { action: `加措施 ${entry.ref}`, label: '再加措施' },
  ],
};

const isGivenOut = ({ state, people }: Entry): boolean => state !== 'unassigned' && people.length > 0;

/** The history says that it is given out by its measures from now on, and to whom it was. */
function withdrawn({ entry, data, directory, today }: Here): { replaced?: RawValues } {
  if (!isGivenOut(entry)) return {};
  const names = taking(entry, 'responsible').map((id) => directory.byId(id)?.name ?? '（已离开）');
  const before = `${names.join('、')}，${dueWord(entry, data, today)}`;
  return { replaced: { 已改按措施办理并撤回指派: before } };
}

const PARTS = ['leader', 'responsible', 'assistant'] as const;

/** The measures, each with the problem's people and date as a proposal, which the problem itself has no more. */
function broughtDown({ entry, data }: Here, titles: readonly string[], first: number): Result {
  const { assignedOn: _, weekly: __, ...problem } = itemData(data);
  const { category, deferredFrom } = problem;
  const says: Omit<ItemData, 'level' | 'number'> = {
    ...fromProblem(problem),
    ...(category && { category }),
    // It was put off already, by whatever number it goes on.
    ...(deferredFrom && { deferredFrom }),
  };
  const people = Object.fromEntries(PARTS.map((part) => [part, taking(entry, part)]));
  const proposed = {
    people,
    ...(entry.dueOn && { dueOn: entry.dueOn }),
    ...(entry.departmentId && { departmentId: entry.departmentId }),
  };
  const adds = titles.map((title, index) => {
    const measure = newMeasure(entry, first + index, { title, says });
    return entry.people.length > 0 ? { ...measure, ...proposed } : measure;
  });
  if (entry.people.length === 0) return { state: 'progressing', adds };
  return {
    state: 'progressing',
    data: problem,
    dueOn: null,
    people: Object.fromEntries(PARTS.map((part) => [part, []])),
    adds,
  };
}

/** The number after the last part's. It is counted with the house's eyes, and with what was taken out: no number is given twice. */
async function nextNumber({ store, rows }: Operation, { entry }: Here): Promise<number> {
  const asBureau = entriesFor(store, rows, 'bureau');
  const parts = [
    ...(await asBureau.list({ parentId: entry.id })),
    ...(await asBureau.list({ parentId: entry.id, states: [TAKEN_OUT] })),
  ];
  const last = Math.max(0, ...parts.map(({ ref }) => Number(ref.slice(ref.lastIndexOf('-') + 1))));
  if (last + AT_ONCE <= MOST_PARTS) return last + 1;
  throw new Refusal('wrong-state', `${entry.ref} 下已有 ${last} 项，不能再加。`);
}

/** A round that is built without a file. */
export const buildMoves: readonly Step[] = [addProblem, addMeasure];
