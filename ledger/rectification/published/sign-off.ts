import type { Move } from '../../define.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import type { RectificationData } from '../data.ts';
import * as wording from '../wording.ts';
import { type Composed, reportOf } from './report-of.ts';

/**
 * 签发通报: a person answers for what is published. He lets out the words as they stand; whatever changes them afterwards
 * makes a draft of it again.
 */
export const signOff: Move<RectificationData, undefined> = {
  name: 'sign-off',
  word: '签发通报',
  done: '已签发通报',
  help: '签发一个轮次的对外通报，例如：签发通报 Z1',
  from: ['progressing', 'closed'],
  by: { roles: ['secretary'] },
  style: 'primary',
  whole: true,
  all: () => false,
  confirm: () => '请先下载通报通读一遍。签发后按现有内容定稿；台账再有变动，须重新签发。',
  check({ entry, data }) {
    if (data.level !== 'round')
      throw new Refusal('wrong-state', `${entry.ref} 不是轮次；通报按轮次签发，例如「签发通报 Z1」。`);
  },
  letsPass: async (reader, { entry }) => shown(await toSign(reader, entry.ref)),
  learn: (operation, { entry }) => toSign(operation, entry.ref),
  apply({ entry, data, actor, today }, _, learned) {
    const { sha256 } = learned as Composed;
    if (data.level !== 'round') throw new Error('Only a round has a report');
    return { state: entry.state, data: { ...data, signedOff: { on: today, by: actor.id, sha256 } } };
  },
  notices: ({ entry, actor }) =>
    (['discipline', 'supervisor'] as const).map((role) => ({
      to: { role },
      content: wording.signedOff(entry, actor.name),
    })),
  answer: () => ['通报已定稿，可以下载公布。'],
};

/** @throws Refusal where just these words were signed off */
async function toSign(
  { entries, today, store }: Pick<Operation, 'entries' | 'today' | 'store'>,
  round: string,
): Promise<Composed> {
  const composed = await reportOf({ entries, today, rules: store.rules }, round);
  if (composed.isFinal) throw new Refusal('wrong-state', `${round} 的通报已经签发，此后没有变动。`);
  return composed;
}

/** Items that are named; the others are counted. */
const NAMED = 10;

/** What is signed: its figures, what is not finished, and a mark that is another with every word that changes. */
function shown({ round, report, sha256 }: Composed): string[] {
  const figures = report.sections[0]?.paragraphs.map(({ text }) => text) ?? [];
  const open = round.problems
    .filter(({ data }) => !data.isSensitive)
    .flatMap((problem) => (problem.measures.length > 0 ? problem.measures : [problem]))
    .filter(({ entry, data }) => entry.closedAt === null && !data.isSensitive)
    .map(({ entry }) => entry.ref);
  const more = open.length > NAMED ? ` 等 ${open.length} 项` : '';
  const left = `还没有销号：${open.slice(0, NAMED).join('、')}${more}。`;
  return [...figures, ...(open.length > 0 ? [left] : []), `内容核对码 ${sha256.slice(0, 8)}。`];
}
