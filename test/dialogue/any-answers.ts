import fc from 'fast-check';
import type { Calendar } from '../../ledger/calendar.ts';
import type { FormField } from '../../ledger/message.ts';

/** How an answer is typed, and what a card would send for the same. */
export interface AnyAnswer {
  typed: string;
  value: unknown;
}

const words = fc.stringMatching(/^示例[一-鿿，。0-9A-Za-z ]{0,20}[一-鿿]{4}$/u);

/** An answer that the field takes. */
export function answerTo(field: FormField, at: Date, calendar: Calendar): fc.Arbitrary<AnyAnswer> {
  const { type, options = [] } = field;
  switch (type) {
    case 'text':
    case 'textarea':
      return words.map((typed) => ({ typed, value: typed }));
    case 'select':
      return oneOf(options);
    case 'multiselect':
      return several(options);
    case 'person':
      return fc.constantFrom(...options).map(({ value, label }) => ({ typed: nameIn(label), value }));
    case 'people':
      return fc.subarray(options, { minLength: 1, maxLength: 3 }).map((chosen) => ({
        typed: chosen.map(({ label }) => nameIn(label)).join('、'),
        value: chosen.map(({ value }) => value),
      }));
    case 'date':
      return anyDate(at, calendar);
    case 'datetime':
      return anyMoment(at, calendar);
    case 'checkbox':
      return fc.constantFrom({ typed: '是', value: true }, { typed: '1', value: true });
  }
}

type Options = NonNullable<FormField['options']>;

const oneOf = (options: Options): fc.Arbitrary<AnyAnswer> =>
  fc
    .tuple(fc.nat({ max: options.length - 1 }), fc.constantFrom('number', 'label', 'round'))
    .map(([index, how]) => {
      const option = options[index];
      const typed =
        how === 'label' ? (option?.label ?? '') : how === 'number' ? `${index + 1}` : `选${index + 1}`;
      return { typed, value: option?.value };
    });

const several = (options: Options): fc.Arbitrary<AnyAnswer> =>
  fc
    .tuple(
      fc.uniqueArray(fc.nat({ max: options.length - 1 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('、', '，', ' ', ','),
    )
    .map(([indexes, between]) => ({
      typed: indexes.map((index) => index + 1).join(between),
      value: indexes.map((index) => options[index]?.value),
    }));

const nameIn = (label: string): string => label.split('（')[0] ?? '';

const anyDate = (at: Date, calendar: Calendar): fc.Arbitrary<AnyAnswer> => {
  const today = calendar.dateOf(at);
  const on = (days: number) => calendar.addDays(today, days);
  const exact = fc.integer({ min: -60, max: 200 }).map((days) => ({ typed: on(days), value: on(days) }));
  const dotted = fc
    .integer({ min: -60, max: 200 })
    .map((days) => ({ typed: on(days).replaceAll('-', '.'), value: on(days) }));
  const said = fc.constantFrom(
    { typed: '今天', value: today },
    { typed: '明年1月15日', value: `${Number(today.slice(0, 4)) + 1}-01-15` },
    { typed: '2027年2月底', value: '2027-02-28' },
    { typed: '昨天', value: on(-1) },
  );
  return fc.oneof(exact, dotted, said);
};

const anyMoment = (at: Date, calendar: Calendar): fc.Arbitrary<AnyAnswer> =>
  fc.oneof(
    fc.integer({ min: -2880, max: 30 }).map((minutes) => {
      const value = calendar.minuteOf(new Date(at.getTime() + minutes * 60_000));
      return { typed: value.replace('T', ' '), value };
    }),
    fc.constantFrom(
      { typed: '昨天下午三点', value: `${calendar.addDays(calendar.dateOf(at), -1)}T15:00` },
      { typed: '前天上午9点半', value: `${calendar.addDays(calendar.dateOf(at), -2)}T09:30` },
    ),
  );

/** What no field of this kind takes, and no other word means. */
export function wrongAnswerTo({ type }: FormField): string | undefined {
  if (type === 'text' || type === 'textarea') return undefined;
  return type === 'multiselect' ? '1、99' : '说不清';
}
