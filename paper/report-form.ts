import type { Calendar } from '../ledger/calendar.ts';
import type { Reading } from '../ledger/define.ts';
import type { Directory, Person } from '../ledger/directory.ts';
import type { Field } from '../ledger/form.ts';
import {
  CONCLUSIONS,
  DISPOSALS,
  type IntercessionContents,
  type IntercessionData,
  REVIEW,
} from '../ledger/intercession/contents.ts';
import { reportFields } from '../ledger/intercession/fields.ts';
import type { Rules } from '../ledger/store.ts';
import type { Block, FormCell, FormRow, PaperForm } from './form.ts';
import { printable } from './form.ts';

/** With what a report is put on paper, and for whom. */
export interface ReportFormContext {
  directory: Directory;
  calendar: Calendar;
  rules: Rules;
  /** For whom it is made: the reporter's own copy leaves out what the officers wrote for themselves. */
  reader: Person;
  /** The text of the receipt, if the reader has one. */
  receipt?: string;
}

/** 《说情打招呼记录报告表》 of one record, filled in. */
export function reportForm(reading: Reading, context: ReportFormContext): PaperForm {
  const report: ReportReading = {
    entry: reading.entry,
    data: reading.data as IntercessionData,
    contents: reading.contents as IntercessionContents,
  };
  const { calendar, rules, receipt } = context;
  return {
    title: `${printable(rules.bureau.name)}说情打招呼记录报告表`,
    head: [`编号：${report.entry.ref}`, `登记时间：${calendar.display(report.entry.createdAt)}`],
    rows: [
      ...reporterRows(report, context),
      ...personRows(report),
      ...matterRows(report),
      ...laterRows(report, calendar),
      [{ label: '记录人承诺', blocks: [text('本人承诺以上内容如实。'), signature('记录人')] }],
      ...officeRows(report, context.reader),
    ],
    notes: [
      '注：本表涉及个人信息和工作秘密，须专人保管，非经批准不得查阅、复制。',
      ...(receipt ? ['凭下方回执可核验本记录是否完好，发送「核验」加回执内容即可。'] : []),
    ],
    ...(receipt && { receipt: printable(receipt) }),
    mark: `说情打招呼记录报告表 ${report.entry.ref}`,
    asOf: report.entry.changedAt,
  };
}

type ReportReading = Reading<IntercessionData, IntercessionContents>;
type FieldName = keyof typeof reportFields;

const reporterOf = ({ entry }: ReportReading) =>
  entry.people.find(({ part }) => part === 'reporter')?.personId;

function reporterRows(report: ReportReading, { directory }: ReportFormContext): FormRow[] {
  const person = directory.byId(reporterOf(report) ?? '');
  return [
    [
      written('记录人', person?.name ?? '不详'),
      written('科室', person?.department ?? ''),
      written('职务', person?.post ?? ''),
    ],
    [filled(report, 'happenedAt'), filled(report, 'place')],
    [ticked(report, 'channel')],
  ];
}

const PERSON = '过问干预人';
/** A label of two lines: whom it is about, and what of him. */
const under = (whom: string, { label, ...cell }: FormCell): FormCell => ({
  ...cell,
  label: `${whom}\n${label.replace(whom, '')}`,
});

const personRows = (report: ReportReading): FormRow[] => [
  [under(PERSON, filled(report, 'intercessorName')), under(PERSON, filled(report, 'intercessorPost'))],
  [under(PERSON, filled(report, 'intercessorUnit'))],
  [ticked(report, 'intercessorKind')],
  [
    yesOrNo('以组织名义', report.contents.report.onBehalfOfOrganisation === true),
    filled(report, 'goBetween'),
  ],
  [filled(report, 'beneficiary')],
];

const matterRows = (report: ReportReading): FormRow[] => [
  [ticked(report, 'stage')],
  [filled(report, 'projectNumber'), filled(report, 'projectName')],
  [ticked(report, 'circumstances')],
  [{ ...filled(report, 'content'), minLines: 8 }],
  [ticked(report, 'reply')],
  [{ ...filled(report, 'handling'), minLines: 3 }],
  [filled(report, 'witnesses'), filled(report, 'evidence')],
  ...fileRows(report),
  [filled(report, 'recuse')],
  [yesOrNo('是否补报', report.data.late), filled(report, 'lateReason')],
];

/** 佐证: the files that belong to it, each with the beginning of its digest, by which it is known again. */
function fileRows({ contents }: ReportReading): FormRow[] {
  const lines = contents.files.map(
    ({ name, sha256 }, index) => `${index + 1}. ${name}（SHA-256 ${sha256.slice(0, 16)}…）`,
  );
  return lines.length > 0 ? [[written(`佐证文件\n${lines.length} 个`, lines.join('\n'))]] : [];
}

/** What came to it after it was filed. */
function laterRows({ contents }: ReportReading, calendar: Calendar): FormRow[] {
  const when = (at: string) => `（${calendar.display(new Date(at))}）`;
  return [
    ...contents.supplements.map(({ at, text: said }) => [written('补充说明', `${said}${when(at)}`)]),
    ...contents.questions.map(({ at, text: asked, answer }) => [
      {
        label: '追问与答复',
        blocks: [
          text(`问：${asked}${when(at)}`),
          text(answer ? `答：${answer.text}${when(answer.at)}` : '答：尚未答复'),
        ],
      },
    ]),
    ...contents.objections.map(({ at, text: said, decision }) => [
      {
        label: '异议复核',
        blocks: [
          text(`异议：${said}${when(at)}`),
          text(
            decision
              ? `复核：${decision.result ? `${REVIEW[decision.result]}。` : ''}${decision.text}${when(decision.at)}`
              : '复核：尚未作出',
          ),
        ],
      },
    ]),
  ];
}

/** What the office fills in. The reporter is told what is missing and what came of it, and sees no more of it. */
function officeRows(report: ReportReading, reader: Person): FormRow[] {
  const { contents, data } = report;
  const isOwnCopy = reporterOf(report) === reader.id;
  const withheld = text('（由受理人员填写，记录人联不载）');
  const judged: Block[] =
    isOwnCopy && data.conclusion !== 'returned'
      ? [withheld]
      : [options(CONCLUSIONS, data.conclusion), ...said(contents.conclusionReason), signature('甄别人')];
  const disposed: Block[] = isOwnCopy
    ? [withheld]
    : [options(DISPOSALS, data.disposal), ...said(contents.disposalDetail), signature('经办人')];
  return [
    [{ label: '受理意见', blocks: [signature('受理人')], minLines: 3 }],
    [{ label: '甄别结论', blocks: judged }],
    [{ label: '处置', blocks: disposed }],
    [{ label: '反馈', blocks: [...said(contents.feedback), signature('记录人')], minLines: 3 }],
  ];
}

const text = (words: string): Block => ({ kind: 'text', text: printable(words) });
const said = (words: string | undefined): Block[] => (words ? [text(words)] : []);
const signature = (who: string): Block => ({ kind: 'signature', who });
const written = (label: string, words: string): FormCell => ({ label, blocks: [text(words)] });

const options = (all: Readonly<Record<string, string>>, chosen: string | undefined): Block => ({
  kind: 'choices',
  choices: Object.entries(all).map(([value, label]) => ({ label, ticked: value === chosen })),
});

const yesOrNo = (label: string, isSo: boolean): FormCell => ({
  label,
  blocks: [options({ yes: '是', no: '否' }, isSo ? 'yes' : 'no')],
});

function filled({ contents }: ReportReading, name: FieldName): FormCell {
  const value = contents.report[name];
  const words = typeof value === 'string' ? value : '';
  return written(
    reportFields[name].label,
    reportFields[name].type === 'datetime' ? words.replace('T', ' ') : words,
  );
}

function ticked({ contents }: ReportReading, name: FieldName): FormCell {
  const field: Field<unknown> = reportFields[name];
  const chosen = [contents.report[name]].flat();
  const choices = (field.options ?? []).map(({ value, label }) => ({
    label,
    ticked: chosen.includes(value),
  }));
  return { label: field.label, blocks: [{ kind: 'choices', choices }] };
}
