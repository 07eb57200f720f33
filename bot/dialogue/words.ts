/** What can be said to any question, and means the same at each. */
export type Word = 'back' | 'skip' | 'cancel' | 'preview' | 'help' | 'keep' | 'clear' | 'submit' | 'resume';

export const BACK = '返回';
export const SKIP = '跳过';
export const CANCEL = '取消';
export const PREVIEW = '预览';
export const KEEP = '确认';
export const CLEAR = '不填';
export const SUBMIT = '提交';
/** Takes up the form that was left. */
export const RESUME = '继续填写';

/** Discards a form that was left, by its name. */
export const DROP = '放弃';
/** 「就是进展」: what was said is the answer. */
export const SURE = '就是';

const WORDS: Readonly<Record<string, Word>> = {
  [BACK]: 'back',
  上一步: 'back',
  [SKIP]: 'skip',
  [CANCEL]: 'cancel',
  [DROP]: 'cancel',
  [`${DROP} ${KEEP}`]: 'cancel',
  [`${CANCEL} ${KEEP}`]: 'cancel',
  [PREVIEW]: 'preview',
  帮助: 'help',
  [KEEP]: 'keep',
  [CLEAR]: 'clear',
  清空: 'clear',
  [SUBMIT]: 'submit',
  [RESUME]: 'resume',
};

/** Whatever it was typed in: people copy the brackets along that a word was shown in. */
export const plainWord = (said: string): string =>
  said
    .normalize('NFKC')
    .trim()
    .replace(/^[「『“"']+|[」』”"'。.!！]+$/gu, '');

export const wordIn = (said: string): Word | undefined => {
  const plain = plainWord(said);
  return Object.hasOwn(WORDS, plain) ? WORDS[plain] : undefined;
};

const ONES = '一二三四五六七八九';

/** 「三」, 「十二」, 「二十一」. */
const figure = (said: string): number => {
  const [, tens, ones = ''] = /^(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/u.exec(said) ?? [];
  return (
    (tens === undefined ? 0 : 10 * (ONES.indexOf(tens || '一') + 1)) + (ones ? ONES.indexOf(ones) + 1 : 0)
  );
};

/** 「改 2」, 「修改第2项」, 「改 三」, 「改 理由」. @returns what stands behind it */
export const amendedIn = (said: string): { number: number } | { label: string } | undefined => {
  const [, number, words, label] =
    /^(?:改|修改|更正)\s*(?:第?\s*(\d{1,2})\s*项?|(?:第?\s*([一二三四五六七八九十]{1,3})\s*项?)|\s+(\S{1,30}))$/u.exec(
      plainWord(said),
    ) ?? [];
  if (number !== undefined) return { number: Number(number) };
  if (words !== undefined) return { number: figure(words) };
  return label === undefined ? undefined : { label };
};

/** 「2」, 「2.」, 「第2项」, 「选2」, 「②」. */
export const numberIn = (said: string): number | undefined => {
  const [, digits] =
    /^(?:第|选)?\s*(\d{1,3})\s*(?:项|个|号)?\s*[.。、,)!]?$/u.exec(said.normalize('NFKC').trim()) ?? [];
  return digits === undefined ? undefined : Number(digits);
};
