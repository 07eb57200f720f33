import * as z from 'zod';

/** Whose rules these are, and by which clock and calendar days are counted. */
export const bureauRules = z
  .strictObject({ name: z.string().min(1).default('本局'), timeZone: z.string().default('Asia/Shanghai') })
  .prefault({});

/** Dates, one by one or from the first to the last: 2027-02-05, 2027-02-05/2027-02-11. */
const days = z
  .array(z.union([z.iso.date(), z.string().regex(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/)]))
  .default([])
  .transform((lines, context) => lines.flatMap((line) => datesIn(line, context)));

const DAY_MS = 86_400_000;
/** A holiday of more days is a slip. */
const LONGEST = 31;

function datesIn(line: string, context: z.core.$RefinementCtx): string[] {
  const [from = '', to = from] = line.split('/');
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const dates = Array.from({ length: count >= 1 && count <= LONGEST ? count : 0 }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
  // 31 June is read as 1 July: then it is not among them.
  if (dates.at(0) !== from || dates.at(-1) !== to)
    context.addIssue({
      code: 'custom',
      message: `found ${line}, expected a date, or two with at most ${LONGEST} days from the first to the last`,
    });
  return dates;
}

/** What the bureau takes from the State Council's notice of a year before the program has it; such a date goes before the program's. */
export const calendarRules = z
  .strictObject({
    /** Days off, beside those that the program knows. */
    extraHolidays: days,
    /** Days worked in exchange (调休). */
    extraWorkdays: days,
    source: z.string().default('国务院办公厅关于部分节假日安排的通知'),
  })
  .refine(
    ({ extraHolidays, extraWorkdays }) => !extraHolidays.some((on) => extraWorkdays.includes(on)),
    'found a date in extraHolidays and in extraWorkdays, expected it in one of them',
  )
  .prefault({});
