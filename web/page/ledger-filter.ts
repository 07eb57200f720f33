import { DUE_WITHIN, GROUPINGS, PLACE, SORTS, type TableView } from '../../bot/page/table-view.ts';
import type { Visitor } from '../../bot/page/visiting.ts';
import type { Entry } from '../../ledger/define.ts';
import { CATEGORIES } from '../../ledger/rectification/data.ts';
import { departmentsOf } from '../../ledger/rectification/figures/departments.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';
import { short } from '../../ledger/rectification/wording.ts';
import { type Html, html } from './html.ts';

type Options = readonly (readonly [value: string, label: string])[];

/** What is chosen stands in the address, so that going back goes back to it. */
export function filterForm(
  { directory, store }: Visitor['asking'],
  { key, view, rounds }: { key: string; view: TableView; rounds: readonly Entry[] },
): Html {
  const states = store.ledgers.find(({ name }) => name === LEDGER)?.states ?? {};
  const all: Options = [['', '全部']];
  const select = (name: keyof TableView, label: string, options: Options) =>
    selectField(name, label, options, view[name] ?? '');
  return html`<form class="filter screen" method="get" action="/p/items" role="search" aria-label="筛选台账"><input type="hidden" name="k" value="${key}">
${select('state', '状态', [['open', '未销号'], ['all', '全部'], ['done', '已销号、已巩固'], ...statesOf(states)])}
${select('department', '责任科室', [...all, ...departmentsOf(directory).map(({ id, name }) => [id, name] as const)])}
${textField('person', '有关人员', view.person, '姓名或工号')}
${rounds.length > 0 && select('round', '轮次', [...all, ...roundsOf(rounds, view.round)])}
${select('category', '类别', [...all, ...Object.entries(CATEGORIES)])}
${select('due', '时限', [...all, ['overdue', '已逾期'], ...DUE_WITHIN.map((days) => [days, `${days} 日内到期`] as const)])}
${textField('text', '文字', view.text, '原文里的字')}
${select('sort', '排序', Object.entries(SORTS))}
${select('group', '分组', [['', '不分组'], ...Object.entries(GROUPINGS)])}
<div class="buttons"><button class="primary">查看</button><a class="link" href="/p/items?k=${key}">清除条件</a></div></form>`;
}

/** What an address asks for beside them, such as a problem, stays chosen. */
function roundsOf(rounds: readonly Entry[], chosen: string | undefined): Options {
  const offered = rounds.map(({ ref, title }) => [ref, `${ref} ${short(title)}`] as const);
  const isOffered = chosen === undefined || rounds.some(({ ref }) => ref === chosen);
  return isOffered || !PLACE.test(chosen) ? offered : [[chosen, chosen], ...offered];
}

const statesOf = (states: Readonly<Record<string, { label: string }>>): Options =>
  Object.entries(states).flatMap(([name, { label }]) => (name === 'opened' ? [] : [[name, label] as const]));

function selectField(name: string, label: string, options: Options, chosen: string): Html {
  const option = ([value, words]: Options[number]) =>
    value === chosen
      ? html`<option value="${value}" selected>${words}</option>`
      : html`<option value="${value}">${words}</option>`;
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(option)}</select></div>`;
}

const textField = (name: string, label: string, value: string | undefined, hint: string): Html =>
  html`<div class="field"><label for="${name}">${label}</label><input type="text" id="${name}" name="${name}" maxlength="100" value="${value ?? ''}" placeholder="${hint}"></div>`;
