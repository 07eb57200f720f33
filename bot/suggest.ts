import { distance } from 'fastest-levenshtein';
import type { Handler } from '../handlers/define.ts';
import type { Action } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import { meantWords } from './meant-words.ts';

const SUGGESTIONS = 2;
/** Of words that are meant, and not only spelled alike. */
const MOST_MEANT = 3;
/** A longer saying tells of something, and holds words that are not meant. */
const SHORT = 12;
/** As much of what was typed as is repeated in the answer. */
const QUOTED = 20;

const WITHDRAW = '聊天里不收内容：刚才写的没有保存，但还留在聊天记录里，涉及内容的请您自行撤回或删除。';

/** The words are unknown: those that may be meant, or the two nearest, that this person may use. @param keepsBack nothing of them may be repeated here */
export function notUnderstood(said: string, allowed: readonly Handler[], keepsBack = false): Refusal {
  if (COURTESY.test(said)) return new Refusal('unknown-word', '不客气。发送「帮助」可以查看能做什么。');
  const near = suggested(said, allowed);
  const sentence = `没有听懂${keepsBack ? '' : `「${quoted(said)}」`}。您是不是想说${oneOf(near)}？发送「帮助」可以查看全部功能。${keepsBack && isSentence(said) ? WITHDRAW : ''}`;
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
    ...(isSentence(said) && !keepsBack ? asProgress(said, allowed) : []),
    ...wordsOffered([...near, report?.words[0] ?? '帮助', '帮助']),
  ];
  return new Refusal('unknown-word', sentence, {}, offers);
}

/** 「A」、「B」或「C」. */
const oneOf = (words: readonly string[]): string =>
  words
    .map((word, index) => `${index === 0 ? '' : index === words.length - 1 ? '或' : '、'}「${word}」`)
    .join('');

/** The word is not for this person; what he may have meant by it is offered. */
export function notPermitted(word: string, said: string, allowed: readonly Handler[]): Refusal {
  const sentence = `您没有「${word}」的权限。发送「帮助」可以查看您能使用的功能。`;
  return new Refusal('not-permitted', sentence, {}, wordsOffered(meantBy(said, allowed)));
}

const COURTESY = /^(?:谢谢您?|多谢|感谢|辛苦了?|好的?|好嘞|嗯+|哦+|ok|知道了|明白了?|了解)[\s\p{P}\p{S}]*$/iu;

/** Whoever works on an item may have told of it without the word. */
function asProgress(said: string, allowed: readonly Handler[]): Action[] {
  const [word] = allowed.find(({ words }) => words[0] === PROGRESS)?.words ?? [];
  return word === undefined ? [] : [{ action: `${word} ${said}`, label: '用这句话报整改进展' }];
}

const PROGRESS = '进展';

/** Whoever is not understood may have something to report: the way to it always stands among the buttons. */
const wordsOffered = (words: readonly string[]) =>
  [...new Set(words)].map((word) => ({ action: word, label: word }));

const quoted = (said: string): string =>
  ([...said].length > QUOTED ? `${[...said].slice(0, QUOTED).join('')}…` : said) || '（空）';

/** Long enough to tell of something, and short enough to stand behind a button. */
const isSentence = (said: string): boolean => [...said].length >= 10 && [...said].length <= 200;

function suggested(said: string, allowed: readonly Handler[]): string[] {
  const meant = meantBy(said, allowed);
  return meant.length > 0 ? meant : nearestWords(said, allowed);
}

function meantBy(said: string, allowed: readonly Handler[]): string[] {
  const words = allowed.flatMap((handler) => handler.words.slice(0, 1));
  return [...said].length <= SHORT ? meantWords(said, words).slice(0, MOST_MEANT) : [];
}

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
