import { createCipheriv, createHash } from 'node:crypto';
import type { Calendar } from '../ledger/calendar.ts';
import { type Bureau, inventRound } from './months-bureau.ts';
import type { Act, Voices } from './months-voices.ts';
import type { Random } from './random.ts';

interface Measure {
  ref: string;
  leader: string;
  responsible: string;
  dueOn: string;
  /** On which day the next thing happens to it. */
  nextOn: string;
  stage: 'given' | 'working' | 'applied' | 'reviewed' | 'closed' | 'over';
  isDeferred?: true;
}

/** What a life is made of. */
export interface LifeOptions {
  bureau: Bureau;
  calendar: Calendar;
  random: Random;
  /** Brings a published report into the ledger, as its command does. */
  importReport(report: string): Promise<void>;
}

/** People to one problem of a round. */
const PEOPLE_PER_PROBLEM = 40;
/** How often something comes up on a day, where it can. */
const OFTEN = { progress: 0.04, deferral: 0.1, returned: 0.08, lookedBack: 0.7, tapped: 0.6, typed: 0.2 };
/** A scanned page or a few: from so many bytes to so many. */
const SCAN_BYTES = [30_000, 120_000] as const;
const MONTHS_BETWEEN = 3;

/** 整改: a round each quarter, from its import to the last look back. */
export class Rounds {
  readonly #options: LifeOptions;
  readonly #measures: Measure[] = [];
  #rounds = 0;
  #nextRoundOn = '';

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** @param isCardDay whether the cards of 周督查 went out this morning */
  async on(day: string, isCardDay: boolean): Promise<Act[]> {
    const acts = day >= this.#nextRoundOn ? await this.#begin(day) : [];
    for (const measure of this.#measures) acts.push(...this.#goOn(measure, day));
    return [...(isCardDay ? this.#answers() : []), ...acts];
  }

  async #begin(day: string): Promise<Act[]> {
    const { bureau, calendar, random, importReport } = this.#options;
    this.#rounds += 1;
    this.#nextRoundOn = calendar.addMonths(day, MONTHS_BETWEEN);
    const problems = Math.max(2, Math.round(bureau.names.length / PEOPLE_PER_PROBLEM));
    const round = inventRound(this.#rounds, problems, day, random);
    await importReport(round.report);
    return round.measures.map((count, index): Act => {
      const problem = `Z${this.#rounds}-${index + 1}`;
      const [leader, responsible] = [random.pick(bureau.leaders), random.pick(bureau.staff)];
      const dueOn = calendar.addDays(day, random.between(40, 85));
      for (let number = 1; number <= count; number += 1)
        this.#measures.push({
          ...{ ref: `${problem}-${number}`, leader, responsible, dueOn, stage: 'given' },
          nextOn: calendar.addDays(day, 1),
        });
      const line = `指派 ${problem} 责任领导 ${leader} 责任人 ${responsible} 时限 ${dueOn}`;
      return saying(random.pick(bureau.supervisors), line);
    });
  }

  #goOn(measure: Measure, day: string): Act[] {
    if (day < measure.nextOn) return [];
    const { bureau, calendar, random } = this.#options;
    const { ref, leader, responsible, stage } = measure;
    const after = (days: number, next: Measure['stage']) =>
      Object.assign(measure, { nextOn: calendar.addDays(day, days), stage: next });
    switch (stage) {
      case 'given':
        after(1, 'working');
        return [saying(responsible, `签收 ${ref}`)];
      case 'working':
        return this.#work(measure, day);
      case 'applied':
        if (random.chance(OFTEN.returned)) {
          after(4, 'working');
          return [saying(leader, `退回 ${ref} 示例：请补充印发件的文号`)];
        }
        after(1, 'reviewed');
        return [saying(leader, `审核通过 ${ref}`)];
      case 'reviewed':
        after(93, 'closed');
        return [saying(random.pick(bureau.supervisors), `复核通过 ${ref}`)];
      case 'closed':
        after(0, 'over');
        if (!random.chance(OFTEN.lookedBack)) return [];
        return [saying(random.pick(bureau.supervisors), `巩固 ${ref} 示例：回头看未见反弹，制度在用`)];
      case 'over':
        return [];
    }
  }

  #work(measure: Measure, day: string): Act[] {
    const { calendar, random } = this.#options;
    const { ref, responsible, dueOn, leader } = measure;
    // Some are late, most ask in time.
    if (day >= calendar.addDays(dueOn, random.between(-20, 8))) {
      Object.assign(measure, { stage: 'applied', nextOn: calendar.addDays(day, 1) });
      return [{ who: responsible, run: closing(responsible, ref, scanned(random)) }];
    }
    const isToPutOff = !measure.isDeferred && day >= calendar.addDays(dueOn, -25) && day < dueOn;
    if (isToPutOff) measure.isDeferred = true;
    if (isToPutOff && random.chance(OFTEN.deferral)) {
      measure.dueOn = calendar.addDays(dueOn, 30);
      const ask = `申请延期 ${ref} 示例：评审档期顺延`;
      const run = async (voices: Voices) => {
        await voices.fill(responsible, ask, { to: measure.dueOn });
        await voices.say(leader, `准予延期 ${ref}`);
      };
      return [{ who: responsible, run }];
    }
    if (!random.chance(OFTEN.progress)) return [];
    return [saying(responsible, `进展 ${ref} 示例：本周已完成 ${random.between(1, 20)} 件，余下的下周办结`)];
  }

  /** 周督查 is answered by most: with the card's button, or by a line. */
  #answers(): Act[] {
    const { random } = this.#options;
    const busy = new Set(
      this.#measures.filter(({ stage }) => stage === 'working').map((each) => each.responsible),
    );
    return [...busy].flatMap((who): Act[] => {
      if (random.chance(OFTEN.typed)) return [saying(who, '按计划 全部')];
      if (!random.chance(OFTEN.tapped / (1 - OFTEN.typed))) return [];
      return [{ who, run: tapped(who) }];
    });
  }
}

export const saying = (who: string, line: string): Act => ({
  who,
  run: async (voices) => void (await voices.say(who, line)),
});

/** Whose card has one item has no button for all. */
const tapped =
  (who: string) =>
  async (voices: Voices): Promise<void> => {
    if (!(await voices.press(who, (await voices.read(who)).toReversed(), '按计划')))
      await voices.say(who, '按计划 全部');
  };

/** Evidence, then the request for the closing. */
const closing =
  (who: string, ref: string, scan: Uint8Array) =>
  async (voices: Voices): Promise<void> => {
    await voices.ask(who, `补充佐证 ${ref}`);
    await voices.hand(who, `示例佐证 ${ref}.pdf`, scan);
    await voices.ask(who, '完成');
    await voices.fill(who, `申请销号 ${ref} 示例：措施已完成，制度已印发`, {
      evidence: '见佐证文件（示例）',
    });
  };

/** A PDF by its first bytes, the rest of which nothing can compress. */
function scanned(random: Random): Uint8Array {
  const key = createHash('md5')
    .update(String(random.between(0, 2 ** 31)))
    .digest();
  const noise = createCipheriv('aes-128-ctr', key, key).update(Buffer.alloc(random.between(...SCAN_BYTES)));
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), noise, Buffer.from('\n%%EOF\n')]);
}
