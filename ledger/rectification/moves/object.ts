import type { Entry, Notice } from '../../define.ts';
import { Refusal } from '../../refusal.ts';
import { itemData, OPEN } from '../data.ts';
import { itemNotice } from '../item-notice.ts';
import { toCheckIn } from './closing.ts';
import { closingsKept } from './closings-kept.ts';
import { ASKED_BACK } from './meeting-told.ts';
import { type Here, requireItem, type Step, text } from './step.ts';

/** 审定有异: what was written down of a meeting is not what it decided; the closing is taken back to the 督查复核. */
export const object: Step = {
  name: 'object',
  word: '审定有异',
  done: '已提出审定有异，退回督查复核',
  help: '登记的党组会审定与会议决定不符的，写明理由，退回督查复核',
  // Also where it was just objected to, so that this can be said.
  from: [...OPEN, 'closed', 'consolidated'],
  by: { roles: ASKED_BACK },
  style: 'danger',
  fields: { reason: text('不符之处', 1000) },
  inline: 'reason',
  all: () => false,
  confirm: ({ entry, data }) => {
    const { meeting } = itemData(data);
    return `提交后，${meeting?.name}（${meeting?.on}）对 ${entry.ref} 的审定登记和销号撤销，退回督查复核，并通知督查员、登记人、责任领导和责任人。`;
  },
  check: requireConfirmed,
  apply(here, { reason }) {
    const { approvedBy: _, meeting: __, lookBackOn: ___, ...data } = itemData(here.data);
    const returnReason = `审定有异（${here.actor.name}）：${String(reason)}`;
    return {
      state: 'reviewed',
      data: { ...data, ...closingsKept(itemData(here.data), here.today), returnReason },
    };
  },
  notices,
  answer: () => ['已告知督查员、登记人、责任领导和责任人。'],
};

/** @throws Refusal where no meeting's closing stands, and with who has objected to it where somebody just has */
function requireConfirmed(here: Here): void {
  requireItem(here);
  const { entry, data } = here;
  const { meeting, returnReason } = itemData(data);
  if (entry.state === 'closed' && meeting) return;
  const isObjected = entry.state === 'reviewed' && returnReason !== undefined;
  const sentence = isObjected
    ? `${entry.ref} 的审定已有人提出异议，正待督查复核，无需重复提出。${returnReason}`
    : `${entry.ref} 现在不是经党组会审定销号的，不适用「审定有异」。`;
  throw new Refusal('wrong-state', sentence);
}

function notices(here: Here, { reason }: Readonly<Record<string, unknown>>): Notice[] {
  const { entry, actor, directory } = here;
  const data = itemData(here.data);
  const { meeting } = data;
  const line = `${actor.name} 认为 ${meeting?.name}（${meeting?.on}）的审定登记有异：${String(reason)}`;
  const isSupervisor = directory.byId(meeting?.by ?? '')?.roles.includes('supervisor');
  const toRecorder =
    meeting && !isSupervisor ? [{ to: { person: meeting.by }, content: reopened(entry, line) }] : [];
  return [
    { to: { role: 'supervisor' }, content: toApprove(entry, [line, ...toCheckIn(here, data)]) },
    ...toRecorder,
    ...['responsible', 'leader'].map((part) => ({ to: { part }, content: reopened(entry, line) })),
  ];
}

const toApprove = (entry: Entry, lines: string[]) =>
  itemNotice('审定有异，请重新复核', entry, lines, {
    tone: 'yellow',
    actions: [
      { action: `复核通过 ${entry.ref}`, label: '复核通过', style: 'primary' },
      { action: `退回 ${entry.ref}`, label: '退回' },
    ],
  });

/** Nothing is left for them to do. */
const reopened = (entry: Entry, line: string) =>
  itemNotice('审定有异，销号撤销，待督查复核', entry, [line], { tone: 'yellow' });
