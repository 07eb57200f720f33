import { fileURLToPath } from 'node:url';
import { Stage } from './stage.ts';
import { playStory } from './story.ts';

/** Monday of the story, 09:00 in Beijing. */
const START = new Date('2026-11-23T01:00:00Z');

const sample = (name: string) => fileURLToPath(new URL(`../sample/${name}`, import.meta.url));
const [report = sample('rectification-report.txt')] = process.argv.slice(2);

const begun = performance.now();
const stage = await Stage.build(START);
try {
  await playStory(stage, { roster: sample('roster.csv'), report });
  process.stdout.write(
    `\n✓ The story was played to its end in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`,
  );
} catch (fault) {
  process.stderr.write(`\n✗ ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
} finally {
  await stage.close();
}
