import type { reportFields } from './fields.ts';
import {
  ASKS_ME,
  CAME,
  CHANNEL_WORDS,
  CIRCUMSTANCE_WORDS,
  DUTY,
  LEDGER_NAME,
  NO_REPORT,
  OFFICE,
  QUESTION,
  REPLY_WORDS,
  STAGE_WORDS,
  THROUGH_OTHERS,
  type Word,
} from './sentence-words.ts';
import { understandTime } from './understand-time.ts';
import { goBetween, type Named, whoAsked } from './who-asked.ts';

type ReportField = keyof typeof reportFields;
export type Understood = Partial<Record<ReportField, string | string[]>>;

/** What the form's field for the content takes; a longer text is no sentence. */
const MAX_CHARACTERS = 5_000;

/**
 * The values of the 说情打招呼 form that a sentence tells, to be shown to the person for confirmation; what it does not tell is left
 * out. `content` is the whole sentence. Undefined where nobody seems to have asked the speaker a favour: the sentence must show a
 * person turning to the speaker, and a circumstance of the form or both the means and the stage.
 */
export function understandSentence(sentence: string, at: Date, timeZone: string): Understood | undefined {
  if (sentence.length > 2 * MAX_CHARACTERS || [...sentence].length > MAX_CHARACTERS) return undefined;
  const text = sentence.replace(LEDGER_NAME, '');
  if (NO_REPORT.test(text)) return undefined;
  const between = goBetween(text);
  const who = whoAsked(between.rest);
  const channel = THROUGH_OTHERS.test(text) || between.name ? 'through-others' : firstOf(CHANNEL_WORDS, text);
  const stage = firstOf(STAGE_WORDS, text);
  const projectName = projectOf(text);
  const circumstances = circumstancesOf(
    text,
    Boolean(stage ?? projectName ?? who?.post) || OFFICE.test(text),
  );
  // In a meeting, a question about a review is work.
  const isTold = circumstances.length > 0 || (channel && channel !== 'meeting' && stage && !DUTY.test(text));
  if (!isTold || !turnsToMe(text, who)) return undefined;
  return withoutEmpty({
    happenedAt: understandTime(sentence, at, timeZone),
    channel,
    intercessorName: who?.name,
    intercessorPost: who?.post,
    goBetween: between.name,
    stage,
    projectName,
    circumstances,
    content: sentence,
    reply: firstOf(REPLY_WORDS, text),
  });
}

/** Told without a word for the speaker: 「王处长打听评审专家名单」. */
const turnsToMe = (text: string, who: Named | undefined): boolean =>
  text.search(ASKS_ME) >= 0 ||
  (CAME.test(text) && !QUESTION.test(text)) ||
  (who?.post !== undefined && circumstancesOf(text, false).length > 0);

function firstOf<V extends string>(words: readonly Word<V>[], text: string): V | undefined {
  const found = words.map(({ value, pattern }) => ({ value, index: text.search(pattern) }));
  return found.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index)[0]?.value;
}

function circumstancesOf(text: string, isOfOffice: boolean): string[] {
  const told = CIRCUMSTANCE_WORDS.filter(({ pattern, weak }) => pattern.test(text) && (isOfOffice || !weak));
  return [...new Set(told.map(({ value }) => value))];
}

const MATTER = '项目|课题|专项|工程';
const TITLED = new RegExp(
  `《([^《》]{1,200})》|[「“"]([^「」“”"]{1,200})[」”"](?=\\s*(?:${MATTER}))|[「“"]([^「」“”"]{1,196}(?:${MATTER}))[」”"]`,
);
const PLAIN =
  /(?<=[在对为给把将替于的问听说]|关于|关照|照顾|支持|负责|申报|承担|^|[，。；：、,\s])([^\s，。；：、,的在对为给把将替于让我你打来问听说找托请想谈]{1,30})项目/;
/** Words before 项目 that name none. */
const NO_PROJECT =
  /^(?:这|那|该|本|某个|一个|几个|哪|他|她|它|其|自己|科技|科研|申报|立项|评审|验收|采购|招标|希望|重点|有关|相关)|们|谁/;

function projectOf(text: string): string | undefined {
  const titled = TITLED.exec(text);
  if (titled) return (titled[1] ?? titled[2] ?? titled[3])?.trim();
  const plain = PLAIN.exec(text)?.[1];
  return plain && !NO_PROJECT.test(plain) ? `${plain}项目` : undefined;
}

function withoutEmpty(values: Record<string, string | string[] | undefined>): Understood {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value.length > 0),
  );
}
