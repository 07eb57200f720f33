import type fc from 'fast-check';
import { verify } from '../../ledger/audit/verify.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { movesOpenTo, situationOf } from '../../ledger/move.ts';
import { operate } from '../../ledger/operation.ts';
import { reportOf } from '../../ledger/rectification/published/report-of.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Store } from '../../ledger/store.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import { picture } from '../ledger/rectification/picture.ts';
import { makeRound } from '../ledger/rectification/round-by-words.ts';
import type { Item, Said } from '../ledger/rectification/rules-of-moves.ts';
import { type Choice, choices, FILE, NAMES, saying } from '../ledger/rectification/stories.ts';
import { openSampleRecord, personNamed, type SampleRecord, takeStep } from '../sample-record.ts';
import { Play, type Told } from './play.ts';
import { cardsDue, type Mornings, warningsDue } from './second-calculation.ts';
import { standingsOf } from './standings.ts';
import { type Said as SaidOnce, saidIn, unasked, warningsIn } from './what-was-said.ts';

/** A Sunday three weeks before the Spring Festival; what is said comes after the hours of the warnings and of the weekly card. */
const BEGAN = new Date('2026-01-25T02:00:00Z');
const DAY_MS = 86_400_000;
/** Days that a story has at most, and for which its warnings go on: up to the Saturday after the festival. */
const MOST_DAYS = 28;
const GOES_ON_DAYS = 34;
const LAST = new Date(BEGAN.getTime() + 60 * DAY_MS);
const SECRETARY = '田守正';

/** What is said in a round, and how many days lie between; every few days somebody says something. */
export const stories: fc.Arbitrary<Choice[]> = choices.map((story) =>
  story.map((choice) => ({ ...choice, days: choice.days % 3 })),
);

/** The sample bureau with a round of its own, whose closings need the 党组会. */
export async function openForRounds(): Promise<SampleRecord> {
  const record = await openSampleRecord(BEGAN);
  const { store } = record;
  const round = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-01-19', meeting: 'yes' };
  await makeRound(store, '程一禾', round, BEGAN);
  const person = await personNamed(store, '程一禾');
  const add = (word: string, ref: string, values: Record<string, string>) =>
    takeStep(store, { person, word, ref, at: BEGAN, values });
  await add('加问题', 'Z2', { title: '示例问题甲' });
  await add('加问题', 'Z2', { title: '示例问题乙' });
  await add('加措施', 'Z2-2', { measures: '示例措施' });
  return record;
}

/** How a round went. */
export interface Outcome {
  /** What ought not to be: none. */
  violations: string[];
  /** How often what was said; 「拒绝」 stands for what was refused. */
  said: ReadonlyMap<string, number>;
  warnings: number;
  /** Messages that were held back because enough was said. */
  carried: number;
  /** Warnings that could not wait, in a week that was full. */
  beyond: number;
}

/** Plays a whole round with everything that is said of itself on its days, on a record of its own. */
export async function playRound({ store }: SampleRecord, story: readonly Choice[]): Promise<Outcome> {
  const mornings: Map<string, Awaited<ReturnType<typeof standingsOf>>> = new Map();
  const play = new Play(store, BEGAN);
  play.everyDay = async (on) => void mornings.set(on, await standingsOf(store));
  const said = await tell(play, story);
  await play.passTo(new Date(BEGAN.getTime() + GOES_ON_DAYS * DAY_MS));
  await play.standStill(LAST);
  const beyond = beyondBudget(play);
  const violations = [
    ...budgetFlaws(play, beyond),
    ...messageFlaws(play, mornings),
    ...(await itemFlaws(store)),
    ...(await figureFlaws(store, 'Z1')),
    ...(await figureFlaws(store, 'Z2')),
    ...(await verify(store.database.rows, [], store.keys)).problems,
  ];
  const warnings = warningsIn(play.told.flatMap((each) => saidIn(each, store))).length;
  const carried = play.told.filter(({ isCarried }) => isCarried).length;
  return { violations, said, warnings, carried, beyond: beyond.length };
}

async function tell(play: Play, story: readonly Choice[]): Promise<Map<string, number>> {
  const { store } = play;
  const people = await Promise.all(NAMES.map((name) => personNamed(store, name)));
  const told = new Map<string, number>();
  let days = 0;
  for (const [number, choice] of story.entries()) {
    days += choice.days;
    if (days > MOST_DAYS) break;
    const at = new Date(BEGAN.getTime() + days * DAY_MS + number * 60_000);
    await play.passTo(at);
    const item = (await picture(store)).items.get(choice.ref);
    const said = item && saying(choice, item, people, { today: store.calendar.dateOf(at), store });
    if (!said) continue;
    const word = (await isAccepted(store, said, choice.ref, at)) ? said.word : '拒绝';
    told.set(word, (told.get(word) ?? 0) + 1);
  }
  return told;
}

async function isAccepted(store: Store, said: Said, ref: string, at: Date): Promise<boolean> {
  try {
    if (said.word === FILE) await giveEvidence(store, said.person.name, ref, at);
    else await takeStep(store, { ...said, ref, at });
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

/** What went beyond the budget. */
function beyondBudget({ told, store }: Play): Told[] {
  const most = store.rules.messages.unpromptedAWeek;
  const counted = unasked(told).filter(({ isExempt }) => !isExempt);
  const weeks = Map.groupBy(
    counted,
    ({ to, at }) => `${to} ${store.calendar.weekOf(store.calendar.dateOf(at))}`,
  );
  return [...weeks.values()].flatMap((messages) => messages.slice(most));
}

/** Nothing may go beyond it but a warning of a date that lies before the next week's first workday. */
function budgetFlaws({ store }: Play, beyond: readonly Told[]): string[] {
  const { calendar } = store;
  return beyond.flatMap((message) => {
    const { to, at, job } = message;
    const sunday = calendar.addDays(calendar.mondayOf(calendar.dateOf(at)), 6);
    const next = calendar.addWorkdays(sunday, 1);
    const isUrgent = warningsIn(saidIn(message, store)).some(({ dueOn }) => dueOn < next);
    const isRight = job === 'graded-warning' && isUrgent;
    return isRight ? [] : [`beyond the budget on ${calendar.dateOf(at)} to ${to}: ${job}`];
  });
}

/** What was held back came while it was of use. */
function lateFlaws(said: readonly SaidOnce[], { calendar }: Store): string[] {
  return said.flatMap((each) => {
    const { to, on, cameOn, title } = each;
    const isTooLate = warningsIn([each]).some(({ dueOn, level }) => level !== '红' && dueOn < cameOn);
    const isCard = /^本周督查/.test(title) && !title.startsWith('本周督查汇总');
    const isLastWeeks = isCard && calendar.weekOf(on) !== calendar.weekOf(cameOn);
    return isTooLate || isLastWeeks ? [`said on ${on}, came to ${to} on ${cameOn}: ${title}`] : [];
  });
}

/** What is in one list and not in the other, and what stands twice. */
function differing(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const twice = found.filter((line, index) => found.indexOf(line) !== index);
  return [
    ...expected.filter((line) => !found.includes(line)).map((line) => `${what} not said: ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `${what} said in vain: ${line}`),
    ...twice.map((line) => `${what} said twice: ${line}`),
  ];
}

function messageFlaws({ told, store }: Play, mornings: Mornings): string[] {
  const said = unasked(told).flatMap((message) => saidIn(message, store));
  const lines = (warnings: ReturnType<typeof warningsIn>) =>
    warnings.map(({ on, to, level, ref, dueOn }) => `${on} ${level} ${ref} ${dueOn} ${to}`);
  const cards = said.filter(({ title }) => /^本周督查（\d+ 项）$/.test(title));
  const days = [...mornings.keys()];
  const due = cardsDue(mornings).filter(({ on }) => days.includes(on));
  const dayAndName = ({ on, to }: { on: string; to: string }) => `${on} ${to}`;
  return [
    ...differing('warning', lines(warningsDue(mornings, SECRETARY)), lines(warningsIn(said))),
    ...differing('card', due.map(dayAndName), cards.map(dayAndName)),
    ...lateFlaws(said, store),
  ];
}

/** 对账销号, and that something can be done with every item. */
async function itemFlaws(store: Store): Promise<string[]> {
  const { items } = await picture(store);
  const closed = [...items.values()].filter(({ state }) => ['closed', 'consolidated'].includes(state));
  const leaves = closed.filter(({ ref }) => ![...items.values()].some(({ parent }) => parent === ref));
  return [...leaves.flatMap(closingFlaws), ...(await stuck(store))];
}

function closingFlaws({ ref, applicant, reviewedBy, approvedBy, ...item }: Item): string[] {
  const hands = [applicant, reviewedBy, approvedBy];
  const isByThree = new Set(hands).size === 3 && !hands.includes(undefined);
  const working = [...item.responsible, ...item.assistant];
  const isOutside = ![reviewedBy, approvedBy].some((hand) => working.includes(hand ?? ''));
  return [
    ...(isByThree && isOutside ? [] : [`${ref} is closed, not by three who are apart`]),
    ...(item.files > 0 ? [] : [`${ref} is closed without evidence`]),
    ...(item.hasMeeting === item.needsMeeting ? [] : [`${ref} is closed, its meeting: ${item.hasMeeting}`]),
  ];
}

const ONLY_SAID = ['phone', 'check', 'amend', 'as-planned', 'difficulty'];

async function stuck(store: Store): Promise<string[]> {
  return operate(store, { actor: 'job:look', at: LAST }, async (operation) => {
    const ledger = store.ledgers.find(({ name }) => name === 'rectification');
    const { people } = await readDirectory(operation.rows);
    const leaves = await operation.entries.list({ ledger: 'rectification', leaf: true });
    return leaves.flatMap((entry) => {
      const isOpen = people.some((person) =>
        ledger
          ? movesOpenTo(ledger, situationOf(operation, person, entry)).some(
              ({ name }) => !ONLY_SAID.includes(name),
            )
          : false,
      );
      return isOpen ? [] : [`${entry.ref} ${entry.state}: nobody can go on with it`];
    });
  });
}

/** 通报: every item stands in just one of its figures. */
async function figureFlaws(store: Store, ref: string): Promise<string[]> {
  const entries = entriesFor(store, store.database.rows, 'bureau');
  const { report } = await reportOf({ entries, today: '2026-03-31', rules: store.rules }, ref);
  const words = report.sections[0]?.paragraphs.map(({ text }) => text).join('') ?? '';
  const whole = Number(/合计 (\d+) 个整改事项/.exec(words)?.[1]);
  const parts = [...words.matchAll(/(?:已完成并销号|正在整改|长期坚持|暂难整改) (\d+) 项/g)];
  const sum = parts.reduce((total, [, figure]) => total + Number(figure), 0);
  const items = await entries.count({ ledger: 'rectification', leaf: true, below: ref });
  const isRight = whole === items && sum === items;
  return isRight ? [] : [`${ref} has ${items} items, its report ${whole}, in parts ${sum}: ${words}`];
}
