import type { Person } from '../ledger/directory.ts';
import type { TableContent } from '../ledger/message.ts';
import { latestAskable, type Standing, standingsOf } from '../ledger/nil-return/asked.ts';
import { type Coverage, shownCoverage } from '../ledger/nil-return/coverage.ts';
import { type Period, periodOf, readPeriodId } from '../ledger/nil-return/period.ts';
import type { Role } from '../ledger/role.ts';
import type { Asking, Query } from './define.ts';
import { pageActions, readPage } from './page.ts';

const WORD = '零报告进度';
/** Names on one page. */
const NAMES_SHOWN = 60;

/** They remind people, so they see who is still open. */
const OFFICERS: readonly Role[] = ['discipline'];
/** They see how far it is, and nobody's name. */
const LEADERS: readonly Role[] = ['secretary', 'leader', 'resident'];

const has = (roles: readonly Role[], person: Person) => person.roles.some((role) => roles.includes(role));

/** 零报告进度: how many answered; for officers also who has not. What anybody answered is not asked for here at all. */
export const nilReturnProgress: Query = {
  kind: 'query',
  name: 'nil-return-progress',
  words: [WORD],
  usage: WORD,
  help: '查看最近一期零报告的申报进度',
  group: '零报告',
  may: (person) => has([...OFFICERS, ...LEADERS], person),
  relevant: async ({ store }) => store.rules.nilReturn.enabled,
  async answer(asking, typed): Promise<TableContent> {
    const { number, rest } = readPage(typed);
    const period = periodMeant(asking, rest);
    const standings = await standingsOf(asking.rows, asking.directory, period.id);
    const names = has(OFFICERS, asking.person) ? openNames(standings) : [];
    const pages = Math.max(1, Math.ceil(names.length / NAMES_SHOWN));
    const page = Math.min(number, pages);
    const line = rest ? `${WORD} ${period.id}` : WORD;
    return {
      kind: 'table',
      title: `${WORD}（${period.name}）`,
      columns: ['科室', '应申报', '已申报'],
      rows: rowsOf(standings, asking.store.rules.statistics.smallestCell),
      footer: footerOf(asking, standings, namesOn(names, page)),
      actions: pageActions(line, page, pages),
      refresh: page > 1 ? `${line} 第${page}页` : line,
      isView: true,
    };
  },
};

function periodMeant({ store, today }: Asking, typed: string): Period {
  const id = readPeriodId(typed);
  return id ? periodOf(id, store.calendar) : latestAskable(today, store);
}

function rowsOf(standings: readonly Standing[], smallest: number): string[][] {
  if (standings.length === 0) return [];
  return shownCoverage(byDepartment(standings), smallest).map(({ department, asked, answered }) => [
    department,
    String(asked),
    answered === undefined ? '—' : String(answered),
  ]);
}

function byDepartment(standings: readonly Standing[]): Coverage[] {
  const groups = Map.groupBy(standings, ({ person }) => person.departmentId);
  return [...groups.values()].map((group) => ({
    department: group[0]?.person.department ?? '',
    asked: group.length,
    answered: group.filter(({ isAnswered }) => isAnswered).length,
  }));
}

interface Named {
  name: string;
  department: string;
}

const openNames = (standings: readonly Standing[]): Named[] =>
  standings.filter(({ isAnswered }) => !isAnswered).map(({ person }) => person);

/** 「尚未申报 办公室：程一禾、何望舒」 */
function namesOn(names: readonly Named[], page: number): string[] {
  const shown = names.slice((page - 1) * NAMES_SHOWN, page * NAMES_SHOWN);
  const groups = Map.groupBy(shown, ({ department }) => department);
  return [...groups].map(
    ([department, group]) => `尚未申报 ${department}：${group.map(({ name }) => name).join('、')}`,
  );
}

function footerOf(
  { store, person }: Asking,
  standings: readonly Standing[],
  names: readonly string[],
): string[] {
  if (standings.length === 0) return ['这一期没有发出过零报告。'];
  const { smallestCell } = store.rules.statistics;
  const isOfficer = has(OFFICERS, person);
  return [
    ...(isOfficer && names.length === 0 ? ['全部已申报。'] : names),
    `人数、已申报或未申报人数少于 ${smallestCell} 的科室不单列。不统计、不显示任何人申报了什么，不排名。`,
  ];
}
