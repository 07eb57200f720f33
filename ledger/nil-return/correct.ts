import type { Move, Situation } from '../define.ts';
import { Refusal } from '../refusal.ts';
import { latestAskable } from './asked.ts';
import {
  type Answer,
  answerField,
  DECLARANT,
  type NilReturnContents,
  type NilReturnData,
  withAnswer,
} from './contents.ts';
import { readAnswer } from './read-answer.ts';

/** 更正: who tapped the wrong button says so, as long as no later period was asked for. What he said before stays, sealed. */
export const correct: Move<NilReturnData, NilReturnContents> = {
  name: 'correct',
  word: '更正',
  help: '更正最近一期零报告的申报（留痕）',
  from: ['declared'],
  by: { parts: [DECLARANT] },
  fields: { answer: answerField },
  inline: 'answer',
  read(typed) {
    const answer = readAnswer(typed);
    return { values: { answer }, unread: answer ? [] : ['请选择更正后的申报。'] };
  },
  check: stillOpen,
  // The same answer once more is recorded like another: that it was corrected does not tell what it was.
  apply: ({ contents, at, entry }, values) => ({
    state: entry.state,
    contents: withAnswer(contents, at, values.answer as Answer),
  }),
  answer: () => ['更正前后的申报均已加密留存，不在任何卡片、名单和统计中显示。'],
};

function stillOpen({ data, today, calendar, rules, entry }: Situation<NilReturnData>): void {
  if (data.period === latestAskable(today, { calendar, rules }).id) return;
  const sentence = `${entry.ref} 的申报期已过，不再更正。如有未报告的情形，请发送「我要报告」，会随之补正。`;
  throw new Refusal('wrong-state', sentence);
}
