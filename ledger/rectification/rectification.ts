import { defineLedger } from '../define.ts';
import type { Entries } from '../entry.ts';
import { Refusal } from '../refusal.ts';
import { AT_WORK, dataSchema, type RectificationData } from './data.ts';
import { describe, dueWord } from './describe.ts';
import { digest } from './digest/sections.ts';
import { facetsOf } from './figures/facets.ts';
import { moves } from './moves.ts';
import { noteOf } from './note.ts';
import { filing } from './rounds.ts';
import { settle } from './settle.ts';
import { statistics } from './statistics.ts';
import { succession } from './succession.ts';
import { short } from './wording.ts';
import { works } from './works.ts';

const GIVE_BACK = '需要补充的，请审核人退回。';
const SEES_ALL = ['secretary', 'discipline', 'resident', 'supervisor', 'auditor'] as const;

/** 巡察整改台账 (S3: 「针对存在的问题逐一对账销号,确保事事有落实、件件有回音」). */
export const rectification = defineLedger<RectificationData, undefined>({
  name: 'rectification',
  title: '整改台账',
  states: {
    opened: { label: '已立项' },
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
  filing,
  files: {
    word: '补充佐证',
    help: '给一项整改补充佐证文件，例如：补充佐证 3-1',
    // Who reviews brings no evidence, and what is reviewed stays as it was asked to be closed with: 退回 asks for more.
    by: { parts: ['responsible', 'assistant'] },
    from: AT_WORK,
    otherwise: { applied: GIVE_BACK, reviewed: GIVE_BACK, approved: GIVE_BACK },
    leadsTo: 'apply',
    notices: () => [],
  },
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
  facets: facetsOf,
  digest,
  succession,
  settle,
});

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
