import type { Handler } from '../handlers/define.ts';
import { plainText } from '../ledger/plain-text.ts';

/** What was said: the handler whose word stands first, and the rest as it was typed. */
export interface Said {
  handler: Handler | undefined;
  typed: string;
}

// Zero-width characters and direction marks are invisible to who reads and would hide a word from us. A joiner between
// pictures is seen: it makes one picture of them.
const INVISIBLE =
  /[\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** The text as it is read: without what cannot be seen or is no text, with plain spaces. */
export const tidyText = (text: string): string =>
  plainText(text)
    .replace(INVISIBLE, '')
    .replace(/\u3000/gu, ' ')
    .trim();

/** Finds the longest word that `text` begins with. A word ends where a letter-like sign of its own does not go on. */
export function parse(text: string, handlers: readonly Handler[]): Said {
  const plain = text.replace(/^[/／]/u, '');
  let best: { handler: Handler; word: string } | undefined;
  for (const handler of handlers) {
    for (const word of handler.words) {
      if (word.length > (best?.word.length ?? 0) && beginsWith(plain, word)) best = { handler, word };
    }
  }
  if (!best) best = saidAlone(plain, handlers);
  return best
    ? { handler: best.handler, typed: plain.slice(best.word.length).replace(/^[\s:：,，]+/u, '') }
    : { handler: undefined, typed: plain };
}

/** 「收到！」 is all that was said; 「收到王某的电话……」 tells of something. */
function saidAlone(
  plain: string,
  handlers: readonly Handler[],
): { handler: Handler; word: string } | undefined {
  const word = plain.replace(/[\s\p{P}\p{S}]+$/u, '');
  const handler = handlers.find(({ alone }) => alone?.includes(word));
  return handler && { handler, word: plain };
}

function beginsWith(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false;
  const next = text.slice(word.length);
  return next === '' || /^[\s\p{P}\p{N}A-Za-zＡ-Ｚａ-ｚ]/u.test(next);
}
