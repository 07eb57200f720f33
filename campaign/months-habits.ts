import { setTimeout as wait } from 'node:timers/promises';
import { type LifeOptions, saying } from './months-rounds.ts';
import type { Act, Voices } from './months-voices.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;
/** For 500 people on one workday. */
const DAILY = { favours: 0.35, questions: 4, leftForms: 1, links: 1, readers: 5 };
const WHOLE = 500;
/** 零报告: how many press the card's button on the first day, type it, answer later, or never. */
const ANSWERS = { pressed: 0.3, typed: 0.5, later: 0.12 };

const QUESTIONS = [
  '帮助',
  '我的整改',
  '台账',
  '统计',
  '我的报告',
  '零报告',
  '减负自查',
  '查看 Z1-1',
  '本科室',
  '随便说说',
];

/** A report of a favour on its way. */
interface Favour {
  ref: string;
  reporter: string;
  officer: string;
  step: number;
}

/** What the officers do with a report, a step a day. */
const STEPS = [
  { word: '受理' },
  { word: '查看' },
  { word: '甄别', text: '示例：反映的情况属一般过问', values: { conclusion: 'inquiry' } },
  { word: '处置', text: '示例：已提醒', values: { disposal: 'reminder' } },
  { word: '反馈', text: '示例：已按规定办理' },
  { word: '归档' },
] as const;

/** What goes on beside rectification: reports of favours, 零报告, questions, forms left open, links, windows that are read. */
export class Habits {
  readonly #options: LifeOptions;
  readonly #favours: Favour[] = [];
  /** Who answers later, and on which day. */
  readonly #later = new Map<string, string>();

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** @param now the service's time @param isAskDay whether everybody was asked for 零报告 this morning */
  on(day: string, now: Date, isAskDay: boolean): Act[] {
    return [
      ...(isAskDay ? this.#declarations(day) : []),
      ...this.#lateOnes(day),
      ...this.#favours.flatMap((favour) => handled(favour)),
      ...this.#some(DAILY.favours, (random) => this.#favour(now, random)),
      ...this.#some(DAILY.questions, (random) => saying(this.#anybody(random), random.pick(QUESTIONS))),
      ...this.#some(DAILY.leftForms, (random) => saying(this.#anybody(random), '我要报告')),
      ...this.#some(DAILY.links, (random) => saying(random.pick(this.#options.bureau.supervisors), '台账页')),
      ...this.#some(DAILY.readers, (random) => {
        const who = this.#anybody(random);
        return { who, run: async (voices) => void (await voices.read(who)) };
      }),
    ];
  }

  #anybody = (random: Random): string => random.pick(this.#options.bureau.names);

  /** As many as there would be for so many people, by chance. */
  #some(daily: number, make: (random: Random) => Act): Act[] {
    const { random, bureau } = this.#options;
    const mean = (daily * bureau.names.length) / WHOLE;
    const count = Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
    return Array.from({ length: count }, () => make(random));
  }

  #declarations(day: string): Act[] {
    const { bureau, calendar, random } = this.#options;
    return bureau.names.flatMap((who): Act[] => {
      if (random.chance(ANSWERS.pressed)) return [{ who, run: pressed(who, random.chance(0.02)) }];
      if (random.chance(ANSWERS.typed / (1 - ANSWERS.pressed))) return [saying(who, '零报告 无')];
      if (random.chance(ANSWERS.later / (1 - ANSWERS.pressed - ANSWERS.typed)))
        this.#later.set(who, calendar.addDays(day, random.between(2, 20)));
      return [];
    });
  }

  #lateOnes(day: string): Act[] {
    const due = [...this.#later].filter(([, on]) => on <= day).map(([who]) => who);
    for (const who of due) this.#later.delete(who);
    return due.map((who) => saying(who, '零报告 无'));
  }

  #favour(now: Date, random: Random): Act {
    const who = random.pick(this.#options.bureau.staff);
    const officer = random.pick(this.#options.bureau.officers);
    const happenedAt = this.#options.calendar.minuteOf(new Date(now.getTime() - 2 * HOUR_MS));
    const values = {
      ...FAVOUR,
      happenedAt,
      content: `示例：来电请求关照第 ${random.between(1, 999)} 号项目`,
    };
    const run = async (voices: Voices) => {
      const toast = await voices.fill(who, '我要报告', values);
      const ref = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(toast)?.[0];
      if (ref) this.#favours.push({ ref, reporter: who, officer, step: 0 });
    };
    return { who, run };
  }
}

const FAVOUR = {
  ...{ channel: 'phone', intercessorName: '不详', intercessorKind: 'unknown', stage: 'review' },
  ...{ circumstances: ['lobbying'], reply: 'refused', promise: true },
};

function handled(favour: Favour): Act[] {
  const step = STEPS[favour.step];
  if (!step) return [];
  favour.step += 1;
  const { ref, officer: who } = favour;
  const line = `${step.word} ${ref}${'text' in step ? ` ${step.text}` : ''}`;
  if (!('values' in step)) return [saying(who, line)];
  return [{ who, run: async (voices) => void (await voices.fill(who, line, step.values)) }];
}

/** The card comes a moment after the job put it in line. */
const pressed =
  (who: string, isSome: boolean) =>
  async (voices: Voices): Promise<void> => {
    const label = isSome ? '有情形' : '无此类情形';
    const asks = async () =>
      (await voices.read(who))
        .filter(({ content }) => content.kind === 'notice' && content.title.startsWith('零报告'))
        .reverse();
    if (await voices.press(who, await asks(), label)) return;
    await wait(50);
    if (!(await voices.press(who, await asks(), label)))
      await voices.say(who, isSome ? '零报告 有' : '零报告 无');
  };
