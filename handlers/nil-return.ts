import type { RawValues } from '../ledger/form.ts';
import { type Answer, answerField } from '../ledger/nil-return/contents.ts';
import { declare, showOpen } from '../ledger/nil-return/declare.ts';
import { readPeriodId } from '../ledger/nil-return/period.ts';
import { readAnswer } from '../ledger/nil-return/read-answer.ts';
import { WORD } from '../ledger/nil-return/wording.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rules } from '../ledger/store.ts';
import type { Command, Plan } from './define.ts';

/** 零报告: what waits for the person; 「零报告 无」 and 「零报告 有」, or a button, declare. */
export const nilReturnCommand: Command = {
  kind: 'command',
  name: 'nil-return',
  words: [WORD],
  usage: WORD,
  help: '申报本期有无说情打招呼，也可以直接发送「零报告 无」「零报告 有」',
  group: WORD,
  may: () => true,
  relevant: async ({ store }) => store.rules.nilReturn.enabled,
  fields: { answer: answerField },
  understand,
  async plan({ store }, typed) {
    requireEnabled(store.rules);
    return read(typed);
  },
  async decide(operation, actor, subject, raw) {
    requireEnabled(operation.store.rules);
    const answer = raw.answer as Answer | undefined;
    if (answer === undefined) return showOpen(operation, actor);
    return declare(operation, actor, subject === '' ? undefined : subject, answer);
  },
};

/** 「零报告无」, and the buttons' own words; nothing else, since a sentence may be a report. */
function understand(sentence: string): RawValues | undefined {
  const plain = sentence.normalize('NFKC').replace(/[。.!！]+$/u, '');
  const words = /^(?:零报告)?((?:无|有)此类情形|有情形)$|^零报告(无|有)$/u.exec(plain);
  const answer = words && readAnswer(words[1] ?? words[2] ?? '');
  return answer ? { answer } : undefined;
}

/** @throws Refusal when it is neither a period nor an answer */
function read(typed: string): Plan {
  const words = typed.split(/[\s,，:：]+/u).filter((word) => word !== '');
  const [first = ''] = words;
  const periodId = readPeriodId(first);
  const rest = words.slice(periodId ? 1 : 0).join('');
  const answer = readAnswer(rest);
  if (rest !== '' && !answer) {
    const expected = `请发送「${WORD} 无」或「${WORD} 有」；往期写明月份，例如「${WORD} 2026-11 无」`;
    throw new Refusal('invalid-input', `没有看懂「${WORD}」后面的内容，未作登记。${expected}。`);
  }
  return {
    subject: periodId ?? '',
    title: WORD,
    intro: [],
    // Nothing is ever missing: without an answer it shows what waits.
    fields: {},
    start: {},
    given: answer ? { answer } : {},
    confirm: false,
  };
}

function requireEnabled({ nilReturn }: Rules): void {
  if (nilReturn.enabled) return;
  throw new Refusal('not-enabled', '零报告尚未启用。如遇说情打招呼，请发送「我要报告」随时记录。');
}
