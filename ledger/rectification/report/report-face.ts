import { digitsOf, numberOf } from './chinese-number.ts';
import { type FoldedText, type TextLine, trimmed } from './folded-text.ts';

/** What stands around the problems: title, signature and the day on which the inspectors gave their findings. */
export interface ReportFace {
  readonly title?: string;
  readonly issuer?: string;
  readonly issuedOn?: string;
  readonly feedbackOn?: string;
  /** Where the signature begins. */
  readonly signatureStart?: number;
}

const titleLine = /^[^。;]{0,100}整改[^。;]{0,40}(?:通报|报告|公告|公示|说明|通告)(?:\([^()]{1,20}\))?$/;
const organ = /(?:党组|党委|党总支|党支部|委员会|工委|局|厅|办公室|中心|院|所|公司|处)(?:\([^()]{1,12}\))?$/;
const cn = '[一二三四五六七八九十]{1,3}';
const cnYear = '[〇○零О一二三四五六七八九]{4}';
const dayAtEnd = new RegExp(
  `^(.{0,60}?)(\\d{4}|${cnYear}) ?年 ?(\\d{1,2}|${cn}) ?月 ?(\\d{1,2}|${cn}) ?日\\)?$`,
);
const day = /(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?日/g;
const signatureLines = 12;
const faceLines = 40;

export function readFace(text: FoldedText): ReportFace {
  const written = text.lines
    .map((line) => ({ ...line, ...trimmed(text, line.start, line.end) }))
    .filter((line) => line.end > line.start);
  const title = written.slice(0, 12).find((line) => titleLine.test(folded(text, line).slice(0, 200)));
  const signature = readSignature(text, written.slice(-signatureLines));
  const feedbackOn = feedbackDay(text, written.slice(0, faceLines));
  const issuer = signature.issuer ?? (title && issuerInTitle(text, title));
  return {
    ...(title ? { title: text.source.slice(title.start, title.end) } : {}),
    ...signature,
    ...(issuer ? { issuer } : {}),
    ...(feedbackOn ? { feedbackOn } : {}),
  };
}

const folded = (text: FoldedText, line: TextLine) => text.folded.slice(line.start, line.end);

function issuerInTitle(text: FoldedText, title: TextLine): string | undefined {
  const before = /^[^。]{2,60}?(?=关于)/.exec(folded(text, title))?.[0] ?? '';
  return organ.test(before) ? text.source.slice(title.start, title.start + before.length) : undefined;
}

type Signature = Pick<ReportFace, 'issuer' | 'issuedOn' | 'signatureStart'>;

function readSignature(text: FoldedText, written: readonly TextLine[]): Signature {
  for (const [index, line] of [...written.entries()].reverse()) {
    const found = line.end - line.start > 100 ? null : dayAtEnd.exec(folded(text, line));
    if (!found) continue;
    const issuedOn = dateOf(yearOf(found[2]), numberOf(found[3] ?? ''), numberOf(found[4] ?? ''));
    const beside = trimmed(text, line.start, line.start + (found[1]?.length ?? 0));
    const above = written[index - 1];
    const signer = beside.end > beside.start ? { ...line, ...beside } : above;
    if (!issuedOn || (signer !== above && !isSigner(text, signer))) continue;
    const signed = signer && isSigner(text, signer) ? signer : undefined;
    return {
      issuedOn,
      signatureStart: Math.min(line.start, signed?.start ?? line.start),
      ...issuerOf(text, signed),
    };
  }
  const last = written.at(-1);
  return last && isSigner(text, last) ? { signatureStart: last.start, ...issuerOf(text, last) } : {};
}

const issuerOf = (text: FoldedText, line: TextLine | undefined) =>
  line ? { issuer: text.source.slice(line.start, line.end) } : {};

function isSigner(text: FoldedText, line: TextLine | undefined): boolean {
  if (!line || line.end - line.start > 60) return false;
  const words = folded(text, line);
  return organ.test(words) && !/[。;:,!?]/.test(words);
}

const yearOf = (text: string | undefined) => (text ? digitsOf(text) : undefined);

/** The last day named before 反馈 in the first sentence that has both; its year may stand in an earlier one. */
function feedbackDay(text: FoldedText, written: readonly TextLine[]): string | undefined {
  let year: number | undefined;
  for (const sentence of written.flatMap((line) => folded(text, line).slice(0, 2000).split('。'))) {
    const fed = sentence.search(/反馈(?!的?问题|意见(?:整改|指出|中))/);
    const last = [...sentence.slice(0, Math.max(0, fed)).matchAll(day)].at(-1);
    const earlier = sentence.slice(0, last?.index).matchAll(/(\d{4}) ?年/g);
    year = Number([...earlier].at(-1)?.[1] ?? year) || undefined;
    const on = last && dateOf(last[1] ? Number(last[1]) : year, Number(last[2]), Number(last[3]));
    if (on) return on;
  }
  return undefined;
}

/** `undefined` unless the calendar has such a day. */
function dateOf(
  year: number | undefined,
  month: number | undefined,
  dayOfMonth: number | undefined,
): string | undefined {
  if (!year || !month || !dayOfMonth) return undefined;
  const written = [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(dayOfMonth).padStart(2, '0'),
  ].join('-');
  const parsed = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(written) ? written : undefined;
}
