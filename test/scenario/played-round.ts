import { type Picture, picture } from '../ledger/rectification/picture.ts';
import type { Item } from '../ledger/rectification/rules-of-moves.ts';
import { AFTER_THE_FESTIVAL } from './after-the-festival.ts';
import { BEFORE_THE_FESTIVAL } from './before-the-festival.ts';
import { Play } from './play.ts';
import type { Standing } from './second-calculation.ts';
import { standingsOf } from './standings.ts';
import { type Said, saidIn, unasked } from './what-was-said.ts';

const ROSTER = new URL('./roster.csv', import.meta.url);
/** What is closed is looked at again after a month here, so that it falls into the twelve weeks. */
const RULES = 'rectification:\n  lookBackMonths: 1\n';

/** The whole scenario, played to its end. */
export class PlayedRound {
  readonly play: Play;
  /** Who worked here as it began, in the order of the roster. */
  readonly everybody: readonly string[];
  readonly mornings: ReadonlyMap<string, readonly Standing[]>;
  /** Everything that nobody's act has caused. */
  readonly said: readonly Said[];
  readonly #end: Picture;

  private constructor(play: Play, everybody: string[], mornings: Map<string, Standing[]>, end: Picture) {
    this.play = play;
    this.everybody = everybody;
    this.mornings = mornings;
    this.said = unasked(play.told).flatMap((message) => saidIn(message, play.store));
    this.#end = end;
  }

  static async playIt(): Promise<PlayedRound> {
    const play = await Play.open(ROSTER, RULES, '01-05 09:45');
    const everybody = (await play.directory()).people.map(({ name }) => name);
    const mornings = new Map<string, Standing[]>();
    play.everyDay = async (on) => {
      mornings.set(on, await standingsOf(play.store));
    };
    for (const happening of [...BEFORE_THE_FESTIVAL, ...AFTER_THE_FESTIVAL]) await play.happen(happening);
    await play.goOnTo('03-29 23:00');
    return new PlayedRound(play, everybody, mornings, await picture(play.store));
  }

  titled(start: string): Said[] {
    return this.said.filter(({ title }) => title.startsWith(start));
  }

  /** The measures as they are at the end. */
  get items(): Item[] {
    return [...this.#end.items.values()].filter(({ level }) => level === 'measure');
  }
}
