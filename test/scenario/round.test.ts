import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { reportOf } from '../../ledger/rectification/published/report-of.ts';
import { publishedReportDocx } from '../../paper/published-report-docx.ts';
import { readable } from '../harness.ts';
import { measuresOf } from './happenings.ts';
import { budgetOf, messagesByWeek } from './messages-by-week.ts';
import type { Play } from './play.ts';
import { PlayedRound } from './played-round.ts';
import {
  cardsDue,
  DAYS_BY_WEEK,
  FIRST_WORKDAYS,
  isWorked,
  LAST_WORKDAYS,
  warningsDue,
} from './second-calculation.ts';
import { publishedInOrder } from './the-round.ts';
import { unasked, warningsIn } from './what-was-said.ts';

let round: PlayedRound;
let play: Play;

beforeAll(async () => {
  round = await PlayedRound.playIt();
  play = round.play;
}, 180_000);

afterAll(() => play.close());

const titled = (start: string) => round.titled(start);
const dayAndName = ({ on, to }: { on: string; to: string }): string => `${on} ${to}`;

describe('what the bureau says of itself in twelve weeks', () => {
  test('everybody got just the messages that stand in messages-by-week.txt', async () => {
    const table = messagesByWeek(play.told, play.store, round.everybody);
    await expect(table).toMatchFileSnapshot('messages-by-week.txt');
  });

  test('nobody is told more than three things a week that he did not ask for, red warnings excepted', () => {
    const over = DAYS_BY_WEEK.flatMap((days) => {
      const own = play.told.filter(({ at }) => days.includes(play.store.calendar.dateOf(at)));
      const most = play.store.rules.messages.unpromptedAWeek;
      return round.everybody.filter((name) => budgetOf(own, name) > most);
    });
    expect(over).toEqual([]);
    const carried = play.told.filter(({ isCarried }) => isCarried);
    expect(carried, 'else the budget was never reached').not.toEqual([]);
  });

  test('only on workdays, Saturdays worked in exchange among them, and never at night', () => {
    const times = unasked(play.told).map(({ at }) => play.store.calendar.minuteOf(at));
    expect(times.filter((time) => !isWorked(time.slice(0, 10)))).toEqual([]);
    expect(times.filter((time) => time.slice(11) < '08:00' || time.slice(11) >= '20:00')).toEqual([]);
    expect(times.some((time) => time.startsWith('2026-02-14'))).toBe(true);
  });

  test('what was held back came with the week’s summary or on the next week’s first workday, and nothing was lost', async () => {
    const { outbox } = play.store.database.rows;
    expect(await outbox.count({ where: { state: { notIn: ['sent', 'within'] } } })).toBe(0);
    const late = round.said.filter(({ on, cameOn }) => on !== cameOn);
    expect(late.length).toBeGreaterThan(0);
    for (const { on, cameOn } of late) {
      const week = DAYS_BY_WEEK.findIndex((days) => days.includes(on));
      const next = FIRST_WORKDAYS.find((day) => day > (DAYS_BY_WEEK[week]?.[6] ?? ''));
      expect([LAST_WORKDAYS.find((day) => day > on), next], `said on ${on}`).toContain(cameOn);
    }
  });

  test('the summary of a week always came in it: a place was kept for it', () => {
    const summaries = titled('本周督查汇总');
    expect(summaries.length).toBeGreaterThan(0);
    expect(summaries.filter(({ on, cameOn }) => on !== cameOn)).toEqual([]);
  });
});

describe('every graded warning', () => {
  test('is said on its day, to whom it concerns and to nobody else, as a second calculation has it', () => {
    const lines = (warnings: ReturnType<typeof warningsIn>) =>
      warnings.map(({ on, to, level, ref, dueOn }) => `${on} ${level} ${ref} ${dueOn} ${to}`).sort();
    const expected = lines(warningsDue(round.mornings, '闻正清'));
    expect(lines(warningsIn(round.said))).toEqual(expected);
    expect(new Set(expected).size).toBe(expected.length);
  });

  test('that falls on a free day is said on the first workday after it, and on a worked Saturday as on any day', () => {
    const daysOf = (dueOn: string) => [
      ...new Set(
        warningsIn(round.said)
          .filter((warning) => warning.dueOn === dueOn)
          .map(({ on, level }) => `${on} ${level}`),
      ),
    ];
    // Their closing was asked for on 27 January: no red.
    expect(daysOf('2026-01-30')).toEqual(['2026-01-14 绿', '2026-01-22 黄']);
    // 20 and 10 days before 27 February are a Saturday and the middle of the festival; the day after it is worked.
    expect(daysOf('2026-02-27')).toEqual(['2026-02-09 绿', '2026-02-24 黄', '2026-02-28 红']);
    expect(daysOf('2026-03-06').slice(0, 2)).toEqual(['2026-02-14 绿', '2026-02-24 黄']);
    expect(daysOf('2026-03-13').slice(0, 2)).toEqual(['2026-02-24 绿', '2026-03-03 黄']);
  });

  test('reaches people before it is too late for it', () => {
    const late = titled('整改时限预警').filter(({ cameOn, on, sections }) => {
      const dates = warningsIn([{ to: '', on, cameOn, title: '整改时限预警', sections }]);
      return cameOn !== on && dates.some(({ dueOn }) => dueOn < cameOn);
    });
    expect(late).toEqual([]);
  });
});

describe('the week', () => {
  test('begins with the card on its first workday, for whoever has something at work', () => {
    const cards = round.said.filter(({ title }) => /^本周督查（\d+ 项）$/.test(title));
    expect(cards.map(dayAndName).sort()).toEqual(cardsDue(round.mornings).map(dayAndName).sort());
    expect(cards.filter(({ on, cameOn }) => on !== cameOn)).toEqual([]);
    expect([...new Set(cards.map(({ on }) => on))]).toContain('2026-02-24');
  });

  test('begins with the 周报 for the leading group, the 纪检 and the 派驻组, and ends with the 汇总', () => {
    const days = (start: string) => [...new Set(titled(start).map(({ on }) => on))].sort();
    // In the first week there was nothing to tell of the week before.
    expect(days('清廉周报')).toEqual(FIRST_WORKDAYS.slice(1));
    expect(days('本周督查汇总')).toEqual(LAST_WORKDAYS);
    const readers = (start: string, on: string | undefined) =>
      titled(start).flatMap((each) => (each.on === on ? [each.to] : []));
    const [digest, summary] = [FIRST_WORKDAYS[1], LAST_WORKDAYS[0]];
    const [group, officers] = [
      ['闻正清', '俞怀谨', '柳知远', '乔安澜'],
      ['庄慎行', '简素心'],
    ];
    expect(readers('清廉周报', digest).sort()).toEqual([...group, ...officers, '祁岳峰', '成有章'].sort());
    expect(readers('本周督查汇总', summary).sort()).toEqual([...group, '卫听雨', '丁望川'].sort());
  });

  test('that has no workday passes without a word, and nothing of it is said afterwards', () => {
    const festival = DAYS_BY_WEEK[6] ?? [];
    expect(festival.filter(isWorked)).toEqual([]);
    expect(play.told.filter(({ at }) => festival.includes(play.store.calendar.dateOf(at)))).toEqual([]);
  });
});

describe('who does not answer, and who leaves', () => {
  const phoneListOn = (on: string) =>
    titled('本周督查汇总')
      .filter((each) => each.on === on && each.to === '丁望川')
      .flatMap(({ sections }) => sections.filter(({ heading }) => heading?.startsWith('需电话了解')))
      .flatMap(({ lines }) => lines.map((line) => line.split(' ')[0]));

  test('after two weeks of silence the 督查员 is told to phone, and once he has, no longer', () => {
    expect(phoneListOn('2026-01-16')).toEqual([]);
    expect(phoneListOn('2026-01-23')).toEqual(expect.arrayContaining(measuresOf(9)));
    expect(phoneListOn('2026-01-30').filter((ref) => ref?.startsWith('Z1-9-'))).toEqual([]);
    expect(phoneListOn('2026-02-27')).toEqual(expect.arrayContaining(measuresOf(9)));
  });

  test('the work of who left goes to the head of his 科室 in one message, and he hears nothing more', () => {
    const left = play.told.filter(({ to }) => to === '岳小满').map(({ at }) => at.toISOString());
    expect(left.filter((at) => at > '2026-02-06T03:00')).toEqual([]);
    const [heir, ...more] = titled('人员离开，整改事项由您接手');
    expect(more).toEqual([]);
    expect(heir).toMatchObject({ to: '凌云起', on: '2026-02-06' });
    expect(heir?.sections.map(({ heading = '' }) => heading.split(' ')[0])).toEqual(
      expect.arrayContaining(['Z1-12-2', 'Z1-12-3']),
    );
  });
});

describe('at the end of the round', () => {
  test('everything is where the story left it', () => {
    const open = round.items.filter(({ closedAt }) => closedAt === undefined);
    const byState = Object.fromEntries(
      [...Map.groupBy(round.items, ({ state }) => state)].map(([state, { length }]) => [state, length]),
    );
    expect(byState).toEqual({ closed: 41, consolidated: 12, progressing: 7, signed: 1 });
    const lasting = [...measuresOf(17), ...measuresOf(18)];
    expect(open.map(({ ref }) => ref)).toEqual(['Z1-7-2', ...lasting, 'Z1-19-3']);
  });

  test('who reviewed was shown that one file stood under two items, and that three were asked for on their last day', () => {
    const shown = (to: string, ref: string) =>
      play.told
        .filter((each) => each.to === to && readable(each.content).startsWith('申请销号，请审核'))
        .map(({ content }) => readable(content))
        .filter((words) => words.includes(`${ref} `))
        .at(-1);
    expect(shown('柳知远', 'Z1-8-2')).toMatch(/Z1-8-1/);
    expect(shown('柳知远', 'Z1-8-3')).not.toMatch(/Z1-8-1/);
    expect(shown('乔安澜', 'Z1-15-3')).toMatch(/时限当日（2026-03-20）已有 3 项申请销号/);
  });

  test('each closing went through three persons and the 党组会, with evidence', () => {
    for (const item of round.items.filter(({ closedAt }) => closedAt !== undefined)) {
      const { ref, applicant, reviewedBy, approvedBy, files, hasMeeting } = item;
      expect(new Set([applicant, reviewedBy, approvedBy]).size, ref).toBe(3);
      expect([applicant, reviewedBy, approvedBy], ref).not.toContain(undefined);
      expect(files, ref).toBeGreaterThan(0);
      expect(hasMeeting, ref).toBe(true);
    }
  });

  test('the 回头看 that came due stood in the 督查员’s Friday summary, and one item did not last', () => {
    const due = titled('本周督查汇总').find(({ on, to }) => on === '2026-03-13' && to === '卫听雨');
    const listed = due?.sections.find(({ heading }) => heading?.startsWith('回头看到期'));
    expect(listed?.heading).toBe('回头看到期（9）');
    expect(round.items.filter(({ relapses }) => relapses > 0)).toMatchObject([
      { ref: 'Z1-1-4', state: 'closed' },
    ]);
  });
});

describe('the closing report', () => {
  test('the published report names all 19 problems in order with their measures, and is final', async () => {
    const { store } = play;
    const entries = entriesFor(store, store.database.rows, 'bureau');
    const here = { entries, today: '2026-03-29', rules: store.rules };
    const { report, isFinal } = await reportOf(here, 'latest');
    expect(isFinal).toBe(true);
    const bytes = Buffer.from(await publishedReportDocx(report, isFinal));
    const { value } = await mammoth.extractRawText({ buffer: bytes });
    const wanted = publishedInOrder();
    const places = wanted.map((words) => value.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(wanted).toHaveLength(19 + 61);
    expect(readable(await play.ask('丁望川', '通报 Z1'))).toContain('已定稿：闻正清 于 2026年3月27日 签发');
  });

  test('its figures are those of the ledger, counted by hand, and add up', async () => {
    const words = readable(await play.ask('丁望川', '通报 Z1'));
    const figure = (before: string) => Number(new RegExp(`${before} ?(\\d+) `).exec(words)?.[1]);
    expect(words).toContain('3 个方面共 19 个问题，制定整改措施 61 条，合计 61 个整改事项');
    const standings = ['已完成并销号', '正在整改', '长期坚持'].map(figure);
    expect(standings).toEqual([53, 2, 6]);
    expect(standings.reduce((sum, each) => sum + each, 0)).toBe(61);
    expect(figure('全部措施均已销号的问题')).toBe(15);
  });

  test('the chain holds, and every head that was given out in a 周报 stands in it', async () => {
    const heads = titled('清廉周报').flatMap(({ sections }) =>
      sections.flatMap(({ heading, lines: [head = ''] }) => (heading === '存证链首' ? [head] : [])),
    );
    const { database, keys } = play.store;
    const { problems, standing } = await verify(database.rows, [...new Set(heads)], keys);
    expect(problems).toEqual([]);
    expect(standing).toHaveLength(FIRST_WORKDAYS.length - 1);
  });
});
