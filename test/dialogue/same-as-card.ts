import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import type { FormContent } from '../../ledger/message.ts';
import { runs } from '../chance.ts';
import { fileReport } from '../intercession-report.ts';
import { assign, say } from '../jobs/at-work.ts';
import { ASKED as AT, openAskedBureau } from '../ledger/nil-return/asked-bureau.ts';
import { personNamed, type SampleRecord, takeStep } from '../sample-record.ts';
import { fillIn, formIn, sendCard } from './any-person.ts';
import { ASKED, SHOWN, Talk } from './talk.ts';
import { undone } from './undone.ts';
import { recordedSince, type Stand, standOf } from './what-was-recorded.ts';

/** Who says what, so that a form opens. */
export type Opening = readonly [name: string, line: string];

/** The report that waits for its judgement. */
export const REPORT = '<report>';

/**
 * Somebody fills in one of these forms by answering, as chance has it; somebody else the same form as a card, with the same
 * values. What comes into the record is the same, or both are refused. Each message is heard by a house that has nothing but
 * the record: it might have been started anew before it.
 */
export function sameAsCard(title: string, openings: readonly Opening[], times: number): void {
  let record: SampleRecord;
  let stand: Stand;
  let ref: string;
  /** What is undone leaves the record as it was: a form is always the same. */
  const forms = new Map<string, FormContent>();

  beforeAll(async () => {
    record = await openAskedBureau();
    ref = await atWork(record);
    stand = await standOf(record.store);
  });
  afterAll(() => record.close());

  async function compare(name: string, line: string, chance: fc.GeneratorValue): Promise<boolean> {
    const { store } = record;
    const form =
      forms.get(line) ?? (await undone(store, (inside) => cardOf(new Talk(inside, AT, SHOWN), name, line)));
    forms.set(line, form);
    const asked = await undone(store, async (inside) => {
      const filled = await fillIn(new Talk(inside, AT, ASKED), name, line, form, chance);
      return { ...filled, record: await recordedSince(inside, stand) };
    });
    const card = await undone(store, async (inside) => {
      const refusal = await sendCard(new Talk(inside, AT, SHOWN), name, line, asked.values);
      return { refusal, record: await recordedSince(inside, stand) };
    });
    expect(asked.record).toEqual(card.record);
    if (card.refusal === undefined) expect(asked.refusal).toBeUndefined();
    else expect(asked.refusal).toContain(card.refusal);
    return card.refusal === undefined;
  }

  test(title, { timeout: runs(600_000) }, async () => {
    let recorded = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...openings), fc.gen(), async ([name, line], chance) => {
        if (await compare(name, line.replace(REPORT, ref), chance)) recorded += 1;
      }),
      // What is told in so many steps is not told in fewer in any time.
      { numRuns: runs(times), endOnFailure: true },
    );
    expect(recorded).toBeGreaterThan(runs(times) / 2);
    expect(await standOf(record.store)).toEqual(stand);
    const { database, keys } = record.store;
    expect((await verify(database.rows, [], keys)).problems).toEqual([]);
  });
}

const cardOf = async (talk: Talk, name: string, line: string): Promise<FormContent> =>
  formIn((await talk.send(name, line)).reply);

/** Two items are worked on, and one report is looked at. @returns its number */
async function atWork({ store }: SampleRecord): Promise<string> {
  const dueOn = '2026-12-31';
  await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn, at: AT });
  await say(store, '方远山', ['签收', 'Z1-1-1'], AT);
  await assign(store, 'Z1-1-2', { responsible: ['方远山', '许星阑'], dueOn, at: AT });
  const ref = await fileReport(store, await personNamed(store, '许星阑'), AT);
  const person = await personNamed(store, '唐文澜');
  for (const word of ['受理', '开始甄别']) await takeStep(store, { person, word, ref, at: AT });
  await new Talk(store, AT, SHOWN).say('唐文澜', `查看 ${ref}`);
  return ref;
}
