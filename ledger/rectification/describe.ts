import type { Situation } from '../define.ts';
import type { Directory } from '../directory.ts';
import { filesSection } from '../entry-file.ts';
import type { Section } from '../message.ts';
import { ANSWERS, CATEGORIES, CHECKS, type ItemData, type RectificationData } from './data.ts';
import { dueLine } from './due-word.ts';
import { putOffBy } from './moves/deferral-limit.ts';
import { isWhole } from './moves/step.ts';
import { currentFiles } from './require-evidence.ts';
import { signalsSection } from './signals/shown.ts';
import { weekForPeople } from './wording.ts';

type Here = Situation<RectificationData, undefined>;

/** A round, a problem or a measure in full. */
export function describe(here: Here): Section[] {
  const { entry, data } = here;
  if (data.level === 'round') return [{ heading: entry.title, lines: roundLines(data) }];
  return [
    ...mistaken(data, here.directory),
    {
      heading: data.level === 'problem' ? '问题' : '整改措施',
      lines: said([entry.title, data.findings, ...asked(data)]),
    },
    ...(isWhole(here) ? [] : [{ heading: '责任落实', lines: responsibility(here, data) }]),
    ...listed('办理情况', work(here, data)),
    ...evidence(here, data),
    ...listed('销号和回头看', closing(data, here.directory)),
    ...signalsSection(here, data),
  ];
}

/** Of an item that was taken up again, what came before proves nothing any more, and stands apart. */
function evidence({ calendar }: Here, data: ItemData): Section[] {
  const current = currentFiles(data);
  const former = (data.files ?? []).filter((file) => !current.includes(file));
  return [
    ...filesSection(current, calendar),
    ...filesSection(former, calendar).map((section) => ({
      ...section,
      heading: `反弹前的${section.heading}`,
    })),
  ];
}

type Said = string | false | undefined | '';
const said = (lines: readonly Said[]): string[] => lines.filter((line): line is string => Boolean(line));
const listed = (heading: string, lines: string[]): Section[] =>
  lines.length > 0 ? [{ heading, lines }] : [];

const roundLines = (data: Extract<RectificationData, { level: 'round' }>): string[] =>
  said([
    `来源：${data.source}`,
    data.issuer && `单位：${data.issuer}`,
    data.feedbackBy && `反馈单位：${data.feedbackBy}`,
    data.feedbackOn && `反馈日期：${data.feedbackOn}`,
    data.termMonths !== undefined && `默认时限：自反馈之日起 ${data.termMonths} 个月`,
    data.needsMeeting && '销号须经党组会审定',
  ]);

const asked = ({ target, standard, evidenceNeeded, isSensitive }: ItemData): Said[] => [
  target && `整改目标：${target}`,
  standard && `完成标准：${standard}`,
  evidenceNeeded && `佐证要求：${evidenceNeeded}`,
  isSensitive && '不公开（不写入对外通报）',
];

function responsibility({ entry, directory, today }: Here, data: ItemData): string[] {
  const { category, aspect } = data;
  const names = (part: string) =>
    entry.people
      .filter((each) => each.part === part)
      .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）')
      .join('、');
  const department = directory.people.find(
    ({ departmentId }) => departmentId === entry.departmentId,
  )?.department;
  return said([
    aspect && `方面：${aspect}`,
    category && `类别：${CATEGORIES[category]}`,
    `责任领导：${names('leader') || '待分派'}`,
    `责任科室：${department ?? '待分派'}`,
    `责任人：${names('responsible') || '待分派'}`,
    names('assistant') && `协办：${names('assistant')}`,
    dueLine(entry, data, today),
  ]);
}

/** Taken out: why, before anything else. */
function mistaken({ takenOut }: ItemData, directory: Directory): Section[] {
  if (!takenOut) return [];
  const { on, by, reason } = takenOut;
  const why = `${on} ${nameIn(directory)(by)} 作废：${reason}`;
  return [{ heading: '已作废', lines: [why, '不列入台账、统计和通报，编号不再使用。'] }];
}

const nameIn = (directory: Directory) => (id: string) => directory.byId(id)?.name ?? '（已离开）';

function work({ entry, calendar, directory }: Here, data: ItemData): string[] {
  const { progress, weekly, returnReason, deferral, deferredFrom, stall, earlierDates } = data;
  const by = nameIn(directory);
  return said([
    progress && `最新进展（${progress.on}）：${progress.text}`,
    weekly &&
      `${weekForPeople(weekly.week)}督查：${ANSWERS[weekly.answer]}${weekly.text ? `，${weekly.text}` : ''}${
        weekly.takenBy ? `（电话，${by(weekly.takenBy)}记录）` : ''
      }`,
    returnReason && `退回理由：${returnReason}`,
    deferral && `申请延期至 ${deferral.to}：${deferral.reason}`,
    ...(deferral ? putOffBy(entry, deferral.to, calendar) : []),
    stall && `暂难整改（${by(stall.by)} 申请，预计 ${stall.until} 恢复）：${stall.reason}`,
    deferredFrom && `延期前时限：${deferredFrom.join('、')}`,
    earlierDates && `曾定时限：${earlierDates.map(({ on }) => on).join('、')}`,
  ]);
}

function closing(data: ItemData, directory: Directory): string[] {
  const { application, reviewedBy, approvedBy, meeting, lookBackOn, lookBack, relapses } = data;
  const by = nameIn(directory);
  return said([
    application && `销号申请（${application.on} ${by(application.by)}）：${application.summary}`,
    application?.evidence && `佐证：${application.evidence}`,
    reviewedBy && `责任领导审核：${by(reviewedBy)}`,
    approvedBy && `督查复核：${by(approvedBy)}`,
    meeting && `审定：${meeting.on} ${meeting.name}（${by(meeting.by)}登记）`,
    lookBackOn && `回头看：${lookBackOn}`,
    lookBack && `回头看情况（${lookBack.on} ${by(lookBack.by)}，${CHECKS[lookBack.how]}）：${lookBack.text}`,
    relapses !== undefined && `反弹 ${relapses} 次`,
  ]);
}
