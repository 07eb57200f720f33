import { FILED, PASSED_ON, RECUSED } from '../../define.ts';
import { type Entries, entriesFor } from '../../entry.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import { AT_WORK, dataSchema, type ItemData, itemData } from '../data.ts';
import { LEDGER } from '../round-parts.ts';
import { TAKE_OUT, takenOutNotices } from '../take-out-parts.ts';
import { hasProgress } from './has-progress.ts';
import { type Here, isWhole, type Step, text } from './step.ts';

/** Steps by which an item is made, put into words and given out; with any other one, something was done about it. */
const MAKING: readonly string[] = [
  ...[FILED, PASSED_ON, RECUSED, 'assign', 'amend', 'change-by-table', 'add-measure'],
  ...['opened-by-parts', 'unassigned-by-parts', 'progressing-by-parts', 'closed-by-parts'],
].map((name) => `${LEDGER}.${name}`);

type Looked = Pick<Here, 'entry' | 'data'>;

/** Whether nothing that is kept in it says that something was done. A problem with measures is what they are. */
function isUntouched({ entry, data }: Looked): boolean {
  const item = itemData(data);
  if (hasProgress(item) || item.weekly !== undefined) return false;
  // Of a problem with measures that is closed, all were worked on.
  return ['unassigned', 'assigned'].includes(entry.state) || (isWhole({ entry, data }) && !entry.closedAt);
}

const hasRecords = (ref: string): Refusal =>
  new Refusal(
    'wrong-state',
    `${ref} 已有签收、进展等办理记录，不能作废；文字有误的，请发送「修改 ${ref}」。`,
    {},
    [{ action: `修改 ${ref}`, label: '修改' }],
  );

/** The same words where a measure is hidden from who asks: he is not told of it, and takes none out that concerns him. */
const haveRecords = (ref: string): Refusal =>
  new Refusal(
    'wrong-state',
    `${ref} 之下有已经办理的措施，不能连同问题一起作废；可以逐条作废没有办理的措施。`,
  );

/**
 * 作废: what was entered by mistake is taken out of lists, figures and reports, as long as nothing was done about it. It stays in
 * the chain and is shown by its number, which is not given again. With a problem go its measures.
 */
export const takeOut: Step = {
  name: TAKE_OUT,
  word: '作废',
  also: ['撤销条目'],
  help: '作废登记错的问题或措施（须还没有办理记录；编号不再使用），例如：作废 Z2-1 重复登记',
  from: [
    ...['unassigned', ...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved'],
    ...['opened', 'closed', 'consolidated', TAKEN_OUT],
  ],
  by: { roles: ['supervisor', 'discipline'] },
  style: 'danger',
  fields: { reason: text('作废理由', 500) },
  inline: 'reason',
  whole: true,
  withParts: '一并作废',
  asksOthers: true,
  all: () => false,
  confirm: ({ entry }) =>
    `${entry.ref} 作废后不再列入台账、统计和通报，编号不再使用；已经指派的，通知所有相关人员。`,
  check({ entry, data }) {
    if (data.level === 'round')
      throw new Refusal('wrong-state', `${entry.ref} 是轮次，不能作废；请写问题或措施的编号。`);
    if (entry.state === TAKEN_OUT) throw new Refusal('wrong-state', `${entry.ref} 已经作废，无需再办理。`);
    if (!isUntouched({ entry, data })) throw hasRecords(entry.ref);
  },
  async learn(operation, { entry }) {
    const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
    if (!(await isOnlyMade(asBureau, entry))) throw hasRecords(entry.ref);
    for (const part of await asBureau.list({ ledger: LEDGER, parentId: entry.id }))
      if (!(await mayGoWith(operation, asBureau, part))) throw haveRecords(entry.ref);
    return partsNamed(asBureau, entry);
  },
  apply: (here, { reason }, parts) => ({
    state: TAKEN_OUT,
    data: takenOutNow(here, String(reason)),
    takenAlong: parts as string[],
  }),
  notices: (here, { reason }) => takenOutNotices(here.entry, whyOf(here, String(reason)), here.directory),
  answer: () => ['编号不再使用；记录仍在，发送「查看」和编号可以看到。'],
};

const whyOf = ({ actor, today }: Here, reason: string): NonNullable<ItemData['takenOut']> => ({
  ...{ on: today, by: actor.id },
  reason,
});

const takenOutNow = (here: Here, reason: string): ItemData => ({
  ...itemData(here.data),
  takenOut: whyOf(here, reason),
});

/** The refs of what goes with it, for the history, which whoever sees the whole may read. */
const partsNamed = async (asBureau: Entries, { id }: Here['entry']): Promise<string[]> =>
  (await asBureau.list({ ledger: LEDGER, parentId: id, hiddenFromNobody: true })).map(({ ref }) => ref);

const isOnlyMade = async (asBureau: Entries, entry: Here['entry']): Promise<boolean> =>
  (await asBureau.history(entry)).every(({ action }) => MAKING.includes(action));

async function mayGoWith(operation: Operation, asBureau: Entries, part: Here['entry']): Promise<boolean> {
  if (!isUntouched({ entry: part, data: dataSchema.parse(part.data) })) return false;
  return (await isOnlyMade(asBureau, part)) && (await operation.entries.find({ id: part.id })) !== undefined;
}
