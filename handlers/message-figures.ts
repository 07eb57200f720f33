import type { Person } from '../ledger/directory.ts';
import type { TableContent } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Role } from '../ledger/role.ts';
import { UNPROMPTED, type Unprompted } from '../ledger/unprompted.ts';
import { WITHIN } from '../ledger/within.ts';
import type { Asking } from './define.ts';
import { waysLine } from './message-ways.ts';
import { lastWeeks, type Week } from './message-weeks.ts';

/** What is typed behind 「减负自查」. */
export const TOTALS = '合计';

const COUNTING: readonly Role[] = ['discipline', 'supervisor'];
/** All that a message in line may be. Named, so that the index on state and time is of use. */
const STATES = ['waiting', 'sent', 'dead', WITHIN];

const hasOneOf = ({ roles }: Person, among: readonly Role[]): boolean =>
  roles.some((role) => among.includes(role));

export const mayCount = (person: Person): boolean => hasOneOf(person, COUNTING);

/**
 * Whether the bureau's figures are asked for, rather than what the person got himself.
 * @param typed what stands behind 「减负自查」
 * @throws Refusal when it is for others, or names anybody else
 */
export function asksForFigures(person: Person, typed: string): boolean {
  const said = typed.trim();
  if (said === '' || said === person.name) return false;
  const own = '发送「减负自查」查看主动发给您自己的消息';
  if (said !== TOTALS) {
    const more = mayCount(person) ? `，发送「减负自查 ${TOTALS}」查看全局合计` : '';
    const sentence = `主动发给他人的消息，只有其本人可以查看。请${own}${more}。`;
    throw new Refusal('not-permitted', `没有「${said.slice(0, 20)}」的减负自查：${sentence}`);
  }
  if (mayCount(person)) return true;
  throw new Refusal('not-permitted', `全局合计由纪检监察员和督查员查看，您可以${own}。`);
}

/**
 * The bureau's figures of what was sent unasked, by week and kind. It ranks nobody: of persons it tells only how much the one
 * who got most of all got. What belongs to a sealed ledger is left out for everybody, and it moves nothing else either.
 */
export async function messageFigures(asking: Asking): Promise<TableContent> {
  const { store, person, today } = asking;
  const weeks = lastWeeks(store.calendar, today);
  const jobs = countedFor(person);
  const counted: Counted[] = [];
  for (const week of weeks) counted.push(await countWeek(asking, week, jobs));
  const row = (title: string, figure: (week: Counted) => number) => [
    title,
    ...counted.map((week) => String(figure(week))),
  ];
  return {
    kind: 'table',
    title: '主动发出的消息：全局合计',
    columns: ['内容', ...weeks.map(({ monday }) => `${monday} 起`)],
    rows: [
      ...jobs
        .filter((job) => counted.some(({ byJob }) => byJob.has(job)))
        .map((job) => row(UNPROMPTED[job].title, ({ byJob }) => byJob.get(job) ?? 0)),
      row('合计', ({ sent }) => sent),
      row('其中不占额度', ({ exempt }) => exempt),
      row('其中延后发出', ({ carried }) => carried),
      row('并入其他消息，未单独发出', ({ within }) => within),
      row('占额度的，一人最多', ({ most }) => most),
      row('超出上限', ({ beyond }) => beyond),
    ],
    footer: [
      `每人每周上限 ${store.rules.messages.unpromptedAWeek} 条（${store.rules.messages.unpromptedSource}）。`,
      `合计不含：${leftOut(jobs).join('、')}，以及由人员办理引起的消息。`,
      ...(await waysLine(asking, jobs, weeks)),
      '超出上限：当周已满、没有待发消息可并入，到下周又过了时限的，照发。不列个人，不排名。',
    ],
    actions: [{ action: '减负自查', label: '我的' }],
    refresh: `减负自查 ${TOTALS}`,
    isView: true,
  };
}

const countedFor = (person: Person): Unprompted[] =>
  (Object.keys(UNPROMPTED) as Unprompted[]).filter((job) => {
    const { isSecret, countedFor: roles } = UNPROMPTED[job];
    return !isSecret && (roles === undefined || hasOneOf(person, roles));
  });

/** What is counted for nobody, and what is not counted for this reader. */
const leftOut = (jobs: readonly Unprompted[]): string[] =>
  (Object.keys(UNPROMPTED) as Unprompted[])
    .filter((job) => !jobs.includes(job))
    .map((job) => {
      const { title, isSecret } = UNPROMPTED[job];
      return isSecret ? title : `${title}（由纪检监察员统计）`;
    });

interface Counted {
  byJob: ReadonlyMap<string, number>;
  sent: number;
  exempt: number;
  carried: number;
  within: number;
  /** Of what uses the budget up, to one person. */
  most: number;
  /** What went beyond the budget, to all persons together. */
  beyond: number;
}

async function countWeek(
  { rows, store }: Asking,
  { from, to }: Week,
  jobs: readonly string[],
): Promise<Counted> {
  const where = { state: { in: STATES }, notBefore: { gte: from, lt: to }, job: { in: [...jobs] } };
  const groups = await rows.outbox.groupBy({
    by: ['job', 'isExempt', 'isCarried', 'state'],
    where,
    _count: { _all: true },
  });
  const ofEach = {
    by: ['personId'] as ['personId'],
    where: { ...where, isExempt: false, state: { in: STATES.filter((state) => state !== WITHIN) } },
    _count: { personId: true } as const,
  };
  const [most] = await rows.outbox.groupBy({
    ...ofEach,
    orderBy: { _count: { personId: 'desc' } },
    take: 1,
  });
  const { unpromptedAWeek } = store.rules.messages;
  const over = await rows.outbox.groupBy({
    ...ofEach,
    having: { personId: { _count: { gt: unpromptedAWeek } } },
  });
  const sum = (which: (group: (typeof groups)[number]) => boolean): number =>
    groups.filter(which).reduce((total, { _count }) => total + _count._all, 0);
  const isSent = ({ state }: (typeof groups)[number]) => state !== WITHIN;
  const seen = [...new Set(groups.flatMap(({ job }) => job ?? []))];
  return {
    byJob: new Map(seen.map((job) => [job, sum((group) => isSent(group) && group.job === job)])),
    sent: sum(isSent),
    exempt: sum(({ isExempt }) => isExempt),
    carried: sum(({ isCarried }) => isCarried),
    within: sum((group) => !isSent(group)),
    most: most?._count.personId ?? 0,
    beyond: over.reduce((total, { _count }) => total + _count.personId - unpromptedAWeek, 0),
  };
}
