import { optional } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { AT_WORK, type ItemData, itemData } from '../data.ts';
import { withAnswerBefore } from './as-before.ts';
import { byResponsible, type Here, type Result, type Step, stay, text } from './step.ts';

const WHAT = { application: '销号申请', deferral: '延期申请', stall: '暂难整改申请' } as const;

/** A request on which nobody has decided yet. */
interface Pending {
  what: keyof typeof WHAT;
  by: string;
  /** The date that was asked for. */
  until?: string;
}

/** 「延期申请（至 2027-01-31）」 */
const nameOf = ({ what, until }: Pending): string => `${WHAT[what]}${until ? `（至 ${until}）` : ''}`;

/** No other one is made while one waits. */
function pendingOf({ entry, data }: Here): Pending | undefined {
  const { application, deferral, stall } = itemData(data);
  if (entry.state === 'applied') return application && { what: 'application', by: application.by };
  if (deferral) return { what: 'deferral', by: deferral.by, until: deferral.to };
  return stall && { what: 'stall', by: stall.by, until: stall.until };
}

/** @throws Refusal where nothing waits, or somebody else has asked for it */
function requireOwn(here: Here): Pending {
  const { entry, actor, directory } = here;
  const pending = pendingOf(here);
  if (!pending) throw new Refusal('wrong-state', `${entry.ref} 没有可以撤回的申请。`);
  if (pending.by === actor.id) return pending;
  const by = directory.byId(pending.by)?.name ?? '（已离开）';
  throw new Refusal('not-permitted', `${entry.ref} 的${WHAT[pending.what]}由 ${by} 提出，须由其本人撤回。`);
}

/** 撤回申请, as long as nobody has decided: who was asked finds his card without its buttons, and gets no message more. */
export const withdraw: Step = {
  name: 'withdraw',
  word: '撤回申请',
  help: '撤回自己提出、正等审核或审批的那一份申请（销号、延期或暂难）',
  from: ['applied', ...AT_WORK],
  by: byResponsible,
  ownOne: true,
  takesBack: { steps: ['apply', 'ask-deferral', 'ask-stall'], said: '申请已撤回' },
  fields: { reason: optional(text('撤回理由', 1000)) },
  inline: 'reason',
  confirmsAll: true,
  intro: (here) => [`撤回的是 ${here.entry.ref} 的${nameOf(requireOwn(here))}。`],
  check: (here) => void requireOwn(here),
  apply: (here) => WITHOUT[requireOwn(here).what](here),
  answer: (here) => [`${nameOf(requireOwn(here))}已撤回，责任领导无需办理。`],
};

const WITHOUT: Readonly<Record<Pending['what'], (here: Here) => Result>> = {
  application(here) {
    const { application, ...item } = itemData(here.data);
    const { before } = application ?? {};
    const { returnReason } = before ?? {};
    const data: ItemData = {
      ...withAnswerBefore(item, before, { answer: item.weekly?.answer === 'apply' }),
      ...(returnReason !== undefined && { returnReason }),
      withdrawn: withdrawnNow(here),
    };
    return { state: before?.state ?? 'progressing', data };
  },
  deferral(here) {
    const { deferral, ...item } = itemData(here.data);
    const own = { answer: item.weekly?.answer === 'defer' };
    return stay(here, withAnswerBefore(item, deferral?.before, own));
  },
  stall(here) {
    const { stall, ...item } = itemData(here.data);
    const isOwn = (said: string | undefined) => said !== undefined && said === stall?.reason;
    const own = { answer: isOwn(item.weekly?.text), difficulty: isOwn(item.difficulty?.text) };
    return stay(here, withAnswerBefore(item, stall?.before, own));
  },
};

/** What was found of the request is kept: asked for anew in other words, it would be found no longer. */
function withdrawnNow({ data }: Here): NonNullable<ItemData['withdrawn']> {
  const { application, withdrawn = [] } = itemData(data);
  if (!application) return withdrawn;
  const { on, by } = application;
  const signals = application.signals?.filter(({ withdrawnOn }) => withdrawnOn === undefined) ?? [];
  const now = { on, by, ...(signals.length > 0 && { signals }) };
  const same = JSON.stringify(now);
  return [...withdrawn.filter((each) => JSON.stringify(each) !== same), now];
}
