import { expect, it } from 'vitest';
import { rulesSchema } from '../../config/rules.ts';

const read = (calendar: unknown) => rulesSchema.safeParse({ calendar });
const wrong = (calendar: unknown) => read(calendar).error?.issues.map(({ message }) => message) ?? [];

it('takes single dates and stretches from the first to the last', () => {
  const { extraHolidays, extraWorkdays, source } = rulesSchema.parse({
    calendar: { extraHolidays: ['2027-01-01', '2027-02-27/2027-03-02'], extraWorkdays: ['2027-02-20'] },
  }).calendar;
  expect(extraHolidays).toEqual(['2027-01-01', '2027-02-27', '2027-02-28', '2027-03-01', '2027-03-02']);
  expect([extraWorkdays, source]).toEqual([['2027-02-20'], '国务院办公厅关于部分节假日安排的通知']);
});

it.each([
  '2027-02-30',
  '2027-02-11/2027-02-05',
  '2027-06-28/2027-06-31',
  '2027-01-01/2027-12-31',
  '2027-2-5',
  '春节',
])('refuses %s, naming it or what was expected', (line) => {
  expect(wrong({ extraHolidays: [line] })).toHaveLength(1);
});

it('refuses a date that is to be off and worked', () => {
  expect(wrong({ extraHolidays: ['2027-02-05/2027-02-11'], extraWorkdays: ['2027-02-07'] })).toEqual([
    'found a date in extraHolidays and in extraWorkdays, expected it in one of them',
  ]);
});
