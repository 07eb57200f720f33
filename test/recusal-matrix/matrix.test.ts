import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NAMED, OFFICER, openBase, REPORTER, RESIDENT } from './bureaus.ts';
import { type Filed, fileAndHandle, goOn } from './life.ts';
import { masked } from './masked.ts';
import { everyWord, exported, openWorld, type World } from './world.ts';

const READERS = [...Object.values(NAMED), OFFICER, RESIDENT];
/** Cards that stand in a window before anything is filed, and are kept true. */
const BEFORE = ['台账', '未送达'];

/** What a reader says in his chat, had somebody told him the numbers and the receipt. */
const said = ({ refs: [lying, handled], receipt }: Filed): string[] => [
  ...[
    `查看 ${lying},${handled}`,
    `受理 ${lying}@1`,
    `核验 ${receipt}`,
    '统计',
    `${handled} 这个编号是什么意思，请问是谁的`,
  ],
];

/** What he asks beside every word that there is. */
const asked = ({ refs: [lying, handled] }: Filed): string[] => [
  ...[
    `查看 ${handled.toLowerCase()}`,
    `台账 ${handled}`,
    `查看 ${handled.replace('-', '－')}`,
    `备查 ${lying},${handled}`,
  ],
  ...['受理 全部', '台账 说情', '台账 已提交', '台账 说情打招呼记录 第2页', '台账 逾期', '台账 解封'],
  ...['统计 按情形', '统计 方式', '统计 说情打招呼记录', `台账 ${REPORTER}`, '零报告进度 2026-10'],
];

/** One person's life in one world, as far as he can see it. */
type Seen = Record<string, { window: unknown; answers: unknown }>;

async function live(world: World, filed: Filed | undefined, known: Filed): Promise<Seen> {
  const answers: Record<string, unknown[]> = {};
  const looks = async (lines: readonly string[], ref: string | undefined) => {
    await Promise.all([OFFICER, RESIDENT].map((name) => world.says(name, ['台账', '统计'])));
    await Promise.all(Object.values(NAMED).map((name) => world.says(name, lines)));
    for (const name of Object.values(NAMED)) {
      answers[name] = [
        ...(answers[name] ?? []),
        ...(await everyWord(world, name, ref, asked(known))),
        ...(await world.presses(name, [`受理 ${known.refs[0]}@1`, `查看 ${known.refs[1]}`])),
      ];
    }
  };
  await looks(said(known), known.refs[1]);
  await world.says(NAMED.staff, [`查看 ${known.refs[1]}`, `核验 ${known.receipt}`], { group: true });
  await world.moveClock('2026-11-26T02:00:00Z');
  await world.moveClock('2026-11-30T02:00:00Z');
  if (filed) await goOn(world, filed.refs);
  await looks([`查看 ${known.refs[0]}`, '统计'], undefined);
  await world.moveClock('2026-12-02T02:00:00Z');
  for (const name of READERS) answers[name] = [...(answers[name] ?? []), await exported(world, name)];
  const windows = await Promise.all(READERS.map((name) => world.window(name)));
  return Object.fromEntries(
    READERS.map((name, index) => [name, { window: windows[index], answers: answers[name] }]),
  );
}

describe('a world in which reports were filed, and one in which they never were', () => {
  let withReports: World;
  let without: World;
  let seen: { withReports: Seen; without: Seen };

  beforeAll(async () => {
    const base = await openBase();
    withReports = await openWorld(await base.copy());
    without = await openWorld(await base.copy());
    await base.close();
    for (const world of [withReports, without])
      await Promise.all(READERS.map((name) => world.says(name, BEFORE)));
    const filed = await fileAndHandle(withReports);
    seen = {
      withReports: await live(withReports, filed, filed),
      without: await live(without, undefined, filed),
    };
  }, 120_000);
  afterAll(async () => {
    await withReports.close();
    await without.close();
  });

  it.each(Object.entries(NAMED))('are the same to the %s who is named, byte for byte', (_role, name) => {
    expect(seen.without[name]).toBeDefined();
    expect(masked(seen.withReports[name])).toBe(masked(seen.without[name]));
  });

  it.each([OFFICER, RESIDENT])('are not the same to %s, who is not named', (name) => {
    expect(masked(seen.withReports[name])).not.toBe(masked(seen.without[name]));
  });

  it('have the reports, and who filed them is told of each step', async () => {
    const window = JSON.stringify(await withReports.window(REPORTER));
    expect(window).toContain('您的记录有新进展');
    expect(JSON.stringify(await without.window(REPORTER))).not.toContain('您的记录有新进展');
  });
});
