import type { Notice } from '../define.ts';
import { optional } from '../form.ts';
import { Refusal } from '../refusal.ts';
import type { IntercessionContents } from './contents.ts';
import {
  byOfficer,
  contentsWith,
  type Here,
  longText,
  notOwn,
  reportersOf,
  type Step,
} from './moves/step.ts';
import * as wording from './wording.ts';

type Unsealing = IntercessionContents['unsealings'][number];

const DAY_MS = 86_400_000;

/** 解封: an archived record is opened to the officer who gave a reason for it, by somebody else, and for some days. */
const askFor: Step = {
  name: 'ask-unsealing',
  word: '申请解封',
  done: '已申请解封',
  help: '申请查阅已归档的记录，须写明理由，由另一人批准',
  from: ['archived'],
  by: byOfficer,
  fields: { reason: longText('申请理由', 500) },
  inline: 'reason',
  check(here) {
    notOwn(here);
    const { until } = openTo(here) ?? {};
    if (until === undefined) return;
    const sentence = `${here.entry.ref} 已对您开放至 ${here.calendar.display(new Date(until))}，无须再申请。`;
    throw new Refusal('wrong-state', sentence);
  },
  apply: (here, { reason }) => ({
    state: 'unsealing',
    contents: contentsWith(here, {
      unsealings: [
        ...here.contents.unsealings,
        { at: here.at.toISOString(), by: here.actor.id, reason: String(reason) },
      ],
    }),
  }),
  notices: ({ entry }) =>
    APPROVERS.map((role): Notice => ({ to: { role }, content: wording.unsealingAsked(entry) })),
  answer: () => ['由另一名纪检监察员、派驻纪检组或党组书记批准后，内容对您开放；结果会告诉您。'],
};

const APPROVERS = ['discipline', 'resident', 'secretary'] as const;
const byApprover = { roles: APPROVERS, parts: ['receiver'] } as const;

/** Neither who asked for it nor who filed it. */
function secondPerson(here: Here): void {
  notOwn(here);
  if (waiting(here)?.by !== here.actor.id) return;
  throw new Refusal('four-eyes', `${here.entry.ref} 的解封是您本人申请的，须由另一人批准。`);
}

const grant: Step = {
  name: 'grant-unsealing',
  check: secondPerson,
  word: '批准解封',
  done: '已批准解封',
  help: '批准他人查阅已归档的记录',
  from: ['unsealing'],
  by: byApprover,
  style: 'primary',
  apply: (here) => ({
    state: 'archived',
    contents: decided(here, { granted: true, until: untilOf(here) }),
  }),
  notices: (here) => toApplicant(here, true),
};

const untilOf = ({ at, rules }: Here): string =>
  new Date(at.getTime() + rules.intercession.unsealedForDays * DAY_MS).toISOString();

const refuse: Step = {
  name: 'refuse-unsealing',
  check: secondPerson,
  word: '驳回解封',
  done: '已驳回解封',
  help: '不批准查阅已归档的记录',
  from: ['unsealing'],
  by: byApprover,
  fields: { why: optional(longText('驳回理由', 500)) },
  inline: 'why',
  apply: (here, { why }) => ({
    state: 'archived',
    contents: decided(here, { granted: false, ...(why !== undefined && { why: String(why) }) }),
  }),
  notices: (here) => toApplicant(here, false),
};

const waiting = ({ contents }: Pick<Here, 'contents'>): Unsealing | undefined =>
  contents.unsealings.findLast(({ decision }) => decision === undefined);

function decided(
  here: Here,
  how: Omit<NonNullable<Unsealing['decision']>, 'at' | 'by'>,
): IntercessionContents {
  const meant = waiting(here);
  const decision = { at: here.at.toISOString(), by: here.actor.id, ...how };
  const unsealings = here.contents.unsealings.map((each) => (each === meant ? { ...each, decision } : each));
  return contentsWith(here, { unsealings });
}

function toApplicant(here: Here, isGranted: boolean): Notice[] {
  const by = waiting(here)?.by;
  if (by === undefined) return [];
  const { unsealedForDays } = here.rules.intercession;
  return [{ to: { person: by }, content: wording.unsealingDecided(here.entry, isGranted, unsealedForDays) }];
}

/** The unsealing by which it is open to the actor now. */
function openTo({ contents, actor, at }: Here): { until: string } | undefined {
  const until = contents.unsealings
    .flatMap(({ by, decision }) => (by === actor.id && decision?.until ? decision.until : []))
    .find((each) => at < new Date(each));
  return until === undefined ? undefined : { until };
}

/** Of what is archived an officer is shown number and state; who filed it has it always. */
export function closedTo(here: Here): string | undefined {
  const { entry, actor, directory, rules } = here;
  if (entry.state !== 'archived' && entry.state !== 'unsealing') return undefined;
  if (reportersOf(here).includes(actor.id) || openTo(here)) return undefined;
  const asked = entry.state === 'unsealing' ? waiting(here) : undefined;
  if (asked)
    return `已归档，内容封存。${directory.byId(asked.by)?.name ?? '（已离开）'}申请解封，理由：${asked.reason}`;
  return `已归档，内容封存。确需查阅的，请发送「申请解封 ${entry.ref} <理由>」，经另一人批准后对您开放 ${rules.intercession.unsealedForDays} 日。`;
}

export const unsealingMoves: readonly Step[] = [grant, refuse, askFor];
