import type { FoldedText } from './folded-text.ts';
import { skipSpaces } from './folded-text.ts';
import type { LeftOver } from './problem-body.ts';

const closing =
  /欢迎(?:广大)?(?:党员|干部|群众|社会)|(?:联系|举报|监督|通[讯信])(?:人|电话|方式|地址)|电子(?:邮箱|邮件)|邮政?编码|特此(?:通报|报告|公告|公示)|附件 ?[\d:]|\(?此页无/y;
const outlook = /下(?:一)?步[,:]|下(?:一)?步工作|今后[,:]/y;

/**
 * Where, behind the line that ends at `after`, the report's closing words begin: 欢迎…监督, 联系方式 and the like
 * are no part of a measure. A paragraph 下一步,… is likely none either, but may be: it is left over.
 */
export function closingAfter(
  text: FoldedText,
  after: number,
  end: number,
): { start: number; leftOver: readonly LeftOver[] } {
  let outlookStart: number | undefined;
  for (const line of text.lines) {
    if (line.start <= after || line.start >= end) continue;
    const start = skipSpaces(text.folded, line.start);
    closing.lastIndex = start;
    outlook.lastIndex = start;
    if (closing.test(text.folded)) return withOutlook(outlookStart, line.start);
    if (outlook.test(text.folded)) outlookStart ??= line.start;
  }
  return withOutlook(outlookStart, end);
}

function withOutlook(outlookStart: number | undefined, end: number) {
  if (outlookStart === undefined) return { start: end, leftOver: [] };
  const why = '像是全文的结尾，没有归入最后一个问题';
  return { start: outlookStart, leftOver: [{ start: outlookStart, end, why }] };
}
