import { outcomeOf, PROBLEMS } from './the-round.ts';

/** Something that somebody does; `at` is 「01-05 10:00」 of 2026 on the bureau's clock. */
export type Happening = { at: string } & (
  | { who: string; says: string; form?: Form; refused?: string }
  | { who: string; presses: string }
  | { who: string; proves: string; file?: string }
  | { leaves: string }
);

type Form = Readonly<Record<string, string>>;

/** What is typed; where a form opens, `form` is filled in and sent. */
export const says = (at: string, who: string, words: string, form?: Form): Happening => ({
  ...{ at, who, says: words },
  ...(form && { form }),
});

/** The same, and it is refused with a sentence that has these words. */
export const inVain = (at: string, who: string, words: string, refused: string, form?: Form): Happening => ({
  ...says(at, who, words, form),
  ...{ who, says: words, refused },
});

/** A button whose label ends so, on the latest message that has one. */
export const presses = (at: string, who: string, label: string): Happening => ({ at, who, presses: label });

export const leaves = (at: string, name: string): Happening => ({ at, leaves: name });

/** 周督查 answered for all of his items, by the card's button. */
export const tap = (at: string, ...names: readonly string[]): Happening[] =>
  names.map((who) => presses(at, who, '项均按计划'));

/** The same by text. */
export const type = (at: string, ...names: readonly string[]): Happening[] =>
  names.map((who) => says(at, who, '按计划 全部'));

/** Evidence for each item, and the request for its closing. */
export const finishes = (at: string, who: string, ...refs: readonly string[]): Happening[] =>
  refs.flatMap((ref) => [
    { at, who, proves: ref },
    says(at, who, `申请销号 ${ref} ${outcomeOf(ref)}`, { evidence: '见佐证文件（示例）' }),
  ]);

/** The same, with one file for all of them. */
export const finishesAlike = (
  at: string,
  who: string,
  file: string,
  ...refs: readonly string[]
): Happening[] => finishes(at, who, ...refs).map((each) => ('proves' in each ? { ...each, file } : each));

/** All measures of a problem. */
export const measuresOf = (problem: number): string[] =>
  (PROBLEMS[problem - 1]?.measures ?? []).map((_, index) => `Z1-${problem}-${index + 1}`);

/** 责任领导审核, 督查复核, for all that waits. */
export const reviews = (at: string, ...names: readonly string[]): Happening[] =>
  names.map((who) => says(at, who, '审核通过 全部'));

/** 党组会审定 of all that waits for it. */
export const meets = (at: string, who: string, name: string, on: string): Happening =>
  says(at, who, '审定 全部', { name, on });

/** The problems and measures are written into the ledger one after the other. */
export const registers = (at: string, who: string): Happening[] =>
  PROBLEMS.flatMap(({ aspect, title, measures }, index) => [
    says(at, who, '加问题 Z1', { title, aspect }),
    says(at, who, `加措施 Z1-${index + 1} ${measures.map(([measure]) => measure).join('\n')}`),
  ]);

/** By telephone, written down by the 督查员. */
export const phones = (at: string, who: string, text: string, ...refs: readonly string[]): Happening[] =>
  refs.map((ref) => says(at, who, `电话 ${ref}`, { answer: 'planned', text }));

/** 零报告: everybody declares but for who is named. */
export const declare = (
  at: string,
  everybody: readonly string[],
  ...silent: readonly string[]
): Happening[] => everybody.filter((name) => !silent.includes(name)).map((who) => says(at, who, '零报告 无'));

export const STAFF = [
  ...['闻正清', '俞怀谨', '柳知远', '乔安澜', '向明哲', '卫听雨', '舒晚晴', '柯以恒', '庄慎行'],
  ...['简素心', '丁望川', '游四方', '巫念真', '贺兰舟', '凌云起', '楼向晚', '岳小满', '傅守常'],
  ...['余笑棠', '车行简', '桑若禾', '米雪微', '麦长青', '祁岳峰', '成有章'],
];
