import { afterEach, beforeEach, expect, it } from 'vitest';
import { readable } from '../harness.ts';
import { openOnStandIn, StandInBureau } from './stand-in-bureau.ts';
import { inbound, STAND_IN } from './stand-in-platform.ts';

const READER = '林砚秋';
const OTHER = '许星阑';
const WELCOME = '您好，我是清廉台账';

let house: StandInBureau;
let opened: number;

beforeEach(async () => {
  opened = 0;
  house = new StandInBureau(await openOnStandIn({ platform: { accounts: 'bound' } }));
});
afterEach(() => house.close());

/** The account opens the chat. @param key the same for a redelivery */
async function opensChat(account: string, key?: string): Promise<void> {
  opened += 1;
  const entered = inbound({
    kind: 'entered',
    key: key ?? `opened-${opened}`,
    account,
    text: '',
    at: new Date(house.time),
  });
  await house.platform.receiver.message(entered);
  await house.settle();
}

const bind = (account: string, name: string) =>
  house.other.database.write((rows) =>
    rows.account.create({ data: { platform: STAND_IN, externalId: account, personId: house.idOf(name) } }),
  );
const seenBy = (account: string) => house.platform.window(account).map(readable);
const titlesFor = (account: string) => seenBy(account).map((words) => words.split('\n')[0]);

it('who opens the chat is told once what he can do here, however often he opens it', async () => {
  await bind('a-reader', READER);
  await opensChat('a-reader');
  expect(titlesFor('a-reader')).toEqual([WELCOME]);
  expect(seenBy('a-reader')[0]).toContain('我要报告');
  await opensChat('a-reader');
  await opensChat('a-reader', 'opened-1');
  expect(titlesFor('a-reader')).toEqual([WELCOME]);
});

it('who opens it twice at the same moment is greeted once', async () => {
  await bind('a-reader', READER);
  await Promise.all(['x', 'x', 'y'].map((key) => opensChat('a-reader', key)));
  expect(titlesFor('a-reader')).toEqual([WELCOME]);
});

it('each person is greeted, with what this person can do', async () => {
  await bind('a-reader', READER);
  await bind('a-supervisor', '程一禾');
  await opensChat('a-reader');
  await opensChat('a-supervisor');
  expect(titlesFor('a-supervisor')).toEqual([WELCOME]);
  expect(seenBy('a-supervisor')[0]).toContain('指派');
  expect(seenBy('a-reader')[0]).not.toContain('指派');
});

it('whom the bureau does not know hears nothing, and is greeted once it knows him', async () => {
  await opensChat('a-other');
  await opensChat('a-other');
  expect(house.platform.calls).toEqual([]);
  await bind('a-other', OTHER);
  await opensChat('a-other');
  await opensChat('a-other');
  expect(titlesFor('a-other')).toEqual([WELCOME]);
});

it('who has left hears nothing', async () => {
  await bind('a-other', OTHER);
  const id = house.idOf(OTHER);
  await house.other.database.write((rows) => rows.person.update({ where: { id }, data: { active: false } }));
  await opensChat('a-other');
  expect(house.platform.calls).toEqual([]);
});

it('a restart does not make anybody new', async () => {
  await bind('a-reader', READER);
  await bind('a-other', OTHER);
  await opensChat('a-reader');
  await house.bureau.restart();
  await opensChat('a-reader');
  await opensChat('a-other');
  expect(titlesFor('a-reader')).toEqual([WELCOME]);
  expect(titlesFor('a-other')).toEqual([WELCOME]);
});
