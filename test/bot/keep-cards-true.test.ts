import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActionAnswer, SendFailure, type ShownMessage } from '../../bot/platform.ts';
import { actionsOf, type HeldCardRow } from '../../ledger/held-card.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Content } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import { enqueue } from '../../ledger/outbox.ts';
import { assigned } from '../../ledger/rectification/wording.ts';
import { recuseAnew } from '../../ledger/recuse-anew.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, button, type ChatMessage, lastFromBot, openBureau, readable } from '../harness.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed, takeStep } from '../sample-record.ts';
import { inbound, STAND_IN, StandInPlatform } from './stand-in-platform.ts';

const SUPERVISOR = '程一禾';
const OTHER_SUPERVISOR = '叶知秋';
const LEADER = '孟知行';
const RESPONSIBLE = '林砚秋';
const OFFICER = '唐文澜';
const OTHER_OFFICER = '姜明澈';
const REPORTER = '许星阑';
/** A Tuesday in working hours: until Friday no job has anything to say. */
const TUESDAY = '2026-11-24T02:00:00.000Z';
/** What stands where somebody may not look any more, whatever stood there. */
const GONE = '这条消息已失效';
const MEASURES = '1-1 1-2 1-3 2-1 2-2 2-3 3-1 3-2 4-1 4-2 4-3 5-1 5-2 6-1 6-2 6-3'.split(' ');

let bureau: Bureau;
let platform: StandInPlatform;
/** A second way into the same database, as another process would have it. */
let other: Store;
let time: number;
let spoken = 0;
let unused: string[];

async function open(): Promise<void> {
  time = Date.parse(TUESDAY);
  unused = [...MEASURES];
  platform = new StandInPlatform();
  bureau = await openBureau({ world: { now: () => new Date(time), platforms: [platform.setting] } });
  await bureau.service.idle();
  other = await openStore(bureau.environment, ledgers);
}

async function close(): Promise<void> {
  await bureau.service.stop();
  await other.database.close();
  await bureau.close();
}

/** What follows from what was done last is done too: the second time is for what the first put in line. */
async function settle(): Promise<void> {
  await bureau.service.idle();
  await bureau.service.idle();
}

async function passSeconds(seconds: number): Promise<void> {
  time += seconds * 1000;
  await settle();
}

/** A message that stands in somebody's chat. */
interface Standing {
  id: string;
  content: Content;
}

const standing = (name: string): Standing[] =>
  platform.shown.filter(({ address }) => address.externalId === bureau.idOf(name));

function latest(name: string): Standing {
  const found = standing(name).at(-1);
  if (!found) throw new Error(`${name} got nothing`);
  return found;
}

const contentOf = ({ id }: Standing): Content => {
  const found = platform.shown.find((message) => message.id === id);
  if (!found) throw new Error(`No message ${id}`);
  return found.content;
};
const words = (message: Standing) => readable(contentOf(message));
const labels = (message: Standing) => actionsOf(contentOf(message)).map(({ label }) => label);
const updatesOf = ({ id }: Standing) => platform.updates.filter(({ messageId }) => messageId === id);
const heldCard = ({ id }: Standing): Promise<HeldCardRow | null> =>
  other.database.rows.heldCard.findFirst({ where: { messageId: id }, include: { entries: true } });

/** Says it on the stand-in. @returns the answer */
async function says(name: string, text: string): Promise<Standing> {
  spoken += 1;
  const key = `said-${spoken}`;
  await platform.receiver.message(inbound({ key, account: bureau.idOf(name), text, at: new Date(time) }));
  await settle();
  return latest(name);
}

async function presses(name: string, { id }: Standing, line: string): Promise<ActionAnswer> {
  spoken += 1;
  const key = `pressed-${spoken}`;
  const press = { kind: 'action', key, account: bureau.idOf(name), text: line, messageId: id } as const;
  const answer = await platform.receiver.action(inbound({ ...press, at: new Date(time) }));
  await settle();
  return answer;
}

/** Somebody takes a step, not by any card. */
async function step(name: string, word: string, ref: string, values: Record<string, unknown> = {}) {
  time += 1000;
  const person = await personNamed(other, name);
  await takeStep(other, { person, word, ref, at: new Date(time), values });
}

async function moves(...given: Parameters<typeof step>): Promise<void> {
  await step(...given);
  await settle();
}

function takeUnused(): string {
  const measure = unused.shift();
  if (!measure) throw new Error('All measures of the sample are used');
  return measure;
}

/** A measure that 林砚秋 has to sign for. @returns its ref and what 林砚秋 and 孟知行 got about it */
async function assignedItem() {
  const measure = takeUnused();
  await says(SUPERVISOR, `指派 ${measure} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
  return { ref: `Z1-${measure}`, notice: latest(RESPONSIBLE), toLeader: latest(LEADER) };
}

/** Somebody's own notice, with a button that is open until the work is given out anew. */
async function appliedItem() {
  const { ref } = await assignedItem();
  await moves(RESPONSIBLE, '签收', ref);
  await moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成', evidence: '示例' });
  return { ref, notice: latest(LEADER) };
}

/** Changes an item's date and nothing else: who has to do what stays. */
async function givesNewDate(ref: string, dueOn: string): Promise<void> {
  const [leader, responsible] = [await personNamed(other, LEADER), await personNamed(other, RESPONSIBLE)];
  await moves(SUPERVISOR, '指派', ref, { leader: leader.id, responsible: [responsible.id], dueOn });
}

async function filed(values: Record<string, unknown> = {}) {
  time += 1000;
  const reporter = await personNamed(other, REPORTER);
  const ref = await fileReport(other, reporter, new Date(time), values);
  await settle();
  return { ref, notice: latest(OFFICER) };
}

/** A promise that the test keeps. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

beforeAll(open);
afterAll(() => close());

beforeEach(() => {
  time += 1000;
  platform.updates.length = 0;
});

afterEach(() => {
  platform.onUpdate = async () => 'updated';
  platform.onSend = async () => {};
});

describe('a view that somebody holds', () => {
  it('is shown anew in its place when somebody else moves the entry', async () => {
    const { ref } = await filed();
    const view = await says(OFFICER, `查看 ${ref}`);
    expect(labels(view)).toEqual(['受理']);
    const sent = platform.calls.length;
    await moves(OTHER_OFFICER, '受理', ref);
    expect(words(view)).toContain(`${ref} · 已受理`);
    expect(words(view)).toContain(`${OTHER_OFFICER} 受理`);
    expect(labels(view)).toEqual(['开始甄别', '甄别']);
    expect(updatesOf(view)).toMatchObject([
      { address: { platform: STAND_IN, externalId: bureau.idOf(OFFICER), isGroup: false } },
    ]);
    const told = platform.calls.slice(sent).map(({ address }) => address.externalId);
    expect(told).toEqual([bureau.idOf(REPORTER)]);
  });

  it('is shown to each with his own eyes', async () => {
    const { ref } = await assignedItem();
    const his = await says(RESPONSIBLE, `查看 ${ref}`);
    const hers = await says(SUPERVISOR, `查看 ${ref}`);
    await moves(RESPONSIBLE, '签收', ref);
    expect(labels(his)).toContain('申请销号');
    expect(labels(hers)).toEqual(['指派']);
    for (const view of [his, hers]) expect(words(view)).toContain(`${ref} · 已签收`);
  });

  it('that is a list is kept true in its latest copy only', async () => {
    const { ref } = await assignedItem();
    const first = await says(RESPONSIBLE, '我的整改');
    const second = await says(RESPONSIBLE, '我的整改');
    const filtered = await says(RESPONSIBLE, '台账 已交办');
    expect(second.id).not.toBe(first.id);
    await moves(RESPONSIBLE, '签收', ref);
    expect(updatesOf(first)).toEqual([]);
    expect(await heldCard(first)).toBeNull();
    expect(words(second)).toMatch(new RegExp(`${ref} .*\n已签收`));
    expect(words(filtered)).not.toContain(ref);
  });

  it('of one entry is kept true in every copy', async () => {
    const { ref } = await assignedItem();
    const copies = [await says(RESPONSIBLE, `查看 ${ref}`), await says(RESPONSIBLE, `查看 ${ref}`)];
    await moves(RESPONSIBLE, '签收', ref);
    for (const copy of copies) expect(words(copy)).toContain('已签收');
  });
});

describe('a notice that somebody holds', () => {
  it('keeps its words, loses the buttons that would do nothing, and gains the latest state', async () => {
    const { ref, notice } = await assignedItem();
    const before = words(notice);
    expect(labels(notice)).toEqual(['签收', '查看']);
    await moves(RESPONSIBLE, '签收', ref);
    expect(words(notice)).toBe(`${before}\n最新状态：${ref}「已签收」`);
    expect(labels(notice)).toEqual(['查看']);
    await moves(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    expect(words(notice)).toBe(`${before}\n最新状态：${ref}「整改中」`);
  });

  it('has buttons that work on what is so now', async () => {
    const { ref, notice } = await appliedItem();
    await givesNewDate(ref, '2027-01-20');
    expect(labels(notice)).toEqual(['审核通过', '退回', '查看']);
    const answer = await presses(LEADER, notice, button(contentOf(notice), '审核通过'));
    expect(answer).toMatchObject({ toast: `审核已通过 ${ref}` });
  });

  it('opens nothing that its holder did not open', async () => {
    const { ref, notice } = await filed();
    await moves(OTHER_OFFICER, '受理', ref);
    expect(words(notice)).toBe(`有新的说情打招呼记录\n${ref} 已提交，请受理。\n最新状态：${ref}「已受理」`);
  });

  it('about several entries keeps the buttons of those that are still open', async () => {
    const measures = [takeUnused(), takeUnused(), takeUnused()];
    const [first, second, third] = measures.map((measure) => `Z1-${measure}`);
    const whole = `指派 ${measures.join(',')} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`;
    await says(SUPERVISOR, whole);
    const notice = latest(RESPONSIBLE);
    expect(labels(notice)).toEqual(['签收', '查看', '签收', '查看', '签收', '查看', '全部签收']);
    await moves(RESPONSIBLE, '签收', first ?? '');
    expect(labels(notice)).toEqual(['查看', '签收', '查看', '签收', '查看', '全部签收']);
    expect(words(notice).match(/最新状态.*/g)).toEqual([`最新状态：${first}「已签收」`]);
    const answer = await presses(RESPONSIBLE, notice, button(contentOf(notice), '全部签收'));
    expect(answer.toast).toBe(`已签收 ${second}、${third}`);
    expect(answer.card && readable(answer.card).match(/^已签收$/gm)).toHaveLength(3);
  });

  it('that would read the same is not called for', async () => {
    const { ref, toLeader } = await assignedItem();
    await moves(RESPONSIBLE, '签收', ref);
    expect(updatesOf(toLeader)).toHaveLength(1);
    await moves(RESPONSIBLE, '按计划', ref);
    expect(await heldCard(toLeader)).toMatchObject({ staleAt: null, changes: 2 });
    expect(updatesOf(toLeader)).toHaveLength(1);
  });

  it('about an entry that did not change is left alone', async () => {
    const { notice } = await assignedItem();
    const { ref } = await assignedItem();
    await moves(RESPONSIBLE, '签收', ref);
    expect(updatesOf(notice)).toEqual([]);
  });

  it('that waited while its entry changed is brought up to date after it is sent', async () => {
    const { ref } = await assignedItem();
    const entry = await other.database.rows.entry.findUniqueOrThrow({
      where: { ref },
      include: { people: true },
    });
    const notBefore = new Date(time + 3600_000);
    await other.database.write((rows) =>
      enqueue(other, rows, new Date(time), {
        key: `waits:${ref}`,
        personId: bureau.idOf(RESPONSIBLE),
        content: assigned(entry, '2026-12-31'),
        notBefore,
      }),
    );
    await moves(RESPONSIBLE, '签收', ref);
    const before = platform.calls.length;
    await passSeconds(3600);
    expect(platform.calls.slice(before)).toHaveLength(1);
    const notice = latest(RESPONSIBLE);
    expect(updatesOf(notice)).toHaveLength(1);
    expect(labels(notice)).toEqual(['查看']);
    expect(words(notice)).toContain(`最新状态：${ref}「已签收」`);
  });
});

describe('who may not look any more', () => {
  const returnsIt = (ref: string) =>
    moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });

  it('because he was named by what was added sees that the message is void, where it stood', async () => {
    const { ref, notice } = await filed();
    const view = await says(OFFICER, `查看 ${ref}`);
    const list = await says(OFFICER, '台账 说情打招呼记录');
    await moves(OTHER_OFFICER, '受理', ref);
    await returnsIt(ref);
    const sent = platform.calls.length;
    await moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    for (const card of [view, notice]) {
      expect(words(card)).toBe(GONE);
      expect(labels(card)).toEqual([]);
    }
    expect(JSON.stringify(contentOf(list))).not.toContain(ref);
    const told = platform.calls.slice(sent).map(({ address }) => address.externalId);
    expect(told).toEqual([bureau.idOf(OTHER_OFFICER)]);
    await moves(OTHER_OFFICER, '受理', ref);
    expect(words(notice)).toBe(GONE);
  });

  it('because he turns out to be concerned sees the same', async () => {
    const { ref, notice } = await filed({ intercessorPost: '示例审查处处长' });
    const id = bureau.idOf(OFFICER);
    const { post } = await personNamed(other, OFFICER);
    const becomes = (now: string) =>
      other.database.write((rows) => rows.person.update({ where: { id }, data: { post: now } }));
    await becomes('示例审查处处长');
    time += 1000;
    await operate(other, { actor: 'command:import-roster', at: new Date(time) }, recuseAnew);
    await becomes(post);
    await settle();
    expect(words(notice)).toBe(GONE);
    expect(JSON.stringify(contentOf(notice))).not.toContain(ref);
  });

  it('because he has left keeps nothing that is kept true', async () => {
    const { ref, notice } = await assignedItem();
    const id = bureau.idOf(RESPONSIBLE);
    const isActive = (active: boolean) =>
      other.database.write((rows) => rows.person.update({ where: { id }, data: { active } }));
    await isActive(false);
    await moves(SUPERVISOR, '指派', ref, {
      leader: bureau.idOf(LEADER),
      responsible: [bureau.idOf('方远山')],
      dueOn: '2027-01-15',
    });
    await isActive(true);
    expect(updatesOf(notice)).toEqual([]);
    expect(await heldCard(notice)).toBeNull();
  });
});

describe('a press', () => {
  it('of somebody who does not hold the card is answered with a sentence and never with the card', async () => {
    const { ref } = await appliedItem();
    await moves(LEADER, '审核通过', ref);
    const view = await says(SUPERVISOR, `查看 ${ref}`);
    const approve = button(contentOf(view), '复核通过');
    const refused = await presses(REPORTER, view, approve);
    expect(refused.refused).toBe(true);
    expect(refused.card).toBeUndefined();
    expect(JSON.stringify(refused)).not.toContain('待督查复核');
    expect(updatesOf(view)).toEqual([]);
    const done = await presses(OTHER_SUPERVISOR, view, approve);
    expect(done).toEqual({ toast: `复核通过，已销号 ${ref}` });
    expect(updatesOf(view)).toMatchObject([{ address: { externalId: bureau.idOf(SUPERVISOR) } }]);
    expect(words(view)).toContain(`${ref} · 已销号`);
    expect((await heldCard(view))?.personId).toBe(bureau.idOf(SUPERVISOR));
  });

  it('of its holder is answered with the card as things stand', async () => {
    const { ref } = await assignedItem();
    const view = await says(RESPONSIBLE, `查看 ${ref}`);
    const { toast, card } = await presses(RESPONSIBLE, view, button(contentOf(view), '签收'));
    expect(toast).toBe(`已签收 ${ref}`);
    expect(card && readable(card)).toContain(`${ref} · 已签收`);
  });
});

describe('a platform that', () => {
  // There are not enough measures in one bureau.
  beforeAll(async () => {
    await close();
    await open();
  });

  it('says that the message is gone is not asked again', async () => {
    const { ref, notice } = await assignedItem();
    platform.onUpdate = async () => 'gone';
    const before = standing(RESPONSIBLE).length;
    await moves(RESPONSIBLE, '签收', ref);
    await moves(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    expect(updatesOf(notice)).toHaveLength(1);
    expect(await heldCard(notice)).toBeNull();
    expect(standing(RESPONSIBLE)).toHaveLength(before);
  });

  it('refuses for good is not asked again', async () => {
    const { ref, notice } = await assignedItem();
    platform.onUpdate = async () => {
      throw new SendFailure('the card is broken', true);
    };
    await moves(RESPONSIBLE, '签收', ref);
    await passSeconds(3600);
    expect(updatesOf(notice)).toHaveLength(1);
    expect(await heldCard(notice)).toBeNull();
  });

  it('takes nothing for a while is asked again when it said', async () => {
    const { ref, notice } = await assignedItem();
    platform.onUpdate = async () => {
      throw new SendFailure('too many', false, 90_000);
    };
    await moves(RESPONSIBLE, '签收', ref);
    platform.onUpdate = async () => 'updated';
    await passSeconds(89);
    expect(updatesOf(notice)).toHaveLength(1);
    await passSeconds(1);
    expect(words(notice)).toContain('最新状态');
  });

  it('fails is asked again with pauses that grow, and no more after the eighth time', async () => {
    const { ref, notice } = await assignedItem();
    const askedAt: number[] = [];
    const from = time + 1000;
    platform.onUpdate = async ({ messageId }: ShownMessage) => {
      if (messageId === notice.id) askedAt.push((time - from) / 1000);
      throw new Error('no route');
    };
    await moves(RESPONSIBLE, '签收', ref);
    for (const at of [0.9, 1, 3.7, 3.8, 11, 12, 32, 33, 87, 88, 236, 237, 640, 641, 1735, 1740, 5000]) {
      time = from + at * 1000;
      await settle();
    }
    expect(askedAt).toEqual([0, 1, 3.8, 12, 33, 88, 237, 641]);
    expect(await heldCard(notice)).toBeNull();
  });

  it('failed is asked at once when the entry changes again', async () => {
    const { ref, notice } = await assignedItem();
    platform.onUpdate = async () => {
      throw new Error('no route');
    };
    await moves(RESPONSIBLE, '签收', ref);
    await passSeconds(1);
    platform.onUpdate = async () => 'updated';
    await step(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    time -= 1000;
    await settle();
    expect(words(notice)).toContain('最新状态');
    expect(await heldCard(notice)).toMatchObject({ attempts: 0, staleAt: null });
  });

  it('shows one change while the next is made ends up with the latest state', async () => {
    const { ref, notice } = await assignedItem();
    const [asked, answered] = [gate(), gate()];
    platform.onUpdate = async ({ messageId }: ShownMessage) => {
      if (messageId === notice.id) asked.open();
      await answered.opened;
      return 'updated';
    };
    await step(RESPONSIBLE, '签收', ref);
    const settled = settle();
    await asked.opened;
    await step(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    await step(RESPONSIBLE, '申请销号', ref, { summary: '已完成', evidence: '示例' });
    answered.open();
    await settled;
    const shown = updatesOf(notice).map(({ content }) => /最新状态.*/.exec(readable(content))?.[0]);
    expect(shown).toEqual([`最新状态：${ref}「已签收」`, `最新状态：${ref}「待责任领导审核」`]);
    expect(await heldCard(notice)).toMatchObject({ staleAt: null });
  });
});

describe('in the local chat', () => {
  let local: Bureau;
  beforeAll(async () => {
    local = await openBureau({ world: { now: () => new Date(time) } });
  });
  afterAll(() => local.close());

  const changedSince = async (name: string, after: number, changedAfter?: Date) => {
    const anew = changedAfter ? `&changedAfter=${changedAfter.toISOString()}` : '';
    const path = `/chat/api/messages?person=${local.idOf(name)}&after=${after}${anew}`;
    return (await local.get(path)) as (ChatMessage & { changedAt?: string })[];
  };

  it('a card that was shown anew keeps its place, and only who asks for changes is given it', async () => {
    await local.say(SUPERVISOR, `指派 1-1 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
    const toLeader = lastFromBot(await local.read(LEADER));
    expect(readable(toLeader.content)).toContain('由您任责任领导');
    const before = new Date(time);
    time += 1000;
    await local.say(RESPONSIBLE, '签收 1-1');
    await local.service.idle();
    expect(await changedSince(LEADER, toLeader.seq)).toEqual([]);
    expect(await changedSince(LEADER, toLeader.seq, before)).toMatchObject([
      { seq: toLeader.seq, messageId: toLeader.messageId, changedAt: new Date(time).toISOString() },
    ]);
    const [changed] = await changedSince(LEADER, toLeader.seq, before);
    expect(changed && readable(changed.content)).toContain('最新状态：Z1-1-1「已签收」');
    expect(await changedSince(LEADER, toLeader.seq, new Date(time))).toEqual([]);
  });
});

// Last in the file: the clock goes on over night, for a bureau of its own.
describe('what the platform changes no more', () => {
  beforeAll(async () => {
    await close();
    await open();
  });

  it('is sent anew, once, where it still asks for something, and the new message is kept true', async () => {
    const { ref, notice } = await appliedItem();
    platform.onUpdate = async ({ messageId }: ShownMessage) =>
      messageId === notice.id ? 'too-old' : 'updated';
    const before = standing(LEADER).length;
    await givesNewDate(ref, '2027-01-20');
    await passSeconds(60);
    const [anew, ...more] = standing(LEADER).slice(before);
    expect(more).toEqual([]);
    expect(anew && labels(anew)).toEqual(['审核通过', '退回', '查看']);
    expect(words(notice)).not.toContain('最新状态');
    expect(await heldCard(notice)).toBeNull();
    await moves(LEADER, '审核通过', ref);
    expect(updatesOf(notice)).toHaveLength(1);
    expect(anew && labels(anew)).toEqual(['查看']);
    expect(standing(LEADER)).toHaveLength(before + 1);
  });

  it('is not sent anew where it asks for nothing', async () => {
    const { ref, notice } = await assignedItem();
    platform.onUpdate = async () => 'too-old';
    const before = standing(RESPONSIBLE).length;
    await moves(RESPONSIBLE, '签收', ref);
    await passSeconds(60);
    expect(updatesOf(notice)).toHaveLength(1);
    expect(await heldCard(notice)).toBeNull();
    expect(standing(RESPONSIBLE)).toHaveLength(before);
  });

  it('is sent anew in working hours only', async () => {
    const { ref, notice } = await appliedItem();
    platform.onUpdate = async ({ messageId }: ShownMessage) =>
      messageId === notice.id ? 'too-old' : 'updated';
    const before = standing(LEADER).length;
    time = Date.parse('2026-11-24T21:00:00+08:00');
    await givesNewDate(ref, '2027-01-20');
    expect(updatesOf(notice)).toHaveLength(1);
    time = Date.parse('2026-11-25T07:59:59+08:00');
    await settle();
    expect(standing(LEADER)).toHaveLength(before);
    await passSeconds(1);
    expect(standing(LEADER)).toHaveLength(before + 1);
    expect(labels(latest(LEADER))).toContain('审核通过');
  });
});

it('keeps a view without buttons true too', async () => {
  const { ref } = await appliedItem();
  const view = await says(RESPONSIBLE, `查看 ${ref}`);
  expect(labels(view)).toEqual([]);
  await moves(LEADER, '审核通过', ref);
  expect(words(view)).toContain('待督查复核');
});

it('makes a view without buttons void for who is recused later', async () => {
  const { ref } = await filed();
  await moves(OTHER_OFFICER, '受理', ref);
  await moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });
  const view = await says(OFFICER, `查看 ${ref}`);
  await moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
  expect(words(view)).toBe(GONE);
});

it('does not count a platform that takes nothing now as an attempt', async () => {
  const { ref, notice } = await assignedItem();
  platform.onUpdate = async () => {
    throw new SendFailure('too many', false, 60_000);
  };
  await moves(RESPONSIBLE, '签收', ref);
  for (let wave = 0; wave < 10; wave++) await passSeconds(61);
  platform.onUpdate = async () => 'updated';
  await passSeconds(61);
  expect(words(notice)).toContain('最新状态');
});
