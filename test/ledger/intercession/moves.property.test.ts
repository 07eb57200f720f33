import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leadersDigest } from '../../../jobs/leaders-digest.ts';
import { previewJob } from '../../../jobs/run.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Person } from '../../../ledger/directory.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { Store } from '../../../ledger/store.ts';
import { runs } from '../../chance.ts';
import { fileReport } from '../../intercession-report.ts';
import {
  openSampleRecord,
  personNamed,
  type SampleRecord,
  takeMessages,
  takeStep,
} from '../../sample-record.ts';
import { houseOf } from './house-of-sample.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
const FILED = new Date('2026-11-24T02:00:00Z');
const LATER = new Date('2026-11-25T02:00:00Z');
/** A ref that is nothing's. */
const UNKNOWN = 'ZZZZ-2222';
const NEXT_DIGEST = new Date('2026-11-30T00:30:00Z');

/** Secretary, leader, all who handle reports (two of discipline, one resident), administrator, staff. */
const NAMES = ['田守正', '孟知行', '姜明澈', '唐文澜', '郑怀瑾', '罗子衿', '方远山', '许星阑'];

const OFFICERS_STEPS: Record<string, { from: string[]; to: string[] }> = {
  受理: { from: ['submitted'], to: ['accepted'] },
  开始甄别: { from: ['accepted'], to: ['screening'] },
  甄别: { from: ['accepted', 'screening'], to: ['routine', 'inquiry', 'suspected', 'returned'] },
  处置: { from: ['routine', 'inquiry', 'suspected'], to: ['disposing'] },
  反馈: { from: ['routine', 'inquiry', 'suspected', 'disposing'], to: ['answered'] },
  归档: { from: ['routine', 'answered'], to: ['archived'] },
};
const REPORTERS_STEPS: Record<string, { from: string[]; to: string[] }> = {
  补正: { from: ['returned'], to: ['submitted'] },
  撤回: { from: ['submitted', 'accepted', 'returned'], to: ['withdrawn'] },
};
const STEPS = { ...OFFICERS_STEPS, ...REPORTERS_STEPS };

let record: SampleRecord;
let people: Person[];
/** By person's id: what he sees while there is no report that concerns him. */
const untouched = new Map<string, unknown>();

beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
  people = await Promise.all(NAMES.map((name) => personNamed(record.store, name)));
  await fileReport(record.store, await personNamed(record.store, '何望舒'), BEGAN);
  for (const person of people) untouched.set(person.id, await whatHeSees(record.store, person, UNKNOWN));
  await takeMessages(record.store);
});

afterAll(() => record.close());

const someone = fc.nat({ max: NAMES.length - 1 });
interface Story {
  reporter: number;
  named: number;
  way: 'intercessorName' | 'goBetween' | 'recuse';
  /** Who is asked to be kept away from it besides. */
  alsoKeptAway: string[];
  conclusion: string;
  /** Who says what; left open: somebody who may, and the word that comes next. */
  steps: { person: number | null; word: string | null }[];
}

const story: fc.Arbitrary<Story> = fc.record({
  reporter: someone,
  named: someone,
  way: fc.constantFrom<Story['way'][]>('intercessorName', 'goBetween', 'recuse'),
  alsoKeptAway: fc.subarray(['姜明澈', '唐文澜', '郑怀瑾']),
  conclusion: fc.constantFrom('routine', 'inquiry', 'suspected', 'returned'),
  steps: fc.array(
    fc.oneof(
      fc.constant({ person: null, word: null }),
      fc.record({
        person: fc.option(someone, { freq: 2 }),
        word: fc.option(fc.constantFrom(...Object.keys(STEPS)), { freq: 2 }),
      }),
    ),
    { minLength: 4, maxLength: 12 },
  ),
});

interface Cast {
  reporter: Person;
  /** All from whom the report is kept, the reporter never among them. */
  hidden: Person[];
  ref: string;
}

const stateOf = async ({ database }: Store, ref: string) =>
  database.rows.entry.findUniqueOrThrow({ where: { ref }, include: { people: true } });

/** Who may handle it: all of discipline, and whoever received it, but nobody whom it concerns and not the reporter. */
function mayHandle(person: Person, { reporter, hidden }: Cast, receivers: readonly string[]): boolean {
  if (person.id === reporter.id || hidden.includes(person)) return false;
  return person.roles.includes('discipline') || receivers.includes(person.id);
}

function isAllowed(person: Person, word: string, state: string, cast: Cast, receivers: readonly string[]) {
  if (!STEPS[word]?.from.includes(state)) return false;
  if (word in REPORTERS_STEPS) return person.id === cast.reporter.id;
  return mayHandle(person, cast, receivers);
}

/** Everything by which somebody could learn of a report; `ref` is what he guesses. */
async function whatHeSees(store: Store, person: Person, ref: string): Promise<unknown> {
  const ask = houseOf(store);
  const words = ['台账', '我的报告', '统计', '未送达', '帮助'];
  const about = [`查看 ${ref}`, `核验 ${ref}`, `台账 ${ref}`, `受理 ${ref}`, `撤回 ${ref}`];
  const answers = [];
  for (const text of [...words, ...about]) answers.push(await ask(person, text, LATER));
  const digest = (await previewJob(store, leadersDigest, NEXT_DIGEST)).filter(
    ({ personId }) => personId === person.id,
  );
  const seen = JSON.stringify([answers, digest.map(({ content }) => content)]);
  return JSON.parse(seen.replaceAll(ref, '<ref>').replace(/(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/g, '<head>'));
}

/** With whoever asked the favour or passed it on: the head and the officers of his own department. */
const keptAwayWith = (named: Person, way: Story['way']): Person[] =>
  people.filter(
    ({ departmentId, isHead, roles }) =>
      way !== 'recuse' &&
      departmentId === named.departmentId &&
      (isHead || roles.includes('discipline') || roles.includes('resident')),
  );

const handled = { accepted: 0, refused: 0 };

async function play(store: Store, cast: Cast, told: Story): Promise<void> {
  for (const { person: index, word: anything } of told.steps) {
    const { state, people: parts } = await stateOf(store, cast.ref);
    const receivers = parts.filter(({ part }) => part === 'receiver').map(({ personId }) => personId);
    const next = Object.keys(STEPS).filter((word) => STEPS[word]?.from.includes(state));
    const word = anything ?? next[0] ?? '受理';
    const proper = people.find((person) => isAllowed(person, word, state, cast, receivers));
    const person = (index === null ? undefined : people[index]) ?? proper;
    if (!person) continue;
    const values = {
      conclusion: told.conclusion,
      reason: '示例',
      disposal: 'reminder',
      detail: '示例',
      feedback: '示例',
      supplement: '示例',
    };
    const refusal = await takeStep(store, { person, word, ref: cast.ref, at: LATER, values }).then(
      () => undefined,
      (fault: unknown) => fault,
    );
    if (refusal !== undefined && !(refusal instanceof Refusal)) throw refusal;
    const after = await stateOf(store, cast.ref);
    expect(refusal === undefined, `${person.name} ${word} in ${state}`).toBe(
      isAllowed(person, word, state, cast, receivers),
    );
    if (refusal) expect(after.state).toBe(state);
    else expect(STEPS[word]?.to).toContain(after.state);
    handled[refusal ? 'refused' : 'accepted'] += 1;
  }
}

test('nobody handles his own report, and whom it names cannot tell that there is one, whatever happens to it', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const [reporter, named] = [people[told.reporter], people[told.named]];
      if (!reporter || !named) throw new Error('The cast is short');
      const copy = await record.copy();
      const { store } = copy;
      try {
        const away = people.filter(({ name }) => told.alsoKeptAway.includes(name));
        const hidden = [...new Set([named, ...away, ...keptAwayWith(named, told.way)])].filter(
          ({ id }) => id !== reporter.id,
        );
        const values = { recuse: away.map(({ name }) => name).join('、'), [told.way]: named.name };
        if (told.way === 'recuse') values.recuse = [named, ...away].map(({ name }) => name).join('、');
        const ref = await fileReport(store, reporter, FILED, values);
        await play(store, { reporter, hidden, ref }, told);
        const messages = await takeMessages(store);
        expect(messages.filter(({ to }) => hidden.some(({ name }) => name === to))).toEqual([]);
        for (const person of hidden) {
          expect(await whatHeSees(store, person, ref)).toEqual(untouched.get(person.id));
        }
        expect((await verify(store.database.rows)).problems).toEqual([]);
      } finally {
        await copy.close();
      }
    }),
    { numRuns: runs(5) },
  );
  expect(handled.accepted).toBeGreaterThan(3);
  expect(handled.refused).toBeGreaterThan(3);
});
