import { NAMED, OFFICER, REPORTER, RESIDENT } from './bureaus.ts';
import type { Handed } from './feishu.ts';
import { type Filed, goOn } from './life.ts';
import { visit } from './visits.ts';
import { everyWord, told } from './words.ts';
import { exported } from './workbooks.ts';
import type { World } from './world.ts';

const THE_NAMED = Object.values(NAMED);
/** Everybody who looks on. */
export const READERS = [...THE_NAMED, OFFICER, RESIDENT, REPORTER];

/** One person's life in one world, as far as he can see it, by the way it comes to him. */
export interface Seen {
  /** His window of the local chat, what came of every word and button there, and what was in line for him. */
  chat: unknown;
  /** Every card that Feishu was handed for him, every change of one, and what it was answered when he pressed. */
  feishu: Handed & { presses: unknown };
  /** What his browser was answered. */
  page: unknown;
  /** What he takes away as .xlsx: 台账. */
  workbook: unknown;
}

export const WAYS = ['chat', 'feishu', 'page', 'workbook'] as const satisfies (keyof Seen)[];

/** What all readers know of what was filed, though it may be of another world; and a report that all worlds have. */
export type Known = Filed & { visible: string };

/** What a reader says in his chat, had somebody told him the numbers and the receipt. */
const said = ({ refs: [lying, handled], receipt }: Known): string[] => [
  ...[
    `查看 ${lying},${handled}`,
    `受理 ${lying}@1`,
    `核验 ${receipt}`,
    '统计',
    `${handled} 这个编号是什么意思，请问是谁的`,
  ],
];

/** What he asks beside every word that there is. */
const asked = ({ refs: [lying, handled] }: Known): string[] => [
  ...[
    `查看 ${lying}`,
    `查看 ${handled.toLowerCase()}`,
    `台账 ${handled}`,
    `查看 ${handled.replace('-', '－')}`,
    `备查 ${lying},${handled}`,
  ],
  ...['受理 全部', '台账 说情', '台账 已提交', '台账 说情打招呼记录 第2页', '台账 逾期', '台账 解封'],
  ...['统计', '统计 按情形', '统计 方式', '统计 说情打招呼记录', `台账 ${REPORTER}`, '零报告进度 2026-10'],
];

/** Two weeks in a world. @param filed what was filed in it, if anything was */
export async function live(
  world: World,
  filed: Filed | undefined,
  known: Known,
): Promise<Record<string, Seen>> {
  const answers = listsOf(READERS);
  const presses = listsOf(READERS);
  const pages = listsOf(READERS);
  const forged = [`受理 ${known.refs[0]}@1`, `查看 ${known.refs[1]}`];

  await Promise.all([OFFICER, RESIDENT].map((name) => world.says(name, ['台账', '统计'])));
  await Promise.all(THE_NAMED.map((name) => world.says(name, said(known))));
  for (const name of THE_NAMED) {
    answers[name]?.push(await everyWord(world, name, known.refs[1], asked(known)));
    answers[name]?.push(await world.presses(name, forged));
  }
  await world.says(NAMED.staff, [`查看 ${known.refs[1]}`, `核验 ${known.receipt}`], { group: true });
  await world.moveClock('2026-11-26T02:00:00Z');
  await world.moveClock('2026-11-30T02:00:00Z');
  if (filed) await goOn(world, filed.refs);
  for (const name of [...THE_NAMED, OFFICER]) {
    await world.feishu.writes(name, [`查看 ${known.refs[0]}`, '统计']);
    answers[name]?.push(await everyWord(world, name, undefined, asked(known)));
    presses[name]?.push(await world.feishu.presses(name, forged));
    pages[name]?.push(await visit(world, name, known, known.visible));
  }
  await world.moveClock('2026-12-02T02:00:00Z');
  const seen: Record<string, Seen> = {};
  for (const name of READERS)
    seen[name] = {
      chat: [await world.window(name), answers[name], await told(world, name)],
      feishu: { ...world.feishu.handed(name), presses: presses[name] },
      page: pages[name],
      workbook: await exported(world, name),
    };
  return seen;
}

const listsOf = (names: readonly string[]): Record<string, unknown[]> =>
  Object.fromEntries(names.map((name) => [name, []]));
