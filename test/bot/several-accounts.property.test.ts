import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { noteWays } from '../../ledger/way-of-message.ts';
import { runs } from '../chance.ts';
import type { SentMessage } from './stand-in-platform.ts';
import {
  HOLDER,
  openTwoPlatforms,
  type PlatformName,
  type TwoPlatforms,
  Unreachable,
  Unsure,
} from './two-platforms.ts';

const BOTH = ['lark', 'wechat'] as const;
const HOUR_MS = 3_600_000;

/** What becomes of one call. */
const FATES = [
  'sent',
  'busy',
  'offline',
  'refused',
  'unreachable',
  'lost',
  'late',
  'sent unsaid',
  'sent, it may be',
] as const;
type Fate = (typeof FATES)[number];

type Step =
  | { do: 'tell' }
  | { do: 'fates'; on: PlatformName; fates: Fate[] }
  | { do: 'toggle'; on: PlatformName }
  | { do: 'pass'; minutes: number }
  | { do: 'prefer'; platform: PlatformName | null }
  /** A process takes what is due, and ends before it sends, or after. */
  | { do: 'kill'; on: PlatformName; isSent: boolean }
  | { do: 'restart' };

const on = fc.constantFrom(...BOTH);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Step>({ do: 'tell' }) },
    {
      weight: 7,
      arbitrary: fc.record({
        do: fc.constant('fates' as const),
        on,
        fates: fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('toggle' as const), on }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 25 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('prefer' as const),
        platform: fc.constantFrom('lark', 'wechat', null),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('kill' as const), on, isSent: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
  ),
  { minLength: 10, maxLength: 20 },
);

let house: TwoPlatforms;
beforeAll(async () => {
  house = await openTwoPlatforms();
  await house.bind(HOLDER, 'lark', 'wechat');
});
afterAll(() => house.close());

/** What two platforms do with messages: Feishu knows one again for an hour, WeChat never does. */
class World {
  readonly fates: Record<PlatformName, Fate[]> = { lark: [], wechat: [] };
  /** What the person has got, in order: each id as often as it came. */
  readonly arrived: string[] = [];
  readonly #known = new Map<string, number>();
  #underWay: (() => void)[] = [];

  take(platform: PlatformName, id: string): void {
    const at = house.time;
    const before = platform === 'lark' ? this.#known.get(id) : undefined;
    if (before !== undefined && at - before < HOUR_MS) return;
    this.#known.set(id, at);
    this.arrived.push(id);
  }

  later(work: () => void): void {
    this.#underWay.push(work);
  }

  /** What was under way comes through. */
  comeThrough(): void {
    for (const work of this.#underWay.splice(0)) work();
  }

  onSend(platform: PlatformName) {
    return async ({ id }: SentMessage) => {
      const isAway = !house[platform].isThere;
      const fate = isAway ? 'offline' : (this.fates[platform].shift() ?? 'sent');
      if (fate === 'offline') throw new SendFailure('not logged in', false, 60_000);
      if (fate === 'busy') throw new SendFailure('busy', false);
      if (fate === 'refused') throw new SendFailure('refused for good', true);
      if (fate === 'unreachable') throw new Unreachable('nothing reaches him', true);
      if (fate === 'late') this.later(() => this.take(platform, id));
      else if (fate !== 'lost') this.take(platform, id);
      if (fate !== 'sent') throw new Unsure('nobody knows', fate === 'sent, it may be');
    };
  }
}

let told = 0;

async function take(world: World, step: Step): Promise<void> {
  if (step.do === 'tell') await house.tell(HOLDER, `${++told}`);
  else if (step.do === 'fates') world.fates[step.on] = [...step.fates];
  else if (step.do === 'toggle') house[step.on].isThere = !house[step.on].isThere;
  else if (step.do === 'prefer') await house.prefer(HOLDER, step.platform);
  else if (step.do === 'restart') await house.bureau.restart();
  else if (step.do === 'kill') await kill(world, step);
  else await house.passMinutes(step.minutes);
  if (step.do === 'pass') world.comeThrough();
  if (step.do !== 'tell') await house.settle();
}

/** As the service does it: where a message goes is written down before it goes, unless it is bound to a way already. */
async function kill(world: World, { on: platform, isSent }: Step & { do: 'kill' }): Promise<void> {
  const { rows } = await claim(house.other, {
    lane: 'notices',
    now: new Date(house.time),
    room: roomFor(20),
  });
  const free = rows.filter(({ uncertainAt, notBy }) => !uncertainAt && !notBy?.includes(platform));
  const going = await noteWays(
    house.other,
    free.map((row) => ({ row, platform })),
  );
  for (const { id } of isSent ? going : []) world.later(() => world.take(platform, id));
}

it('reaches the person at most once, and nothing is lost unsaid, whatever becomes of both platforms', async () => {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const { rows } = house.other.database;
      await house.other.database.write(async (all) => {
        await all.outbox.deleteMany({});
        await all.account.updateMany({ data: { unreachable: null } });
        await all.person.updateMany({ data: { preferredPlatform: null } });
      });
      const world = new World();
      for (const platform of BOTH) {
        house[platform].isThere = true;
        house[platform].onSend = world.onSend(platform);
      }
      for (const step of story) await take(world, step);
      world.comeThrough();
      world.fates.lark = [];
      world.fates.wechat = [];
      for (const platform of BOTH) house[platform].isThere = true;
      for (let hour = 0; hour < 4; hour++) await house.passMinutes(61);
      // What a job has said meanwhile may wait for the morning.
      const all = await rows.outbox.findMany({
        where: { personId: house.idOf(HOLDER), platform: null, job: null },
      });
      for (const { id, state, via, notBy } of all) {
        const copies = world.arrived.filter((each) => each === id).length;
        expect(copies).toBeLessThanOrEqual(1);
        expect(['sent', 'dead']).toContain(state);
        // What is said to have gone out did go out.
        if (state === 'sent') expect(copies).toBe(1);
        const what = `${state} ${via}${notBy ? ` not ${notBy}` : ''}`;
        met.set(what, (met.get(what) ?? 0) + 1);
      }
      const dead = await rows.outbox.count({ where: { state: 'dead', platform: null } });
      const shown = await house.asks('未送达');
      expect(shown).toContain(dead === 0 ? '没有未送达的消息' : `未送达的消息（${dead} 条）`);
    }),
    { numRuns: runs(40) },
  );
  // Stories in which nothing ever went by the other way would show nothing.
  for (const what of [
    'sent lark',
    'sent wechat',
    'sent wechat not lark',
    'sent lark not wechat',
    'dead wechat',
  ])
    expect([what, met.get(what) ?? 0]).toEqual([what, expect.any(Number)]);
  expect(met.get('sent wechat not lark')).toBeGreaterThan(5);
  expect(met.get('dead lark')).toBeGreaterThan(0);
});
