import { optional, type RawValues } from '../../form.ts';
import type { IntercessionContents } from '../contents.ts';
import { RECEIVERS } from '../receivers.ts';
import { acceptBy } from '../terms.ts';
import * as wording from '../wording.ts';
import { byReporter, contentsWith, type Here, longText, type Step } from './step.ts';

/** The term to take it up begins anew. */
const supplement: Step = {
  name: 'supplement',
  word: '补正',
  help: '按要求补充说明',
  from: ['returned'],
  by: byReporter,
  ownOne: true,
  style: 'primary',
  fields: { supplement: longText('补充说明', 5000) },
  inline: 'supplement',
  intro: ({ contents }) => (contents.conclusionReason ? [`需要补充：${contents.conclusionReason}`] : []),
  apply: (here, values) => ({
    state: 'submitted',
    dueOn: acceptBy(here, here.today),
    contents: supplemented(here, values),
  }),
  notices: ({ entry }) => RECEIVERS.map((to) => ({ to, content: wording.supplemented(entry) })),
};

function supplemented(here: Here, { supplement: text }: RawValues): IntercessionContents {
  const added = { at: here.at.toISOString(), text: String(text) };
  return contentsWith(here, { supplements: [...here.contents.supplements, added] });
}

const withdraw: Step = {
  name: 'withdraw',
  word: '撤回',
  help: '撤回自己的记录（留痕，不删除）',
  from: ['submitted', 'accepted', 'returned'],
  by: byReporter,
  ownOne: true,
  style: 'danger',
  confirm: true,
  fields: { reason: optional(longText('理由')) },
  inline: 'reason',
  apply: (here, values) => ({
    state: 'withdrawn',
    dueOn: null,
    contents: contentsWith(here, values.reason ? { withdrawalReason: String(values.reason) } : {}),
  }),
  notices: ({ entry }) => RECEIVERS.map((to) => ({ to, content: wording.withdrawn(entry) })),
};

/** What the reporter does with his own record: 补正、撤回. */
export const ownReportMoves: readonly Step[] = [supplement, withdraw];
