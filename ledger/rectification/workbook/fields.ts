/** What a column of a ledger may hold, as an export of ours calls it. */
export const FIELDS = {
  ref: '编号',
  number: '序号',
  aspect: '方面',
  problem: '问题',
  findings: '具体表现',
  measure: '整改措施',
  target: '整改目标',
  standard: '完成标准',
  evidenceNeeded: '佐证要求',
  category: '类别',
  leader: '责任领导',
  department: '责任科室',
  responsible: '责任人',
  assistant: '协办',
  dueOn: '整改时限',
  state: '状态',
  progress: '进展情况',
  isPublic: '是否公开',
  isSensitive: '是否敏感',
  version: '版本',
} as const;

export type Field = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Which column, from 0, holds what. */
export type Mapping = Readonly<Partial<Record<Field, number>>>;

interface Words {
  /** The heading is one of these. */
  is: readonly string[];
  /** The heading has one of these in it; a longer one before a shorter one, in whatever field. */
  has: readonly string[];
}

/** What offices call their columns. Headings are compared without white space, brackets and what stands in them. */
const WORDS: Readonly<Record<Field, Words>> = {
  ref: { is: ['编号', '事项编号', '问题编号', '措施编号', '台账编号'], has: [] },
  number: { is: ['序号', '序', '号', '问题序号', 'No', 'NO', 'No.'], has: [] },
  aspect: {
    is: ['方面', '问题类型', '问题类别', '问题分类', '反馈方面', '领域'],
    has: ['方面', '大类', '问题领域'],
  },
  problem: {
    is: [
      '问题',
      '反馈问题',
      '存在问题',
      '主要问题',
      '巡察反馈问题',
      '问题清单',
      '问题描述',
      '整改问题',
      '发现问题',
      '整改事项',
      '整改任务',
      '反馈意见',
    ],
    has: [
      '反馈问题',
      '存在的问题',
      '存在问题',
      '主要问题',
      '发现的问题',
      '发现问题',
      '问题描述',
      '反馈意见',
      '问题',
    ],
  },
  findings: {
    is: ['具体表现', '表现', '具体情况', '问题表现', '具体问题', '情形'],
    has: ['具体表现', '问题表现', '具体问题', '主要表现'],
  },
  measure: {
    is: ['措施', '整改措施', '整改举措', '具体措施', '整改落实措施', '整改内容', '工作措施'],
    has: ['整改措施', '整改举措', '具体措施', '措施', '举措'],
  },
  target: { is: ['目标', '整改目标', '整改要求', '预期目标', '工作目标'], has: ['整改目标', '目标'] },
  standard: {
    is: ['标准', '完成标准', '整改标准', '销号标准'],
    has: ['完成标准', '整改标准', '销号标准', '验收标准'],
  },
  evidenceNeeded: {
    is: ['佐证要求', '佐证材料', '佐证', '印证材料', '支撑材料'],
    has: ['佐证', '印证材料', '支撑材料'],
  },
  category: {
    is: ['类别', '整改类别', '整改类型', '时限类别', '期限类别'],
    has: ['整改类别', '整改类型', '时限类型'],
  },
  leader: {
    is: ['责任领导', '牵头领导', '分管领导', '责任局领导', '包保领导', '领导'],
    has: ['责任领导', '牵头领导', '分管领导', '包抓领导', '牵头局领导'],
  },
  department: {
    is: [
      '责任科室',
      '责任部门',
      '责任处室',
      '责任单位',
      '牵头科室',
      '牵头部门',
      '牵头单位',
      '承办科室',
      '主办科室',
      '科室',
      '部门',
      '责任股室',
    ],
    has: [
      '责任科室',
      '责任部门',
      '责任处室',
      '责任单位',
      '责任股室',
      '牵头科室',
      '牵头处室',
      '牵头部门',
      '牵头单位',
      '承办科室',
    ],
  },
  responsible: {
    is: ['责任人', '具体责任人', '直接责任人', '经办人', '承办人', '责任人员', '具体负责人', '负责人', '人'],
    has: ['直接责任人', '具体责任人', '责任人', '经办人', '承办人', '具体负责人'],
  },
  assistant: { is: ['协办', '协办人', '配合人', '配合人员', '协助人'], has: ['协办人', '配合人', '协助人'] },
  dueOn: {
    is: [
      '整改时限',
      '完成时限',
      '时限',
      '整改期限',
      '完成时间',
      '整改完成时间',
      '期限',
      '计划完成时间',
      '完成期限',
      '时间',
    ],
    has: ['整改时限', '完成时限', '整改期限', '完成期限', '完成时间', '时限', '期限'],
  },
  state: {
    is: ['状态', '是否完成', '完成状态', '整改状态', '是否销号', '销号情况', '办结情况', '是否整改到位'],
    has: ['是否完成', '是否销号', '整改状态', '完成状态', '办结'],
  },
  progress: {
    is: [
      '进展',
      '进展情况',
      '整改情况',
      '整改进展',
      '完成情况',
      '落实情况',
      '整改进展情况',
      '最新进展',
      '整改成效',
      '整改结果',
    ],
    has: ['进展情况', '整改进展', '整改情况', '落实情况', '完成情况', '最新进展', '整改成效', '进展'],
  },
  isPublic: { is: ['是否公开', '公开', '能否公开', '是否可公开'], has: ['是否公开', '可公开'] },
  isSensitive: { is: ['是否敏感', '敏感', '不公开', '是否不公开', '是否涉密'], has: ['是否敏感', '不公开'] },
  version: { is: ['版本', '版本号'], has: [] },
};

/** 「责任 人（签字）*」 is 责任人. */
export const headingText = (text: string): string =>
  text
    .slice(0, 60)
    .normalize('NFKC')
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '')
    .replace(/[\s*★:：、,，。.]/gu, '');

/** What a heading means, and whether it says just that. */
export function fieldOf(heading: string): { field: Field; isExact: boolean } | undefined {
  const text = headingText(heading);
  if (text === '') return undefined;
  const exact = FIELD_NAMES.find((field) => WORDS[field].is.includes(text));
  if (exact) return { field: exact, isExact: true };
  if (text.length > LONGEST) return undefined;
  const within = FIELD_NAMES.flatMap((field) =>
    WORDS[field].has
      .filter((word) => text.includes(word))
      .map((word) => ({ field, word, at: text.lastIndexOf(word) })),
  );
  // 「问题整改措施」 is about measures: the longest word says what it is, and of equals the last one.
  const [best] = within.sort((a, b) => b.word.length - a.word.length || b.at - a.at);
  return best && { field: best.field, isExact: false };
}

/** Headings are short: a cell of a ledger that speaks of 「措施」 is none. */
const LONGEST = 14;
