import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bureauCalendar, type Calendar } from '../ledger/calendar.ts';
import { answersIn, askAll, askBoth, askersOf } from './months-answers.ts';
import { type Bureau, inventBureau, rulesFor } from './months-bureau.ts';
import { Habits } from './months-habits.ts';
import { Measures } from './months-measures.ts';
import { MonthsProgram } from './months-program.ts';
import { type Chain, chainOf, fileOf, imported, keyOf, settingsIn } from './months-record.ts';
import { Rounds } from './months-rounds.ts';
import { type Month, type Verdict, verdictsOn } from './months-verdict.ts';
import { Voices } from './months-voices.ts';
import { randomFrom } from './random.ts';

export interface MonthsOptions {
  months: number;
  people: number;
  seed: number;
  /** Rounds in which old and new are asked in turn at the end: 30 answers of each a round. */
  askedRounds?: number;
  /** Days for which what is no record is kept, where they differ from the rules. */
  retention?: Readonly<Record<string, number>>;
  say(sentence: string): void;
}

export interface MonthsReport {
  months: Month[];
  verdicts: Verdict[];
  /** Messages, presses and files. */
  said: number;
  /** Acknowledged, and without an answer. */
  unanswered: string[];
  chain: Chain;
  states: Readonly<Record<string, number>>;
  refused: [string, number][];
  problems: string[];
  tookMs: number;
}

/** A Monday of which the holidays that follow are known, 08:00 on the bureau's clock. */
const BEGAN = new Date('2025-01-06T00:00:00Z');
const SETTLED_WITHIN_MS = 60_000;
/** Quarters in 24 months; a shorter run has shorter ones. */
const QUARTERS = 8;
const WARMED_UP = 2;

/** So many months of a bureau, day by day, with the clock in the campaign's hands. */
export async function runMonthsCampaign(options: MonthsOptions): Promise<MonthsReport> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-months-'));
  try {
    const bureau = inventBureau(options.people);
    const variables = await settingsIn(folder, 'data', rulesFor(options.retention ?? {}));
    await imported(variables, folder, 'roster', bureau.roster, BEGAN);
    await using program = await MonthsProgram.start(variables, BEGAN);
    const life = await Life.open({ options, bureau, folder, variables, program });
    const answers = await lived(life, program);
    const states = life.measures.states();
    life.measures.close();
    await program.stop();
    return {
      months: life.months,
      verdicts: verdictsOn(life.months, life.quarter, answers),
      said: life.voices.count,
      unanswered: life.unanswered,
      chain: await chainOf(variables),
      states,
      refused: [...life.voices.refused].sort(([, one], [, other]) => other - one),
      problems: program.faults,
      tookMs: performance.now() - begun,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error with what the service logged, where somebody got no answer */
async function lived(life: Life, { faults }: MonthsProgram) {
  try {
    await life.live();
    return await life.answersThenAndNow();
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`${said}; the service logged: ${faults.slice(-5).join(' | ') || 'nothing'}`, {
      cause: fault,
    });
  }
}

interface World {
  options: MonthsOptions;
  bureau: Bureau;
  folder: string;
  variables: Readonly<Record<string, string>>;
  program: MonthsProgram;
}

/** Goes from workday to workday, and looks at the service at the end of each month. */
class Life {
  readonly months: Month[] = [];
  readonly unanswered: string[] = [];
  readonly voices: Voices;
  readonly measures: Measures;
  readonly quarter: number;
  readonly #world: World;
  readonly #calendar: Calendar = bureauCalendar('Asia/Shanghai');
  #now = BEGAN;

  private constructor(world: World, measures: Measures, voices: Voices) {
    this.#world = world;
    this.measures = measures;
    this.voices = voices;
    this.quarter = Math.max(1, Math.floor(world.options.months / QUARTERS));
  }

  static async open(world: World): Promise<Life> {
    const measures = new Measures(fileOf(world.variables));
    return new Life(world, measures, await Voices.at(world.program.address, measures));
  }

  async live(): Promise<void> {
    const { options, bureau, folder, variables } = this.#world;
    const calendar = this.#calendar;
    const random = randomFrom(options.seed);
    const importReport = (report: string) => imported(variables, folder, 'rectification', report, this.#now);
    const rounds = new Rounds({ bureau, calendar, random: random.fork(), importReport });
    const habits = new Habits({ bureau, calendar, random: random.fork(), importReport });
    const first = calendar.dateOf(BEGAN);
    const end = calendar.addMonths(`${first.slice(0, 8)}01`, options.months);
    for (let day = first; day < end; day = calendar.addDays(day, 1)) {
      if (!calendar.isWorkday(day)) continue;
      await this.#moveTo(day, '10:00');
      const monthBefore = calendar.addDays(`${day.slice(0, 8)}01`, -1);
      const isAskDay = calendar.addWorkdays(monthBefore, 1) === day;
      const isCardDay = calendar.firstWorkdayOfWeek(day) === day;
      const acts = [...habits.on(day, this.#now, isAskDay), ...(await rounds.on(day, isCardDay))];
      await this.voices.perform(acts);
      await this.#settled();
      if (calendar.lastWorkdayOfWeek(day) === day) await this.#moveTo(day, '16:00');
      if (calendar.addWorkdays(day, 1).slice(0, 7) !== day.slice(0, 7)) await this.#look(day.slice(0, 7));
    }
  }

  /** The service that lived through it all, and a new one on the record of its first quarter, asked in turn. */
  async answersThenAndNow() {
    const { options, bureau, folder, variables } = this.#world;
    const then = { ...variables, DATA_DIR: join(folder, 'then') };
    await using before = await MonthsProgram.start(then, BEGAN);
    const measures = new Measures(fileOf(then));
    const voices = await Voices.at(before.address, measures);
    const askers = askersOf(bureau);
    for (let round = 0; round < WARMED_UP; round += 1) await askAll(voices, askers);
    const { first, second } = await askBoth(this.voices, voices, askers, options.askedRounds ?? 20);
    await this.#settled();
    measures.close();
    await before.stop();
    for (const [question, endMs] of first.byQuestion)
      options.say(`${question}: ${second.byQuestion.get(question)?.toFixed(1)} → ${endMs.toFixed(1)} ms`);
    return { end: first, beginning: second };
  }

  async #moveTo(day: string, time: string): Promise<void> {
    const to = this.#calendar.instantOf(day, time);
    await this.voices.moveClock(to);
    this.#now = to;
  }

  /** Until everything is settled and sent, and then everything that was acknowledged must have been answered. */
  async #settled(): Promise<void> {
    const until = performance.now() + SETTLED_WITHIN_MS;
    while (this.measures.waiting(this.#now) > 0 && performance.now() < until) await wait(5);
    this.unanswered.push(...this.measures.unanswered(this.voices.acknowledged));
    this.voices.acknowledged = [];
  }

  async #look(name: string): Promise<void> {
    const { options, bureau, program } = this.#world;
    const took = await askAll(this.voices, askersOf(bureau));
    await this.#settled();
    const { memory, cpu } = await program.used();
    const month: Month = {
      name,
      ...this.measures.kept(),
      heapBytes: memory.heapUsed + memory.external,
      rssBytes: memory.rss,
      cpuMs: (cpu.user + cpu.system) / 1000,
      answers: answersIn(took),
    };
    this.months.push(month);
    if (this.months.length === this.quarter) await this.#keepCopy();
    options.say(
      `${name}: ${Math.round(month.fileBytes / 2 ** 20)} MiB, ${month.steps} steps, ${this.voices.count} said`,
    );
  }

  async #keepCopy(): Promise<void> {
    const { folder, variables } = this.#world;
    await mkdir(join(folder, 'then'));
    this.measures.copyTo(join(folder, 'then', 'qinglian.db'));
    await copyFile(keyOf(variables), join(folder, 'then', 'qinglian.key'));
  }
}
