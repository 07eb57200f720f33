import fc from 'fast-check';
import { openForRounds, playRound, stories } from '../test/scenario/any-round.ts';

/** What came of so many rounds. */
export interface RoundsReport {
  played: number;
  /** How often what was said, the commonest first; 「拒绝」 is what was refused. */
  said: [string, number][];
  warnings: number;
  /** Messages that were held back because enough was said. */
  carried: number;
  /** Warnings that went beyond the budget, since they would have come after their date. */
  beyond: number;
  /** Each with the seed of its round: `--rounds 1 --seed <it>` plays that one again. */
  violations: string[];
}

/** Plays random rounds one after the other, each with its jobs on every day, on a record of its own. */
export async function runRoundCampaign(options: {
  rounds: number;
  seed: number;
  say(sentence: string): void;
}): Promise<RoundsReport> {
  const said = new Map<string, number>();
  const report: Omit<RoundsReport, 'said'> = {
    ...{ played: 0, warnings: 0, carried: 0, beyond: 0, violations: [] },
  };
  const began = await openForRounds();
  for (let seed = options.seed; seed < options.seed + options.rounds; seed += 1) {
    const [story = []] = fc.sample(stories, { seed, numRuns: 1 });
    const copy = await began.copy();
    const outcome = await playRound(copy, story).finally(() => copy.close());
    for (const [word, count] of outcome.said) said.set(word, (said.get(word) ?? 0) + count);
    report.played += 1;
    report.warnings += outcome.warnings;
    report.carried += outcome.carried;
    report.beyond += outcome.beyond;
    report.violations.push(...outcome.violations.map((violation) => `seed ${seed}: ${violation}`));
    if (report.played % 10 === 0)
      options.say(`${report.played} rounds, ${report.violations.length} violations`);
  }
  await began.close();
  return { ...report, said: [...said].sort(([, one], [, other]) => other - one) };
}
