import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDirectorySync } from '../../bot/lark/directory/directory-sync.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { runs } from '../chance.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';
import { bureauWorld, type World, type WorldPerson } from './directory-world.ts';

const AT = new Date('2026-11-24T02:00:00Z');

let began: SampleRecord;

beforeAll(async () => {
  began = await openSampleRecord(AT);
  const { api } = await bureauWorld(began.store);
  const sync = open(began, api);
  await sync.full();
});
afterAll(() => began.close());

const open = ({ store }: SampleRecord, api: World['api']) =>
  openDirectorySync({
    store,
    api,
    now: () => AT,
    log: pino({ level: 'silent' }),
    platform: 'lark',
    settleMs: 1,
  });

/** Something that an administrator does, and the event of it. */
type Deed =
  | { kind: 'post' | 'name'; who: number; said: string }
  | { kind: 'move'; who: number; to: string | undefined }
  | { kind: 'head'; who: number; of: string | undefined }
  | { kind: 'resign' | 'rejoin'; who: number }
  | { kind: 'join'; who: number; to: string | undefined; numbered: boolean };

/** Few, so that they meet: the head of 高新技术科, one of its people, and the department, the office, the company. */
const who = fc.integer({ min: 14, max: 15 });
const where = fc.constantFrom('高新技术科', '办公室', undefined);
const said = fc.constantFrom('示例甲', '示例乙', '示例（丙）', ' 示 例');
/** The last three resign and come back; nobody must fear that all go at once. */
const fewer = fc.integer({ min: 18, max: 20 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constantFrom('post' as const, 'name' as const), who, said }),
  { arbitrary: fc.record({ kind: fc.constant('move' as const), who, to: where }), weight: 4 },
  fc.record({ kind: fc.constant('head' as const), who, of: where }),
  fc.record({ kind: fc.constantFrom('resign' as const, 'rejoin' as const), who: fewer }),
  fc.record({ kind: fc.constant('join' as const), who: fc.nat(3), to: where, numbered: fc.boolean() }),
);
const step = fc.record({
  deed,
  /** How often the event comes, whether late, and whether what is noted is taken over after it. */
  times: fc.integer({ min: 1, max: 3 }),
  late: fc.boolean(),
  run: fc.boolean(),
});

test('whatever comes how often and in what order, reading everybody then changes nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (steps) => {
      const record = await began.copy();
      try {
        const world = await bureauWorld(record.store);
        const resigned = new Map<string, WorldPerson>();
        const sync = open(record, world.api);
        const late: (() => Promise<void>)[] = [];
        for (const { deed, times, late: isLate, run } of steps) {
          const change = carriedOut(world, resigned, deed);
          const tell = () => sync.changed(change);
          for (let time = 1; time < times; time += 1) await tell();
          if (isLate) late.unshift(tell);
          else await tell();
          if (run) await sync.run();
        }
        for (const tell of late) await tell();
        await sync.run();
        const { rows } = record.store.database;
        const records = await rows.auditRecord.count();
        const result = await sync.full();
        const nothing = { added: [], changed: [], bound: [], left: [], returned: [] };
        expect(result).toMatchObject(nothing);
        expect(await rows.auditRecord.count()).toBe(records);
        expect((await verify(rows)).problems).toEqual([]);
      } finally {
        await record.close();
      }
    }),
    { numRuns: runs(25) },
  );
});

type Change = Parameters<ReturnType<typeof open>['changed']>[0];

/** Does it, and gives the event of it. */
function carriedOut(world: World, resigned: Map<string, WorldPerson>, deed: Deed): Change {
  if (deed.kind === 'head') {
    const department = world.departments.find(({ name }) => name === deed.of);
    if (department) department.leader_user_id = numbered(deed.who);
    return { kind: 'everything' };
  }
  const openId = deed.kind === 'join' ? `ou_new${deed.who}` : numbered(deed.who);
  const person = world.people.find(({ open_id }) => open_id === openId);
  if (deed.kind === 'resign' && person) {
    resigned.set(openId, person);
    world.people = world.people.filter((each) => each !== person);
    return { kind: 'person', openId, left: true };
  }
  if (deed.kind === 'rejoin' && !person) world.people.push(resigned.get(openId) as WorldPerson);
  if (deed.kind === 'post' && person) person.job_title = deed.said;
  if (deed.kind === 'name' && person) person.name = deed.said;
  if (deed.kind === 'move' && person) person.department_ids = [departmentAt(world, deed.to)];
  if (deed.kind === 'join' && !person) {
    world.people.push({
      ...{ open_id: openId, name: `示例${deed.who}`, department_ids: [departmentAt(world, deed.to)] },
      ...(deed.numbered && { employee_no: `S9${deed.who}` }),
    });
  }
  return { kind: 'person', openId, left: false };
}

const numbered = (index: number) => `ou_S${String(index + 1).padStart(3, '0')}`;
const departmentAt = ({ departments }: World, said: string | undefined) =>
  departments.find(({ name }) => name === said)?.open_department_id ?? '0';
