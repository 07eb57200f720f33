import type { Reading, Situation } from '../define.ts';
import { filesSection } from '../entry-file.ts';
import type { Field } from '../form.ts';
import type { Section } from '../message.ts';
import {
  CONCLUSIONS,
  DISPOSALS,
  type IntercessionContents,
  type IntercessionData,
  REVIEW,
} from './contents.ts';
import { reportFields } from './fields.ts';

type Here = Situation<IntercessionData, IntercessionContents>;
type Said = Reading<IntercessionData, IntercessionContents>;

/** A record in full, as this person may read it: what the officers noted for themselves is not for the reporter. */
export function describe(here: Here): Section[] {
  const { entry, contents, data, actor } = here;
  const isReporter = entry.people.some(({ personId, part }) => personId === actor.id && part === 'reporter');
  return [
    { lines: reportLines(here) },
    ...contents.supplements.map(({ text }) => ({ heading: '补充说明', lines: [text] })),
    ...filesSection(contents.files, here.calendar),
    ...questionSections(here, isReporter),
    ...handlingSections(here, isReporter && data.conclusion !== 'returned'),
    ...(contents.feedback ? [{ heading: '反馈', lines: [contents.feedback] }] : []),
    ...objectionSections(here, isReporter),
    ...(isReporter ? [] : officersSections(here)),
  ];
}

const minute = ({ calendar }: Here, at: string) => calendar.minuteOf(new Date(at)).replace('T', ' ');

/** 追问 and 回复, in order; what was answered together stands together. */
function questionSections(here: Here, isReporter: boolean): Section[] {
  const { questions } = here.contents;
  if (questions.length === 0) return [];
  const lines = questions.flatMap(({ at, by, text, answer }, index) => {
    const who = here.directory.byId(by)?.name ?? '受理人员';
    const isLast = questions[index + 1]?.answer?.at !== answer?.at;
    const whose = isReporter ? '您' : '记录人';
    const reply = answer ? `${minute(here, answer.at)} ${whose}回复：${answer.text}` : `（等待${whose}回复）`;
    return [`${minute(here, at)} ${who}追问：${text}`, ...(isLast || !answer ? [reply] : [])];
  });
  return [{ heading: '追问与回复', lines }];
}

function objectionSections(here: Here, isReporter: boolean): Section[] {
  return here.contents.objections.map(({ at, text, decision }) => ({
    heading: '异议与复核',
    lines: [
      `${minute(here, at)} ${isReporter ? '您的' : '记录人'}异议：${text}`,
      decision
        ? `${minute(here, decision.at)} 复核结论：${decision.result ? `${REVIEW[decision.result]}。` : ''}${decision.text}`
        : '（等待复核）',
    ],
  }));
}

/** Who has it, until when, and who was found to be meant; and the way to the next one. */
function officersSections({ entry, contents, directory }: Here): Section[] {
  const name = (id: string) => directory.byId(id)?.name ?? '（已离开）';
  const receivers = entry.people
    .filter(({ part }) => part === 'receiver')
    .map(({ personId }) => `${name(personId)}（${directory.byId(personId)?.department ?? ''}）`);
  const lines = [
    ...(contents.withdrawalReason ? [`撤回理由：${contents.withdrawalReason}`] : []),
    ...(contents.identified.length > 0 ? [`已认定：${contents.identified.map(name).join('、')}`] : []),
    ...contents.findings.flatMap(({ person, corrected }) =>
      corrected ? [`认定已更正：不是${name(person)}。理由：${corrected.reason}`] : [],
    ),
    ...(receivers.length > 0 ? [`接办：${receivers.join('、')}`] : []),
    ...(entry.dueOn ? [`办理时限：${entry.dueOn}`] : []),
  ];
  return [
    {
      ...(lines.length > 0 && { heading: '受理' }),
      lines,
      actions: [{ action: `待甄别 ${entry.ref}`, label: '下一条' }],
    },
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
function handlingSections({ contents, data }: Said, hidden: boolean) {
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
