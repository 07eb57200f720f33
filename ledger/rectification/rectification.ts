import { defineLedger } from '../define.ts';
import { TAKEN_OUT } from '../taken-out.ts';
import { AT_WORK, dataSchema, type RectificationData } from './data.ts';
import { describe } from './describe.ts';
import { digest } from './digest/sections.ts';
import { dueWord } from './due-word.ts';
import { facetsOf } from './figures/facets.ts';
import { hours } from './hours.ts';
import { moves } from './moves.ts';
import { noteOf } from './note.ts';
import { filing } from './rounds.ts';
import { settle } from './settle.ts';
import { expandRef } from './short-ref.ts';
import { statistics } from './statistics.ts';
import { succession } from './succession.ts';
import { short } from './wording.ts';
import { works } from './works.ts';

const WITHDRAW = '需要补充的，请先撤回申请，或请责任领导退回。';
const GIVE_BACK = '需要补充的，请审核人退回。';
const SEES_ALL = ['secretary', 'discipline', 'resident', 'supervisor', 'auditor'] as const;

/** 巡察整改台账 (S3: 「针对存在的问题逐一对账销号,确保事事有落实、件件有回音」). */
export const rectification = defineLedger<RectificationData, undefined>({
  name: 'rectification',
  title: '整改台账',
  states: {
    opened: { label: '已立项' },
    unassigned: { label: '待分派', also: ['未分派', '待指派', '未指派'] },
    assigned: { label: '已交办', also: ['待签收', '未签收'] },
    signed: { label: '已签收' },
    progressing: { label: '整改中' },
    applied: { label: '待责任领导审核', also: ['待审核'] },
    reviewed: { label: '待督查复核', also: ['待复核'] },
    approved: { label: '待党组会审定', also: ['待审定'] },
    returned: { label: '退回补正' },
    stalled: { label: '暂难整改' },
    relapsed: { label: '反弹·重启', tone: 'red' },
    closed: { label: '已销号', topLabel: '全部销号', closed: true },
    consolidated: { label: '已巩固', closed: true },
    [TAKEN_OUT]: { label: '已作废', closed: true },
  },
  emptyWhole: 'opened',
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
    otherwise: { applied: WITHDRAW, reviewed: GIVE_BACK, approved: GIVE_BACK },
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
    // What was taken out shows nobody what it stood below.
    return { OR: [seen, { children: { some: { AND: [seen, { state: { not: TAKEN_OUT } }] } } }] };
  },
  overseenBy: (person) =>
    person.isHead || person.roles.some((role) => [...SEES_ALL, 'leader'].includes(role)),
  expandRef,
  describe,
  note: (record) => noteOf(record.values),
  line: ({ entry, data }, today) =>
    `${entry.ref} ${short(entry.title)}${entry.dueOn ? `（${dueWord(entry, data, today)}）` : ''}`,
  works,
  statistics,
  facets: facetsOf,
  hours,
  digest,
  succession,
  settle,
});
