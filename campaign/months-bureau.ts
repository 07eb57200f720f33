import { stringify } from 'yaml';
import { ROLES, type Role } from '../ledger/role.ts';
import type { Random } from './random.ts';

/** Who is who in the invented bureau. */
export interface Bureau {
  /** Everybody, in the order of the roster. */
  names: readonly string[];
  secretary: string;
  leaders: readonly string[];
  officers: readonly string[];
  supervisors: readonly string[];
  /** Who works on items. */
  staff: readonly string[];
  /** The roster as it is imported. */
  roster: string;
}

/** Of so many people a department has one more. */
const PER_DEPARTMENT = 17;
const OFFICES: readonly (readonly [role: Role, post: string])[] = [
  ['secretary', '党组书记、局长'],
  ['leader', '副局长'],
  ['leader', '副局长'],
  ['leader', '副局长'],
  ['discipline', '纪检干部'],
  ['discipline', '纪检干部'],
  ['resident', '派驻纪检组长'],
  ['supervisor', '督查员'],
  ['supervisor', '督查员'],
  ['administrator', '信息员'],
];

const nameOf = (index: number): string => `示例${String(index + 1).padStart(4, '0')}`;

/** 示例数据: so many people, in departments of 17, with everybody who has an office. */
export function inventBureau(people: number): Bureau {
  const names = Array.from({ length: people }, (_, index) => nameOf(index));
  const having = (role: Role) => names.filter((_, index) => OFFICES[index]?.[0] === role);
  const lines = names.map((name, index) => {
    const [role, post = '科员'] = OFFICES[index] ?? [];
    const department = role
      ? '示例局机关'
      : `示例第${Math.floor((index - OFFICES.length) / PER_DEPARTMENT) + 1}科`;
    const isHead = !role && (index - OFFICES.length) % PER_DEPARTMENT === 0;
    const roles = role ? ROLES[role] : isHead ? ROLES.head : '';
    return `S${String(index + 1).padStart(4, '0')},${name},${department},${post},${roles},${isHead ? '是' : ''}`;
  });
  const header = '工号,姓名,科室,职务,角色,科室负责人';
  return {
    names,
    secretary: names[0] ?? '',
    leaders: having('leader'),
    officers: having('discipline'),
    supervisors: having('supervisor'),
    staff: names.slice(OFFICES.length),
    roster: `${[header, ...lines].join('\n')}\n`,
  };
}

const FIELDS = [
  '项目评审',
  '经费拨付',
  '成果登记',
  '平台认定',
  '诚信审核',
  '档案管理',
  '公务接待',
  '窗口服务',
];
const FLAWS = ['把关不严', '台账不全', '公开不及时', '监督不到位', '制度未更新', '跟踪不经常'];
const DOINGS = [
  '修订办法',
  '逐件清理',
  '公开结果',
  '限期补正',
  '现场检查',
  '建立台账',
  '通报情况',
  '开展培训',
];
const ORDER = ['一是', '二是', '三是'];

/** 示例数据: what an invented inspection found, and what is to be done about it. */
export interface Round {
  /** As it is imported. */
  report: string;
  /** How many measures each problem has. */
  measures: readonly number[];
}

/** @param feedbackOn YYYY-MM-DD */
export function inventRound(number: number, problems: number, feedbackOn: string, random: Random): Round {
  const [year, month, day] = feedbackOn.split('-').map(Number);
  const date = `${year}年${month}月${day}日`;
  const measures: number[] = [];
  const found = Array.from({ length: problems }, (_, index) => {
    const count = random.between(2, ORDER.length);
    measures.push(count);
    const steps = ORDER.slice(0, count).map(
      (word) =>
        `${word}${random.pick(DOINGS)}，本轮涉及${random.pick(FIELDS)}示例事项${random.between(2, 99)}件，逐件明确承办科室和完成时间。`,
    );
    const title = `${random.pick(FIELDS)}${random.pick(FLAWS)}（示例${number}之${index + 1}）`;
    return `${index + 1}.关于“${title}”问题的整改。\n${steps.join('')}`;
  });
  const report = [
    `示例市科学技术局党组关于第${number}轮巡察反馈意见整改进展情况的通报（示例，内容虚构）`,
    `${date}，巡察组向示例市科学技术局党组反馈了巡察意见。现将巡察整改进展情况予以公布。`,
    '二、巡察整改工作落实情况',
    '（一）关于科技管理方面',
    ...found,
    '中共示例市科学技术局党组',
    date,
  ];
  return { report: `${report.join('\n')}\n`, measures };
}

/** All the people are at one address, and ask more at once than people can. */
export const rulesFor = (retention: Readonly<Record<string, number>>): string =>
  stringify({
    limits: { requestsPerSecond: 100_000, messagesPerMinute: 1_000_000, connectionsPerAddress: 4_000 },
    retention,
  });
