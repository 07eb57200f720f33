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

const WORDS: Readonly<Record<string, Word>> = {
  [BACK]: 'back',
  上一步: 'back',
  [SKIP]: 'skip',
  [CANCEL]: 'cancel',
  放弃: 'cancel',
  [PREVIEW]: 'preview',
  帮助: 'help',
  [KEEP]: 'keep',
  [CLEAR]: 'clear',
  清空: 'clear',
  [SUBMIT]: 'submit',
  [RESUME]: 'resume',
};

/** Whatever it was typed in: people copy the brackets along that a word was shown in. */
const plainWord = (said: string): string =>
  said
    .normalize('NFKC')
    .trim()
    .replace(/^[「『“"']+|[」』”"'。.!！]+$/gu, '');

export const wordIn = (said: string): Word | undefined => {
  const plain = plainWord(said);
  return Object.hasOwn(WORDS, plain) ? WORDS[plain] : undefined;
};

/** 「改 2」, 「修改第2项」, 「改 理由」. @returns what stands behind it */
export const amendedIn = (said: string): { number: number } | { label: string } | undefined => {
  const [, number, label] =
    /^(?:改|修改|更正)\s*(?:第?\s*(\d{1,2})\s*项?|\s+(\S{1,30}))$/u.exec(plainWord(said)) ?? [];
  if (number !== undefined) return { number: Number(number) };
  return label === undefined ? undefined : { label };
};

/** 「2」, 「2.」, 「第2项」, 「选2」, 「②」. */
export const numberIn = (said: string): number | undefined => {
  const [, digits] =
    /^(?:第|选)?\s*(\d{1,3})\s*(?:项|个|号)?\s*[.。、,)!]?$/u.exec(said.normalize('NFKC').trim()) ?? [];
  return digits === undefined ? undefined : Number(digits);
};
