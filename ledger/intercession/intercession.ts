import { defineLedger, type Reading, type Situation } from '../define.ts';
import type { Field } from '../form.ts';
import type { Section } from '../message.ts';
import { concerned } from './concerned.ts';
import {
  CONCLUSIONS,
  contentsSchema,
  DISPOSALS,
  dataSchema,
  type IntercessionContents,
  type IntercessionData,
} from './contents.ts';
import { reportFields } from './fields.ts';
import { filing } from './filing.ts';
import { moves } from './moves.ts';

/** 说情打招呼记录 (S0: 「建立科技评审、立项、验收、评奖等工作说情打招呼记录报告制度」). */
export const intercession = defineLedger<IntercessionData, IntercessionContents>({
  name: 'intercession',
  title: '说情打招呼记录',
  states: {
    submitted: { label: '已提交' },
    accepted: { label: '已受理' },
    screening: { label: '甄别中' },
    routine: { label: CONCLUSIONS.routine },
    inquiry: { label: CONCLUSIONS.inquiry },
    suspected: { label: CONCLUSIONS.suspected },
    returned: { label: CONCLUSIONS.returned },
    disposing: { label: '处置中' },
    answered: { label: '已反馈记录人' },
    archived: { label: '已归档', closed: true },
    withdrawn: { label: '已撤回', closed: true },
  },
  parts: { reporter: '记录人', receiver: '代为受理人' },
  dataVersion: 1,
  data: dataSchema,
  contents: contentsSchema,
  moves,
  filing,
  mine: {
    word: '我的报告',
    help: '查看自己报告过的记录和进展',
    title: '我的报告',
    parts: ['reporter'],
    open: false,
  },
  visibleTo(person) {
    if (person.roles.includes('discipline')) return {};
    return { people: { some: { personId: person.id, part: { in: ['reporter', 'receiver'] } } } };
  },
  overseenBy: (person) => person.roles.some((role) => ['discipline', 'resident', 'secretary'].includes(role)),
  concerned: (directory, { contents }) => concerned(directory, contents),
  describe,
  line: ({ entry }) => `${entry.ref} 说情打招呼记录`,
});

type Here = Situation<IntercessionData, IntercessionContents>;

function describe(here: Here): Section[] {
  const { entry, contents, data, actor } = here;
  const isReporter = entry.people.some(({ personId, part }) => personId === actor.id && part === 'reporter');
  return [
    { lines: reportLines(here) },
    ...contents.supplements.map(({ text }) => ({ heading: '补充说明', lines: [text] })),
    ...handlingSections(here, isReporter && data.conclusion !== 'returned'),
    ...(contents.feedback ? [{ heading: '反馈', lines: [contents.feedback] }] : []),
  ];
}

function reportLines({ contents, data, entry, directory }: Here): string[] {
  const reporter = entry.people.find(({ part }) => part === 'reporter')?.personId ?? '';
  const person = directory.byId(reporter);
  const lines = Object.entries(reportFields).flatMap(([name, field]) => {
    const shown = shownValue(field, contents.report[name]);
    return shown === undefined || name === 'promise' ? [] : [`${field.label}：${shown}`];
  });
  return [
    `记录人：${person?.name ?? '不详'}（${person?.department ?? ''}）${data.late ? ' · 补报' : ''}`,
    ...lines,
  ];
}

/** What the officers wrote is for officers; the reporter is told what is missing and what came of it. */
function handlingSections(
  { contents, data }: Reading<IntercessionData, IntercessionContents>,
  hidden: boolean,
) {
  if (hidden) return [];
  const lines = [
    ...(data.conclusion
      ? [`甄别结论：${CONCLUSIONS[data.conclusion]}。${contents.conclusionReason ?? ''}`]
      : []),
    ...(data.disposal ? [`处置方式：${DISPOSALS[data.disposal]}。${contents.disposalDetail ?? ''}`] : []),
  ];
  return lines.length > 0 ? [{ heading: '办理情况', lines }] : [];
}

function shownValue(field: Field<unknown>, value: unknown): string | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return '是';
  const label = (one: unknown) => field.options?.find((option) => option.value === one)?.label ?? String(one);
  const shown = Array.isArray(value) ? value.map(label).join('、') : label(value);
  return field.type === 'datetime' ? shown.replace('T', ' ') : shown;
}
