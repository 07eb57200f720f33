import type { Calendar } from '../../ledger/calendar.ts';
import type { Field } from '../../ledger/form.ts';
import type { FormField } from '../../ledger/message.ts';
import { readChoice, readChoices } from './read-choice.ts';
import { readDay, readMoment } from './read-day.ts';
import { type Doubt, readPeople } from './read-people.ts';

/** What an answer says to a field: what a card would have sent, who may be meant, or why it says nothing. */
export type Answer = { value: unknown } | { doubt: Doubt } | { wrong: string };

export interface Asked {
  /** As it is shown. */
  shown: FormField;
  field: Field<unknown>;
  /** What stands in it as it is kept. */
  kept: unknown;
  /** Who may be meant by the answer before this one. */
  doubt?: Doubt;
  at: Date;
  calendar: Calendar;
}

/** @param said as it was typed */
export function readAnswer(typed: string, asked: Asked): Answer {
  const { shown } = asked;
  const said = withoutLabel(typed, shown);
  switch (shown.type) {
    case 'text':
    case 'textarea':
      return { value: said.trim() };
    case 'select':
      return readChoice(said, shown.options ?? []);
    case 'multiselect':
      return readChoices(said, shown.options ?? []);
    case 'person':
    case 'people':
      return readPeople(said, shown, asked.doubt);
    case 'date':
      return readDay(said, asked);
    case 'datetime':
      return readMoment(said, asked);
    case 'checkbox':
      return readYesOrNo(said);
  }
}

/** 「理由：再等等」 answers 理由. */
function withoutLabel(said: string, { label }: FormField): string {
  const plain = said.trim();
  const rest = plain.startsWith(label)
    ? /^\s*[:：]([\s\S]+)$/u.exec(plain.slice(label.length))?.[1]
    : undefined;
  return rest?.trim() || said;
}

const YES = /^(?:1|是的?|对的?|好的?|有|同意|承诺|勾选|yes|y)$/iu;
const NO = /^(?:2|否|不是?|没有?|无|不同意|不承诺|no|n)$/iu;

function readYesOrNo(said: string): Answer {
  const plain = said
    .normalize('NFKC')
    .trim()
    .replace(/[.。!！]+$/u, '');
  if (YES.test(plain)) return { value: true };
  return NO.test(plain) ? { value: false } : { wrong: '请回复「是」或「否」' };
}
