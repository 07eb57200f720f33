import { defaultRules } from '../../config/rules.ts';
import { bureauCalendar } from '../../ledger/calendar.ts';
import type { Reading } from '../../ledger/define.ts';
import type { Directory, Person } from '../../ledger/directory.ts';
import { contentsSchema, dataSchema } from '../../ledger/intercession/contents.ts';
import type { ReportFormContext } from '../../paper/report-form.ts';

const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({
  id,
  staffNumber: id,
  name,
  departmentId: 'd1',
  department: '成果转化科',
  post: '科员',
  roles: [],
  isHead: false,
  active: true,
  ...more,
});

/** 示例: nobody who lives. */
export const REPORTER = person('p1', '林见清');
export const OFFICER = person('p2', '郑守一', { department: '机关纪委', roles: ['discipline'] });

const PEOPLE = [REPORTER, OFFICER];
const directory: Directory = {
  people: PEOPLE,
  byId: (id) => PEOPLE.find((one) => one.id === id),
  named: (name) => PEOPLE.filter((one) => one.name === name),
  withRole: (role) => PEOPLE.filter((one) => one.roles.includes(role)),
  headOf: () => undefined,
  departmentNamed: () => undefined,
  options: () => [],
};

export const contextFor = (reader: Person, receipt?: string): ReportFormContext => ({
  directory,
  calendar: bureauCalendar(),
  rules: defaultRules,
  reader,
  ...(receipt !== undefined && { receipt }),
});

const ORDINARY = {
  happenedAt: '2026-10-12T10:30',
  place: '本局三楼会议室',
  channel: 'phone',
  intercessorName: '甄示例',
  intercessorUnit: '某市示例科技有限公司',
  intercessorPost: '副总经理',
  intercessorKind: 'applicant',
  onBehalfOfOrganisation: false,
  beneficiary: '某市示例科技有限公司',
  stage: 'review',
  projectNumber: '2026-KJ-0137',
  projectName: '智能传感器关键技术攻关（示例）',
  circumstances: ['lobbying', 'favour-score'],
  content: '来电称该项目单位是老熟人，请在评审会上多关照，打分不要太低。',
  reply: 'proper-channel',
  handling: '当场说明评审由专家独立打分，请其按程序反映。',
  witnesses: '无',
  evidence: '通话记录截图一张',
  promise: true,
};

/** A record that was judged and disposed of; what the test does not care about is filled in for it. */
export function sampleReading(report: Record<string, unknown> = {}, more: object = {}): Reading {
  const at = new Date('2026-10-12T03:00:00Z');
  const data = dataSchema.parse({ late: false, conclusion: 'inquiry', disposal: 'reminder' });
  const contents = contentsSchema.parse({
    report: { ...ORDINARY, ...report },
    supplements: [],
    conclusionReason: '系一般性过问，未提出违反程序的要求。',
    disposalDetail: '由分管领导当面提醒。',
    feedback: '已核实并提醒当事人，感谢如实记录。',
    ...more,
  });
  const entry = {
    id: 'e1',
    ledger: 'intercession',
    ref: 'K7PM-3XQ9',
    refOrder: 'K7PM-3XQ9',
    state: 'answered',
    title: '说情打招呼记录',
    dueOn: null,
    closedAt: null,
    departmentId: null,
    parentId: null,
    position: 0,
    facets: {},
    data,
    dataVersion: 1,
    sealed: null,
    version: 4,
    createdAt: at,
    changedAt: at,
    people: [{ personId: REPORTER.id, part: 'reporter' }],
  };
  return { entry, data, contents };
}
