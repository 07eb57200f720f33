import { numberOf } from './chinese-number.ts';

/** The kinds of number that reports put before a chapter, an aspect, a problem or a measure. */
export type Family =
  | 'chapter' // 一、 第一部分
  | 'part' // (一) ㈠
  | 'issue' // 问题1. 【问题一】 第1个问题:
  | 'number' // 1. 1、 ⒈
  | 'bracket' // (1) ⑴
  | 'half' // 1)
  | 'circle' // ①
  | 'ordinal' // 一是
  | 'rank' // 第一, 其一,
  | 'bare'; // 针对“…”的问题 with no number before it

export interface Marker {
  readonly family: Family;
  readonly number: number;
  readonly start: number;
  /** Where the marked text begins. */
  readonly end: number;
}

const cn = '[一二三四五六七八九十]{1,3}';

/** A period before a digit is a decimal point (1.5万元) or a date (3.31), unless a year begins there (1.2021年…). */
const patterns: Readonly<Record<Exclude<Family, 'bare'>, RegExp>> = {
  chapter: new RegExp(`第(${cn})部分[、:, ]?|(${cn}) ?[、.]`, 'y'),
  part: new RegExp(`\\( ?(${cn}) ?\\)[、.]?|[㈠-㈩]`, 'y'),
  issue: new RegExp(
    `【?(?:巡[察视]组?)?(?:反馈|存在|指出)?的?问题 ?\\(?(\\d{1,3}|${cn})\\)?(?:】[:.]?| ?[.、:]| )|第(\\d{1,3}|${cn})个?问题[:、.,]`,
    'y',
  ),
  number: /(\d{1,3}) ?(?:\.(?!\d)|\.(?=(?:19|20)\d\d ?年)|[、。]|,(?!\d)| (?=关于|针对))|[⒈-⒛]/y,
  bracket: /\( ?(\d{1,2}) ?\)[、.]?|[⑴-⒇]/y,
  half: /(\d{1,2}) ?\)[、.]?/y,
  circle: /[①-⑳]、?/y,
  ordinal: new RegExp(`(${cn})是`, 'y'),
  rank: new RegExp(`[第其](${cn}|\\d{1,2}) ?(?:[,、:]|是)`, 'y'),
};

const ringed: readonly string[] = ['①', '⑴', '⒈', '㈠'];

/** The marker that stands exactly at `index` of the folded text, the first of `families` that fits. */
export function markerAt(
  folded: string,
  index: number,
  families: readonly Exclude<Family, 'bare'>[],
): Marker | undefined {
  for (const family of families) {
    const pattern = patterns[family];
    pattern.lastIndex = index;
    const found = pattern.exec(folded);
    if (!found) continue;
    const number = numberOf(found[1] ?? found[2] ?? '') ?? ringedNumber(found[0]);
    if (number) return { family, number, start: index, end: index + found[0].length };
  }
  return undefined;
}

/** ① ⑴ ⒈ ㈠ stand in runs of Unicode, each run beginning at one. */
function ringedNumber(text: string): number | undefined {
  const code = text.charCodeAt(0);
  const first = ringed.map((each) => each.charCodeAt(0)).filter((each) => each <= code);
  return first.length ? code - Math.max(...first) + 1 : undefined;
}
