import type { CalendarDate } from '../../calendar.ts';
import { chineseOrdinal } from './chinese-ordinal.ts';
import type { PublishedReport, ReportParagraph, ReportSection } from './published-report.ts';
import type { Item, Problem, Round } from './read-round.ts';

export interface Publisher {
  bureau: string;
  asOf: CalendarDate;
  /** Months after the closing at which it is looked at again. */
  lookBackMonths: number;
  phone: string;
  mail: string;
}

/** The state of an item as the public is told: every published item is in one of these. */
type Standing = 'closed' | 'lasting' | 'stalled' | 'open';

const STANDINGS: Readonly<Record<Standing, string>> = {
  closed: '已完成并销号',
  open: '正在整改',
  lasting: '长期坚持',
  stalled: '暂难整改',
};

/**
 * 通报, from the round alone: all its problems in order, each with its measures and how they stand (S3: 「完成一件,“销号”一件」),
 * and figures that are counted over just what is named. 不公开 items are left out, without a gap in the numbers.
 */
export function composeReport(round: Round, publisher: Publisher): PublishedReport {
  const { data } = round;
  const problems = round.problems.flatMap(published);
  const source = data.source.endsWith('巡察') ? '巡察' : data.source;
  return {
    title: `关于${source}整改进展情况的通报`,
    issuer: data.issuer ?? publisher.bureau,
    opening: opening(round, source, publisher),
    sections: [
      overall(problems, publisher),
      ...(problems.length > 0 ? [carriedOut(problems)] : []),
      ...next(problems, publisher),
    ],
    ...contactOf(publisher),
    asOf: publisher.asOf,
  };
}

/** A problem as it is published: without what is not public; not at all when it is not public itself, or nothing of it is. */
function published(problem: Problem): Problem[] {
  if (problem.data.isSensitive) return [];
  const measures = problem.measures.filter(({ data }) => !data.isSensitive);
  return problem.measures.length > 0 && measures.length === 0 ? [] : [{ ...problem, measures }];
}

const itemsOf = (problems: readonly Problem[]): Item[] =>
  problems.flatMap((problem) => (problem.measures.length > 0 ? problem.measures : [problem]));

function opening({ data }: Round, source: string, { asOf }: Publisher): string {
  const by = data.feedbackBy ? `${data.feedbackBy}向本单位反馈了${source}意见` : `${source}意见反馈本单位`;
  const feedback = data.feedbackOn ? `${inWords(data.feedbackOn)}，${by}。` : '';
  return `${feedback}根据党务公开有关要求，现将整改进展情况向社会公布，数据截至${inWords(asOf)}。`;
}

function overall(problems: readonly Problem[], { asOf }: Publisher): ReportSection {
  const heading = '一、整改总体情况';
  if (problems.length === 0) return { heading, paragraphs: [{ text: '本轮尚无可以公布的问题。' }] };
  const items = itemsOf(problems);
  const measures = problems.reduce((sum, problem) => sum + problem.measures.length, 0);
  const aspects = new Set(problems.flatMap(({ data }) => data.aspect ?? [])).size;
  const closed = problems.filter(({ entry }) => entry.closedAt !== null).length;
  const late = items.filter((item) => standingOf(item) === 'open' && isLate(item, asOf)).length;
  const counted = (Object.keys(STANDINGS) as Standing[]).flatMap((standing) => {
    const count = items.filter((item) => standingOf(item) === standing).length;
    return count > 0 || standing === 'closed' ? [`${STANDINGS[standing]} ${count} 项`] : [];
  });
  const structure = `本轮反馈${aspects > 1 ? ` ${aspects} 个方面` : ''}共 ${problems.length} 个问题，制定整改措施 ${measures} 条`;
  return {
    heading,
    paragraphs: [
      {
        text: `${structure}，合计 ${items.length} 个整改事项，${responsibility(items)}。`,
      },
      {
        text: `其中${counted.join('，')}${late > 0 ? `（含已超过时限 ${late} 项）` : ''}；全部措施均已销号的问题 ${closed} 个。`,
      },
    ],
  };
}

function responsibility(items: readonly Item[]): string {
  const left = items.filter((item) => !isSettled(item)).length;
  const whose = '责任领导、责任科室、责任人和整改时限';
  if (left === 0) return `已逐项明确${whose}`;
  const done = items.length - left;
  return done === 0 ? `正在逐项明确${whose}` : `已对 ${done} 项明确${whose}，其余 ${left} 项正在落实`;
}

/** It is laid down who answers for it, and until when. */
const isSettled = ({ entry, data }: Item): boolean =>
  entry.state !== 'unassigned' && (entry.dueOn !== null || data.category === 'lasting');

function carriedOut(problems: readonly Problem[]): ReportSection {
  const paragraphs: ReportParagraph[] = [];
  let aspect: string | undefined;
  for (const [index, problem] of problems.entries()) {
    if (problem.data.aspect && problem.data.aspect !== aspect) {
      aspect = problem.data.aspect;
      paragraphs.push({ heading: aspect, text: '' });
    }
    paragraphs.push({
      heading: `${index + 1}.关于“${problem.entry.title}”问题的整改`,
      text: bodyOf(problem.measures.length > 0 ? problem.measures : [problem]),
    });
  }
  return { heading: '二、整改落实情况', paragraphs };
}

/** The measures one after the other; how they stand is said once where it is the same for all. */
function bodyOf(items: readonly Item[]): string {
  const standings = items.map((item) => standingWords(item));
  const [first] = standings;
  const isOne = standings.every((standing) => standing === first);
  const sentences = items.map((item, at) => {
    const number = items.length > 1 ? `${chineseOrdinal(at + 1)}是` : '';
    return `${number}${sentenceOf(item)}${isOne ? '' : `（${standings[at]}）`}`;
  });
  return `${sentences.join('')}${isOne ? `（${items.length > 1 ? '以上措施' : ''}${first}）` : ''}`;
}

/** What was to be done, and what came of it: of what is closed, as two others have found it. Progress is for the house alone. */
function sentenceOf({ entry, data }: Item): string {
  const said = data.level === 'problem' ? '' : ended(entry.title);
  const summary = data.publicSummary ?? data.application?.summary;
  const told = standingOf({ entry, data }) === 'closed' ? summary : undefined;
  return `${said}${told ? ended(told) : ''}`;
}

function standingWords({ entry, data }: Item): string {
  const standing = standingOf({ entry, data });
  const { dueOn } = entry;
  const { stall } = data;
  if (!isSettled({ entry, data }) && standing !== 'closed') return '正在落实责任和时限';
  if (standing === 'open') return `正在整改${dueOn ? `，时限${inWords(dueOn)}` : ''}`;
  if (standing === 'stalled')
    return `暂难整改${stall ? `，原因：${stall.reason.replace(/[。；\s]+$/u, '')}` : ''}`;
  return STANDINGS[standing];
}

function standingOf({ entry, data }: Item): Standing {
  if (entry.closedAt !== null) return 'closed';
  if (entry.state === 'stalled') return 'stalled';
  return data.category === 'lasting' ? 'lasting' : 'open';
}

const isLate = ({ entry }: Item, asOf: CalendarDate): boolean => entry.dueOn !== null && entry.dueOn < asOf;

function next(problems: readonly Problem[], { lookBackMonths }: Publisher): ReportSection[] {
  const items = itemsOf(problems);
  const has = (standing: Standing) => items.some((item) => standingOf(item) === standing);
  const plans = [
    has('open') && '对正在整改的事项，按时限逐项督促落实，完成一项、核实一项、销号一项。',
    has('lasting') && '对需要长期坚持的事项，按季度报告进展，持续抓好落实。',
    has('stalled') && '对暂时难以整改的事项，创造条件，条件具备后立即恢复整改。',
    has('closed') && `对已经销号的事项，在销号 ${lookBackMonths} 个月后开展“回头看”，防止问题反弹。`,
  ].filter((plan) => plan !== false);
  if (plans.length === 0) return [];
  return [
    { heading: '三、下一步工作', paragraphs: plans.map((plan, at) => ({ text: `${at + 1}.${plan}` })) },
  ];
}

function contactOf({ phone, mail }: Publisher): Pick<PublishedReport, 'contact'> {
  const ways = [phone && `联系电话：${phone}`, mail && `电子邮箱：${mail}`].filter((way) => way !== '');
  return ways.length > 0
    ? { contact: `欢迎社会各界对整改落实情况进行监督，提出意见建议。${ways.join('；')}。` }
    : {};
}

/** 2021-05-18 → 2021年5月18日 */
export function inWords(on: CalendarDate): string {
  const [year, month, day] = on.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

const ended = (text: string): string => {
  const whole = text.trim().replace(/[；;，,、\s]+$/u, '');
  return /[。！？…”）]$/u.test(whole) ? whole : `${whole}。`;
};
