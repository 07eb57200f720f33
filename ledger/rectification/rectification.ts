import { defineLedger, type Entry, type Situation } from '../define.ts';
import type { Directory } from '../directory.ts';
import { type Entries, entriesFor } from '../entry.ts';
import type { Section } from '../message.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { ANSWERS, CATEGORIES, dataSchema, itemData, type RectificationData } from './data.ts';
import { moves, noteOf } from './moves.ts';
import { statistics } from './statistics.ts';
import { succession } from './succession.ts';
import { short, weekForPeople } from './wording.ts';
import { works } from './works.ts';

const SEES_ALL = ['secretary', 'discipline', 'resident', 'supervisor', 'auditor'] as const;

/** 巡察整改台账 (S3: 「针对存在的问题逐一对账销号,确保事事有落实、件件有回音」). */
export const rectification = defineLedger<RectificationData, undefined>({
  name: 'rectification',
  title: '整改台账',
  states: {
    unassigned: { label: '待分派' },
    assigned: { label: '已交办' },
    signed: { label: '已签收' },
    progressing: { label: '整改中' },
    applied: { label: '待责任领导审核' },
    reviewed: { label: '待督查复核' },
    approved: { label: '待党组会审定' },
    returned: { label: '退回补正' },
    stalled: { label: '暂难整改' },
    relapsed: { label: '反弹·重启', tone: 'red' },
    closed: { label: '已销号', closed: true },
    consolidated: { label: '已巩固', closed: true },
  },
  parts: { leader: '责任领导', responsible: '责任人', assistant: '协办' },
  dataVersion: 1,
  data: dataSchema,
  moves,
  mine: {
    word: '我的整改',
    help: '查看自己负责的整改事项',
    title: '我的整改',
    parts: ['responsible', 'assistant', 'leader'],
    open: true,
  },
  visibleTo(person) {
    if (person.roles.some((role) => (SEES_ALL as readonly string[]).includes(role))) return {};
    const own = { people: { some: { personId: person.id } } };
    const seen = person.isHead ? { OR: [own, { departmentId: person.departmentId }] } : own;
    return { OR: [seen, { children: { some: seen } }] };
  },
  overseenBy: (person) =>
    person.isHead || person.roles.some((role) => [...SEES_ALL, 'leader'].includes(role)),
  expandRef,
  describe,
  note: (record) => noteOf(record.values),
  line: ({ entry }, today) =>
    `${entry.ref} ${short(entry.title)}${entry.dueOn ? `（${dueWord(entry, today)}）` : ''}`,
  works,
  statistics,
  succession,
  settle,
});

const dueWord = ({ dueOn, closedAt }: Entry, today: string): string =>
  !closedAt && dueOn && dueOn < today ? `已逾期，时限 ${dueOn}` : `时限 ${dueOn}`;

/** 「3-2」 is problem 3, measure 2, of the one round that has it open; where several have, the whole ref is asked for. */
async function expandRef(typed: string, entries: Entries): Promise<string | undefined> {
  if (!/^\d{1,3}(-\d{1,3})?$/.test(typed)) return undefined;
  const found = await entries.list({ ledger: 'rectification', refEnd: `-${typed}` });
  const whole = found.filter(({ ref }) => ref.replace(/^Z\d+-/, '') === typed);
  const open = whole.filter(({ closedAt }) => closedAt === null);
  const meant = open.length > 0 ? open : whole;
  if (meant.length <= 1) return meant[0]?.ref;
  const refs = meant
    .map(({ ref }) => ref)
    .sort()
    .join('」还是「');
  throw new Refusal('unknown-entry', `「${typed}」是「${refs}」？请写全编号。`);
}

function describe({ entry, data, directory, today }: Situation<RectificationData, undefined>): Section[] {
  if (data.level === 'round') {
    const lines = [
      `来源：${data.source}`,
      data.issuer && `单位：${data.issuer}`,
      data.feedbackOn && `反馈日期：${data.feedbackOn}`,
    ];
    return [{ heading: entry.title, lines: lines.filter((line): line is string => Boolean(line)) }];
  }
  return [
    {
      heading: data.level === 'problem' ? '问题' : '整改措施',
      lines: [entry.title, ...(data.findings ? [data.findings] : [])],
    },
    ...(isWhole(entry)
      ? []
      : [{ heading: '责任落实', lines: responsibility(entry, data, directory, today) }]),
    ...workSections(itemData(data), directory),
  ];
}

/** A problem that is worked on through its measures. */
const isWhole = ({ state, people }: Entry): boolean => people.length === 0 && state !== 'unassigned';

function responsibility(
  entry: Entry,
  data: RectificationData,
  directory: Directory,
  today: string,
): string[] {
  const names = (part: string) =>
    entry.people
      .filter((each) => each.part === part)
      .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）')
      .join('、');
  const department = directory.people.find(
    ({ departmentId }) => departmentId === entry.departmentId,
  )?.department;
  const { category, aspect } = itemData(data);
  return [
    aspect && `方面：${aspect}`,
    category && `类别：${CATEGORIES[category]}`,
    `责任领导：${names('leader') || '待分派'}`,
    `责任科室：${department ?? '待分派'}`,
    `责任人：${names('responsible') || '待分派'}`,
    names('assistant') && `协办：${names('assistant')}`,
    `整改时限：${entry.dueOn ? dueWord(entry, today).replace('时限 ', '') : '待分派'}`,
  ].filter((line): line is string => Boolean(line));
}

function workSections(data: ReturnType<typeof itemData>, directory: Directory): Section[] {
  const { progress, weekly, application, returnReason, deferral, deferredFrom } = data;
  const by = (id: string) => directory.byId(id)?.name ?? '（已离开）';
  const lines = [
    progress && `最新进展（${progress.on}）：${progress.text}`,
    weekly &&
      `${weekForPeople(weekly.week)}督查：${ANSWERS[weekly.answer]}${weekly.text ? `，${weekly.text}` : ''}`,
    application && `销号申请（${application.on} ${by(application.by)}）：${application.summary}`,
    application && `佐证：${application.evidence}`,
    returnReason && `退回理由：${returnReason}`,
    deferral && `申请延期至 ${deferral.to}：${deferral.reason}`,
    deferredFrom && `原时限：${deferredFrom.join('、')}`,
  ].filter((line): line is string => Boolean(line));
  return lines.length > 0 ? [{ heading: '办理情况', lines }] : [];
}

/** A problem is closed when its last measure is, and a round when its last problem is. */
async function settle(operation: Operation, moved: Entry): Promise<void> {
  if (!moved.parentId) return;
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const parent = await asBureau.find({ id: moved.parentId });
  if (!parent) return;
  const open = await asBureau.count({ parentId: parent.id, open: true });
  const state = open === 0 ? 'closed' : 'progressing';
  if (parent.state === state) return;
  const settled = await operation.change(parent, { state }, { action: `rectification.${state}-by-parts` });
  await settle(operation, settled);
}
