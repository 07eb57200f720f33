import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { type Person, readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import type { IntercessionContents } from '../../../ledger/intercession/contents.ts';
import { hiddenFrom } from '../../../ledger/recusal.ts';
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
import { isAllowed, type Report, statesAfter, WORDS } from './rules-of-moves.ts';

const FILED = new Date('2026-11-23T02:00:00Z');

/** The reporter, all who may handle reports, a leader and a colleague. */
const NAMES = ['许星阑', '唐文澜', '姜明澈', '郑怀瑾', '孟知行', '林砚秋'];
/** No text names anybody: whom 认定 hides it from is the only change of who may see it. */
const SAYS = {
  reason: '示例',
  detail: '示例',
  feedback: '示例',
  question: '示例',
  answer: '示例',
  objection: '示例',
  opinion: '示例',
  supplement: '示例',
};

let record: SampleRecord;
let people: Person[];

beforeAll(async () => {
  record = await openSampleRecord(FILED);
  people = await Promise.all(NAMES.map((name) => personNamed(record.store, name)));
});
afterAll(() => record.close());

/** One step: a word that comes next here, or any, by somebody who may, or by anybody. */
interface Choice {
  word: number;
  anyWord: boolean;
  person: number;
  anybody: boolean;
  conclusion: string;
  disposal: string;
  result: string;
  found: number;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  word: fc.nat({ max: 1000 }),
  anyWord: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  person: fc.nat({ max: NAMES.length - 1 }),
  anybody: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  conclusion: fc.constantFrom('routine', 'inquiry', 'suspected', 'returned'),
  disposal: fc.constantFrom('reminder', 'transfer', 'escalate'),
  result: fc.constantFrom('upheld', 'anew'),
  found: fc.constantFrom(4, 5, 4, 5, 4, 5, 2, 3),
});

interface Picture extends Report {
  dueOn: string | null;
  version: number;
  audit: number;
}

async function picture(store: Store, ref: string): Promise<Picture> {
  const { rows } = store.database;
  const entry = await rows.entry.findUniqueOrThrow({ where: { ref }, include: { people: true } });
  const isHidden = await hiddenFrom(store.keys, rows, entry.id);
  const contents = entriesFor(store, rows, 'bureau').read(entry).contents as IntercessionContents;
  const having = (part: string) =>
    entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
  return {
    state: entry.state,
    reporter: having('reporter')[0] ?? '',
    receivers: having('receiver'),
    hidden: (await readDirectory(rows)).people.map(({ id }) => id).filter(isHidden),
    judgedBy: contents.judgedBy,
    found: contents.findings.filter(({ corrected }) => !corrected),
    isHandedOver: entry.state === 'disposing' && entry.dueOn === null,
    openQuestions: contents.questions.filter(({ answer }) => answer === undefined).length,
    upheld: contents.objections.at(-1)?.decision?.result === 'upheld',
    dueOn: entry.dueOn,
    version: entry.version,
    audit: await rows.auditRecord.count(),
  };
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** Steps that are refused for what is chosen in them, or because nobody is left to take it. */
const MAY_FAIL =
  /此人没有被认定过|这项认定是您作出的|派驻纪检组现在没有可以接办的人员|此人已经认定过|现在没有可以复核的其他受理人员/;

/** How often what happened, in all stories together. */
const told = new Map<string, number>();
const count = (what: string) => told.set(what, (told.get(what) ?? 0) + 1);

async function tell(store: Store, ref: string, story: readonly Choice[]): Promise<void> {
  let before = await picture(store, ref);
  for (const [index, chosen] of story.entries()) {
    const at = new Date(FILED.getTime() + (index + 1) * 3_600_000);
    const now = before;
    const possible = WORDS.filter((each) => people.some((who) => isAllowed(now, each, who)));
    const word = pick(chosen.anyWord ? WORDS : possible, chosen.word);
    if (word === undefined) return;
    const proper = people.filter((each) => isAllowed(before, word, each));
    const person = (chosen.anybody ? undefined : pick(proper, chosen.person)) ?? people[chosen.person];
    if (!person) throw new Error('The cast is short');
    const { conclusion, disposal, result } = chosen;
    const values = { ...SAYS, conclusion, disposal, result, person: people[chosen.found]?.id };
    const refusal = await takeStep(store, { person, word, ref, at, values }).then(
      () => undefined,
      (fault: unknown) => fault,
    );
    if (refusal !== undefined && !(refusal instanceof Refusal)) throw refusal;
    const after = await picture(store, ref);
    const allowed = isAllowed(before, word, person);
    const how = `${person.name} ${word} in ${before.state}: ${refusal?.message}`;
    if (!refusal || !MAY_FAIL.test(refusal.message)) expect(refusal === undefined, how).toBe(allowed);
    if (refusal) expect(after, how).toEqual(before);
    else checkStep(before, after, word, how);
    if (!refusal && word === '认定') expect(after.hidden, how).toContain(values.person);
    await checkMessages(store, before, after);
    count(refusal ? 'refused' : word);
    before = after;
  }
}

/** What must be true of every change. */
function checkStep(before: Picture, after: Picture, word: string, how: string): void {
  expect(statesAfter(before.state, word), how).toContain(after.state);
  expect(after.version, how).toBeGreaterThan(before.version);
  expect(after.audit - before.audit, 'one record for each change').toBe(after.version - before.version);
  expect(
    before.hidden.filter((id) => !after.hidden.includes(id)),
    'once hidden, for good',
  ).toEqual([]);
  expect(
    after.receivers.filter((id) => after.hidden.includes(id)),
    'nobody has what he may not see',
  ).toEqual([]);
  expect(after.hidden).not.toContain(after.reporter);
  const runs = ['submitted', 'accepted', 'screening', 'objected', 'inquiry', 'suspected'].includes(
    after.state,
  );
  if (after.state !== 'disposing') expect(after.dueOn !== null, `a date in ${after.state}`).toBe(runs);
  else if (after.dueOn === null)
    expect(after.receivers, 'without a date, it is somebody else’s').not.toEqual([]);
  if (word === '复核') expect(after.upheld).toBe(after.state === 'answered');
}

/** Nobody is told from whom it is hidden, and no content goes out. */
async function checkMessages(store: Store, before: Picture, after: Picture): Promise<void> {
  const messages = await takeMessages(store);
  const away = people.filter(({ id }) => after.hidden.includes(id)).map(({ name }) => name);
  expect(messages.map(({ to }) => to).filter((to) => away.includes(to))).toEqual([]);
  expect(JSON.stringify(messages)).not.toMatch(/示例|来电请求/);
  if (
    after.state !== before.state &&
    !['withdrawn', 'objected', 'unsealing'].includes(after.state) &&
    after.version > before.version
  )
    if (after.state !== 'submitted') expect(messages.map(({ to }) => to)).toContain('许星阑');
}

test('any sequence of moves by any persons keeps the rules of the 说情打招呼记录', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(choice, { minLength: 12, maxLength: 22 }), async (story) => {
      const copy = await record.copy();
      try {
        const [reporter] = people;
        if (!reporter) throw new Error('The cast is short');
        const ref = await fileReport(copy.store, reporter, FILED);
        await takeMessages(copy.store);
        await tell(copy.store, ref, story);
        expect((await verify(copy.store.database.rows)).problems).toEqual([]);
      } finally {
        await copy.close();
      }
    }),
    { numRuns: runs(7) },
  );
  // Else the stories would show little.
  expect(told.size, [...told.keys()].join('、')).toBeGreaterThanOrEqual(8);
  expect(told.get('refused')).toBeGreaterThanOrEqual(5);
});
