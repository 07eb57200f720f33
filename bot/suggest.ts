import { distance } from 'fastest-levenshtein';
import type { Handler } from '../handlers/define.ts';
import { Refusal } from '../ledger/refusal.ts';

const SUGGESTIONS = 2;
/** As much of what was typed as is repeated in the answer. */
const QUOTED = 20;

const WITHDRAW = '聊天里不收内容：刚才写的没有保存，但还留在聊天记录里，涉及内容的请您自行撤回或删除。';

/** The words are unknown: the two nearest that this person may use. @param keepsBack nothing of them may be repeated here */
export function notUnderstood(said: string, allowed: readonly Handler[], keepsBack = false): Refusal {
  const near = nearestWords(said, allowed);
  const sentence = `没有听懂${keepsBack ? '' : `「${quoted(said)}」`}。您是不是想说「${near.join('」或「')}」？发送「帮助」可以查看全部功能。${keepsBack && isSentence(said) ? WITHDRAW : ''}`;
  const report = allowed.find((handler) => handler.kind === 'command' && handler.understand);
  const offers = [
    ...(isSentence(said) && report
      ? [
          {
            action: keepsBack ? (report.words[0] ?? '') : `${report.words[0]} ${said}`,
            label: keepsBack ? `填写${report.group}` : `用这句话填写${report.group}`,
          },
        ]
      : []),
    ...wordsOffered([...near, report?.words[0] ?? '帮助', '帮助']),
  ];
  return new Refusal('unknown-word', sentence, {}, offers);
}

/** Whoever is not understood may have something to report: the way to it always stands among the buttons. */
const wordsOffered = (words: readonly string[]) =>
  [...new Set(words)].map((word) => ({ action: word, label: word }));

const quoted = (said: string): string =>
  ([...said].length > QUOTED ? `${[...said].slice(0, QUOTED).join('')}…` : said) || '（空）';

/** Long enough to tell of something, and short enough to stand behind a button. */
const isSentence = (said: string): boolean => [...said].length >= 10 && [...said].length <= 200;

function nearestWords(said: string, allowed: readonly Handler[]): string[] {
  const start = said.slice(0, QUOTED);
  return allowed
    .flatMap((handler) => handler.words.slice(0, 1))
    .filter((word) => word !== '帮助')
    .map((word) => ({ word, far: distance(start.slice(0, word.length + 2), word) - shared(start, word) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, SUGGESTIONS)
    .map(({ word }) => word);
}

/** How many signs of the word were typed, in whatever order: Chinese words are short, and one sign says much. */
const shared = (typed: string, word: string): number =>
  [...word].filter((sign) => typed.includes(sign)).length;
