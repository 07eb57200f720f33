import type { Calendar, CalendarDate } from '../calendar.ts';

/**
 * The text with the time words that chrono's Chinese misreads or does not know put into words that it reads rightly. A weekday or a
 * day of the month without its month is the last one before or on `today`, and weeks begin on Monday (chrono: nearest, Sunday).
 */
export function plainTimeWords(text: string, today: CalendarDate, calendar: Calendar): string {
  return REWRITES.reduce(
    (rewritten, [pattern, rewrite]) =>
      rewritten.replace(
        pattern,
        (...found: string[]) => rewrite(found, { today, calendar }) ?? found[0] ?? '',
      ),
    text,
  );
}

interface Context {
  today: CalendarDate;
  calendar: Calendar;
}

/** What stands for the words found, or undefined to leave them. */
type Rewrite = (found: readonly string[], context: Context) => string | undefined;

const REWRITES: readonly (readonly [RegExp, Rewrite])[] = [
  // What somebody said or a project is called is not when it was said.
  [/《[^《》]{0,200}》|“[^“”]{0,200}”|「[^「」]{0,200}」|"[^"]{0,200}"/g, () => '〇〇'],
  [/每(?:周|星期|礼拜|天|日|月)[一二三四五六日天]?/g, () => '某天'],
  [
    /(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])/g,
    ([, week, day], context) => weekday(week, day, context),
  ],
  [/(\d{4})[./](\d{1,2})[./](\d{1,2})/g, ([, year, month, day]) => `${year}年${month}月${day}日`],
  [/([前去今])年(?=\s*[\d一二三四五六七八九十]{1,2}月)/g, ([, which], context) => year(which, context)],
  [/(上个?|本|这个?)月(\d{1,2})[日号]/g, ([, which, day], context) => dayOfMonth(which, day, context)],
  [
    /(?<![\d年月])(\d{1,2})[日号](?=[上下中]午|早上|晚上|凌晨)/g,
    ([, day], context) => dayOfMonth(undefined, day, context),
  ],
  [/(?:夜里|夜晚|半夜|深夜)(?=\s*(?:[0-5零一二两三四五]|12|十二)[点时:：])/g, () => '凌晨'],
  [/夜里|夜晚|深夜|半夜|晚间/g, () => '晚上'],
  [/傍晚|午后|中午(?=\s*[1一两2二][点时:：])/g, () => '下午'],
  [/现在/g, () => '刚才'],
  [/清晨|早晨|一早|大早上/g, () => '早上'],
  [/(?:下午|晚上|晚)\s*(?=(?:1[3-9]|2[0-3])[点时:：])/g, () => ''],
  [
    /[有差]一?点(?!\d)|(?<![十\d午上晚晨早天日号])[1一]点(?=[^\d半整一二三四五六七八九十钟左多，,。\s])/g,
    () => '',
  ],
];

/** Weeks from this one. */
const WEEKS: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1 };

function weekday(week: string | undefined, day: string | undefined, { today, calendar }: Context): string {
  const index = '一二三四五六日'.indexOf(day === '天' ? '日' : (day ?? ''));
  const on = calendar.addDays(calendar.mondayOf(today), index + 7 * (WEEKS[week ?? ''] ?? 0));
  return spoken(week === undefined && on > today ? calendar.addDays(on, -7) : on);
}

function year(which: string | undefined, { today }: Context): string {
  const back = which === '前' ? 2 : which === '去' ? 1 : 0;
  return `${Number(today.slice(0, 4)) - back}年`;
}

function dayOfMonth(
  which: string | undefined,
  day: string | undefined,
  { today, calendar }: Context,
): string | undefined {
  const thisMonth = today.slice(0, 8);
  const lastMonth = calendar.addMonths(today, -1).slice(0, 8);
  const inThis = `${thisMonth}${day?.padStart(2, '0')}`;
  const month = which?.startsWith('上') || (which === undefined && inThis > today) ? lastMonth : thisMonth;
  // The 31st of a shorter month is nobody's date: left as it stands, and so not understood.
  return Number(day) > 0 && Number(day) <= daysIn(month, calendar)
    ? spoken(`${month}${day?.padStart(2, '0')}`)
    : undefined;
}

const daysIn = (month: string, calendar: Calendar): number =>
  calendar.daysBetween(`${month}01`, calendar.addMonths(`${month}01`, 1));

const spoken = (on: CalendarDate): string => on.replace(/^(\d+)-(\d+)-(\d+)$/, '$1年$2月$3日');
