import { entriesFor } from '../../entry.ts';
import { optional, textField } from '../../form.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { itemData } from '../data.ts';
import { fromProblem, fromRound, MOST_PARTS, newMeasure, newProblem, oneLine } from '../round-parts.ts';
import { type Here, type Step, text } from './step.ts';

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
};

/** Measures that one form adds at most: each is looked at by somebody. */
const AT_ONCE = 20;

/** 加措施: measures come to stand below a problem, a line each. A problem that is worked on itself has none. */
const addMeasure: Step = {
  name: 'add-measure',
  word: '加措施',
  done: '已加措施',
  help: '在问题下登记整改措施，一行一条，例如：加措施 Z2-1 修订经费管理办法',
  from: ['unassigned', 'progressing', 'closed'],
  by: byOfficers,
  fields: {
    measures: textField({ label: '整改措施', hint: '一行一条，一次最多 20 条', max: 10_000, lines: 'many' }),
  },
  inline: 'measures',
  whole: true,
  all: () => false,
  check({ entry, data }) {
    if (data.level !== 'problem')
      throw new Refusal('wrong-state', `${entry.ref} 不是问题，请写问题编号，例如「加措施 Z1-3」。`);
    if (entry.people.length > 0) throw new Refusal('wrong-state', `${entry.ref} 已整体分派，不能再加措施。`);
  },
  learn: nextNumber,
  apply({ entry, data }, { measures }, number) {
    const lines = String(measures)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length > AT_ONCE) {
      const sentence = `一次最多 ${AT_ONCE} 条，现有 ${lines.length} 条`;
      throw new Refusal('invalid-input', `${sentence}。`, { measures: sentence });
    }
    const says = fromProblem(itemData(data));
    const adds = lines.map((title, index) => newMeasure(entry, Number(number) + index, { title, says }));
    return { state: 'progressing', adds };
  },
};

/** The number after the last part's. It is counted with the house's eyes: no number is given twice. */
async function nextNumber({ store, rows }: Operation, { entry }: Here): Promise<number> {
  const parts = await entriesFor(store, rows, 'bureau').list({ parentId: entry.id });
  const last = Math.max(0, ...parts.map(({ ref }) => Number(ref.slice(ref.lastIndexOf('-') + 1))));
  if (last + AT_ONCE <= MOST_PARTS) return last + 1;
  throw new Refusal('wrong-state', `${entry.ref} 下已有 ${last} 项，不能再加。`);
}

/** A round that is built without a file. */
export const buildMoves: readonly Step[] = [addProblem, addMeasure];
