import fc from 'fast-check';

/** A report put together at random, and what reading it must give back. */
export interface GeneratedReport {
  readonly text: string;
  readonly problems: readonly GeneratedProblem[];
}

export interface GeneratedProblem {
  readonly number: number;
  readonly aspect?: string;
  readonly title: string;
  readonly heading: string;
  readonly findings?: string;
  readonly measures: readonly { readonly number: number; readonly text: string }[];
}

const chinese = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const cn = (number: number) => chinese[number] ?? '';
const wide = (text: string) =>
  text.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

const problemNumbers: readonly ((n: number) => string)[] = [
  (n) => `${n}.`,
  (n) => `${n}、`,
  (n) => `${n}．`,
  (n) => wide(`${n}.`),
  (n) => `问题${n}.`,
  (n) => `问题${cn(n)}：`,
  (n) => `【问题${n}】`,
];
const headings: readonly ((title: string) => string)[] = [
  (title) => `关于“${title}”问题的整改。`,
  (title) => `关于“${title}”的问题。`,
  (title) => `针对${title}的问题。`,
  (title) => `针对“${title}”问题的整改情况：`,
];
const measureNumbers: readonly ((n: number) => string)[] = [
  (n) => `${cn(n)}是`,
  (n) => `第${cn(n)}，`,
  (n) => `(${n})`,
  (n) => wide(`(${n})`),
  (n) => `（${n}）`,
  (n) => String.fromCharCode(0x245f + n),
  (n) => String.fromCharCode(0x2473 + n),
  (n) => `${n})`,
];

const clause = fc.constantFrom(
  '修订《经费管理办法（试行）》',
  '按《合作协议（2）》约定，每季度对接一次',
  '2026.3.31前完成自查',
  '补缴1.5万元',
  '落实“一是一、二是二”的要求',
  '查明原因（一是人少，二是钱少）',
  '其中二是重点',
  '第二批已经到岗',
  '新增3.2平方米、设备12台',
  '开展“回头看”；结果公开',
  '约谈负责人。谈话记录存档',
  '覆盖80%以上企业：含民营企业',
);
const measureText = fc
  .tuple(fc.array(clause, { minLength: 1, maxLength: 3 }), fc.constantFrom('。', '；'))
  .map(([clauses, end]) => clauses.join('，') + end);
const words = fc.constantFrom('学习', '制度', '评审', '资金', '验收', '诚信', '党建', '培训', '三公', '采购');
const title = fc
  .tuple(words, words, fc.constantFrom('不到位', '不够深入', '流于形式', '、落实缺位'))
  .map((parts) => parts.join(''));

const problem = fc.record({
  title,
  findings: fc.option(fc.constantFrom('笔记不完整。', '2025年共3次缺席，占1.5成。')),
  label: fc.constantFrom('', '整改措施：', '整改情况:', '【整改措施】'),
  measures: fc.array(measureText, { minLength: 1, maxLength: 9 }),
});
const style = fc.record({
  problemNumber: fc.constantFrom(...problemNumbers),
  heading: fc.constantFrom(...headings),
  measureNumber: fc.constantFrom(...measureNumbers),
  aspectNumber: fc.constantFrom(
    (n: number) => `(${cn(n)})`,
    (n: number) => `（${cn(n)}）`,
  ),
  restarts: fc.boolean(),
  headingApart: fc.boolean(),
  measuresApart: fc.boolean(),
  chapters: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n', '\n\n', ' \t\n', '\u3000\r\n\r\n'),
  indent: fc.constantFrom('', '\u3000\u3000', '  ', '\t'),
  mark: fc.constantFrom('', '\uFEFF'),
});
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;
type Problem = typeof problem extends fc.Arbitrary<infer P> ? P : never;

export const generatedReport: fc.Arbitrary<GeneratedReport> = fc
  .record({
    style,
    aspects: fc.oneof(
      fc.array(problem, { minLength: 1, maxLength: 12 }).map((only) => [only]),
      fc.array(fc.array(problem, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
    ),
  })
  .map(({ style: chosen, aspects }) => compose(chosen, aspects));

function compose(chosen: Style, aspects: readonly (readonly Problem[])[]): GeneratedReport {
  const lines: string[] = chosen.chapters
    ? ['一、整改组织情况', '1.加强领导。一是部署。', '二、整改落实情况']
    : [];
  const problems: GeneratedProblem[] = [];
  for (const [index, own] of aspects.entries()) {
    const aspect = aspects.length > 1 ? `第${'甲乙丙'.charAt(index)}类工作方面` : undefined;
    if (aspect) lines.push(`${chosen.aspectNumber(index + 1)}关于${aspect}`);
    for (const [place, each] of own.entries()) {
      const number = problems.length + 1;
      const written = chosen.problemNumber(chosen.restarts ? place + 1 : number);
      const heading = written + chosen.heading(each.title);
      lines.push(...linesOf(chosen, heading, each));
      problems.push({
        number,
        ...(aspect ? { aspect } : {}),
        title: each.title,
        heading,
        ...(each.findings ? { findings: each.findings } : {}),
        measures: each.measures.map((text, at) => ({ number: at + 1, text })),
      });
    }
  }
  if (chosen.chapters) lines.push('三、下步打算', '1.持续整改。', '2.巩固成果。');
  return { text: chosen.mark + lines.map((line) => chosen.indent + line).join(chosen.lineBreak), problems };
}

function linesOf(chosen: Style, heading: string, each: Problem): string[] {
  const measures = each.measures.map((text, index) => chosen.measureNumber(index + 1) + text);
  const pieces = [
    heading,
    ...(each.findings ? [each.findings] : []),
    ...(each.label ? [each.label] : []),
    ...(chosen.measuresApart ? measures : [measures.join('')]),
  ];
  return chosen.headingApart ? pieces : [pieces.slice(0, 2).join(''), ...pieces.slice(2)];
}
