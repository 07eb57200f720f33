import { describe, expect, test } from 'vitest';
import { weeklyCard } from '../../jobs/weekly-card.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies, freshRecord } from '../fresh-record.ts';
import { lastFromBot, openBureau } from '../harness.ts';
import { assignment } from '../ledger/rectification/at-closing.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';
import { sendEvidence } from '../send-evidence.ts';
import { applyForClosing, asCard, assign, cardFor, headings, receivers, saidBy, say } from './at-work.ts';

/** A Monday morning, before the card's time. */
const BEGAN = new Date('2026-11-23T01:00:00Z');

async function putToWork(record: SampleRecord, at: Date): Promise<SampleRecord> {
  const given = { dueOn: '2027-01-31', at };
  await assign(record.store, 'Z1-1-1', { ...given, responsible: ['方远山'] });
  await assign(record.store, 'Z1-1-2', { ...given, responsible: ['方远山', '许星阑'] });
  await assign(record.store, 'Z1-2-1', { ...given, responsible: ['林砚秋'] });
  return record;
}

const beginAt = async (at: Date): Promise<Store> => (await putToWork(await freshRecord(at), at)).store;

describe('in an ordinary week', () => {
  let store: Store;

  freshCopies(
    async () => putToWork(await openSampleRecord(BEGAN), BEGAN),
    (copy) => {
      store = copy.store;
    },
  );

  test('on Monday at 09:30 everybody who has items at work gets one card with all of them, and nobody else', async () => {
    const messages = await saidBy(store, weeklyCard, '2026-11-23T01:30:00Z');
    expect(receivers(messages)).toEqual(['方远山', '林砚秋', '许星阑']);
    const card = cardFor(messages, '方远山');
    expect(card.title).toBe('本周督查（2 项）');
    expect(headings(card).slice(1)).toEqual([
      expect.stringMatching(/^Z1-1-1 /),
      expect.stringMatching(/^Z1-1-2 /),
    ]);
    expect(headings(cardFor(messages, '许星阑'))).toHaveLength(2);
  });

  test('before 09:30 nothing is said', async () => {
    expect(await saidBy(store, weeklyCard, '2026-11-23T01:29:59Z')).toEqual([]);
  });

  test('a second tick adds none, neither at once nor on the week’s other days', async () => {
    expect(await saidBy(store, weeklyCard, '2026-11-23T01:30:00Z')).toHaveLength(3);
    for (const day of ['23', '24', '25', '26', '27', '28', '29']) {
      expect(await saidBy(store, weeklyCard, `2026-11-${day}T01:30:00Z`)).toEqual([]);
    }
    expect(await saidBy(store, weeklyCard, '2026-11-30T01:30:00Z')).toHaveLength(3);
  });

  test('who gets his first item after the card’s time is not asked before the next week', async () => {
    await saidBy(store, weeklyCard, '2026-11-23T01:30:00Z');
    const at = new Date('2026-11-24T02:00:00Z');
    await assign(store, 'Z1-2-2', { responsible: ['韩予安'], dueOn: '2027-01-31', at });
    expect(await saidBy(store, weeklyCard, '2026-11-25T01:30:00Z')).toEqual([]);
    expect(receivers(await saidBy(store, weeklyCard, '2026-11-30T01:30:00Z'))).toContain('韩予安');
  });

  test('whose item waits for review or is closed gets no card', async () => {
    await applyForClosing(store, '林砚秋', 'Z1-2-1', BEGAN);
    const messages = await saidBy(store, weeklyCard, '2026-11-23T01:30:00Z');
    expect(receivers(messages)).toEqual(['方远山', '许星阑']);
  });

  test('when the service was down on Monday it is said once it is up again, up to the week’s last workday', async () => {
    expect(await saidBy(store, weeklyCard, '2026-11-27T08:00:00Z')).toHaveLength(3);
  });

  test('what could only leave after the weekend is not said: it would be last week’s card', async () => {
    expect(await saidBy(store, weeklyCard, '2026-11-27T13:00:00Z')).toEqual([]);
  });

  test('a week that was missed as a whole is not said afterwards', async () => {
    expect(await saidBy(store, weeklyCard, '2026-11-28T02:00:00Z')).toEqual([]);
    expect(await saidBy(store, weeklyCard, '2026-11-29T02:00:00Z')).toEqual([]);
    const messages = await saidBy(store, weeklyCard, '2026-12-14T01:30:00Z');
    expect(receivers(messages)).toEqual(['方远山', '林砚秋', '许星阑']);
  });

  test('an item that was answered already this week stands there as answered', async () => {
    await say(store, '方远山', ['进展', 'Z1-1-1'], BEGAN, { text: '初稿已成' });
    const card = cardFor(await saidBy(store, weeklyCard, '2026-11-23T01:30:00Z'), '方远山');
    expect(card.sections[1]?.lines).toEqual(['时限 2027-01-31', '✓ 本周已回复：已报进展，初稿已成']);
    expect(card.sections[1]?.actions).toBeUndefined();
    expect(card.sections[2]?.actions?.map(({ label }) => label)).toContain('按计划');
  });

  test('申请延期 is offered only where it can be asked for', async () => {
    const lasting = await assignment(store, { category: 'lasting', dueOn: '2026-12-01' });
    await say(store, '程一禾', ['指派', 'Z1-1-1'], BEGAN, lasting);
    const assigned = { responsible: ['方远山'], at: BEGAN };
    await assign(store, 'Z1-1-2', { ...assigned, dueOn: '2026-11-23' });
    await assign(store, 'Z1-2-1', { ...assigned, dueOn: '2027-01-31' });
    await say(store, '方远山', ['申请延期', 'Z1-2-1'], BEGAN, { to: '2027-02-26', reason: '示例' });
    await say(store, '孟知行', ['准予延期', 'Z1-2-1'], BEGAN);
    await assign(store, 'Z1-2-2', { ...assigned, dueOn: '2027-01-31' });
    const card = cardFor(await saidBy(store, weeklyCard, '2026-11-30T01:30:00Z'), '方远山');
    const offered = card.sections
      .slice(1)
      .map(({ heading = '', actions = [] }) => [
        heading.split(' ')[0],
        actions.some(({ label }) => label === '申请延期'),
      ]);
    expect(offered).toEqual([
      ['Z1-1-1', false],
      ['Z1-1-2', false],
      ['Z1-2-1', false],
      ['Z1-2-2', true],
    ]);
  });
});

test('of an item over its date the card asks what was done or why it cannot be, not whether it goes by its plan', async () => {
  const store = await beginAt(BEGAN);
  await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-11-27', at: BEGAN });
  const offered = async (on: string) => {
    const card = cardFor(await saidBy(store, weeklyCard, `${on}T01:30:00Z`), '方远山');
    return card.sections[1]?.actions?.map(({ label }) => label);
  };
  expect(await offered('2026-11-30')).toEqual(['签收', '进展', '有困难', '申请暂难', '补充佐证']);
  const at = new Date('2026-12-01T02:00:00Z');
  await giveEvidence(store, '方远山', 'Z1-1-1', at);
  await say(store, '方远山', ['申请暂难', 'Z1-1-1'], at, { until: '2027-01-31', reason: '示例' });
  expect(await offered('2026-12-07')).toBeUndefined();
});

test('what was asked for and is not decided is answered, in whatever week, and is not what goes by its plan', async () => {
  const store = await beginAt(BEGAN);
  await say(store, '方远山', ['申请延期', 'Z1-1-1'], BEGAN, { to: '2027-02-26', reason: '示例' });
  await say(store, '许星阑', ['申请暂难', 'Z1-1-2'], BEGAN, { until: '2027-03-31', reason: '示例' });
  const card = cardFor(await saidBy(store, weeklyCard, '2026-11-30T01:30:00Z'), '方远山');
  expect(card.sections.slice(1).map(({ lines }) => lines.at(-1))).toEqual([
    '✓ 本周已回复：申请延期待审批',
    '✓ 本周已回复：申请暂难待审批',
  ]);
  expect(card.sections.slice(1).every(({ actions }) => actions === undefined)).toBe(true);
  expect(card.actions).toEqual([]);
});

describe('where the calendar is moved', () => {
  test.each([
    ['the first workday after National Day is a Thursday', '2026-10-05', '2026-10-08'],
    ['the week in which National Day begins is asked on its Monday', '2026-09-28', '2026-09-28'],
    ['a Sunday worked in exchange changes nothing for its week', '2026-09-14', '2026-09-14'],
    ['the week after Spring Festival begins on Tuesday', '2026-02-23', '2026-02-24'],
    ['a Saturday worked in exchange is not waited for', '2026-02-09', '2026-02-09'],
  ])('%s', async (_, monday, expected) => {
    const friday = new Date(Date.parse(`${monday}T02:00:00Z`) - 3 * 86_400_000);
    const store = await beginAt(friday);
    const said = [];
    for (let day = 0; day < 7; day += 1) {
      const at = new Date(Date.parse(`${monday}T01:30:00Z`) + day * 86_400_000).toISOString();
      if ((await saidBy(store, weeklyCard, at)).length > 0) said.push(at.slice(0, 10));
    }
    expect(said).toEqual([expected]);
  });

  test('a week that is all holiday has no card', async () => {
    const store = await beginAt(new Date('2026-02-13T02:00:00Z'));
    for (let day = 16; day <= 22; day += 1) {
      expect(await saidBy(store, weeklyCard, `2026-02-${day}T01:30:00Z`)).toEqual([]);
    }
  });
});

describe('the card in the chat', () => {
  test('its buttons answer, and the card shows the answers', async () => {
    const bureau = await openBureau();
    await bureau.say('程一禾', '指派 1 责任领导 孟知行 责任人 方远山 时限 2027-01-31');
    await bureau.say('方远山', '签收 1');
    await sendEvidence(bureau, '方远山', '1-2');
    await bureau.moveClock('2026-11-23T01:30:00Z');
    const { messageId, content } = lastFromBot(await bureau.read('方远山'));
    const actions = asCard(content).sections[1]?.actions ?? [];
    expect(actions.map(({ label }) => label)).toEqual(['按计划', '有困难', '申请延期', '补充佐证']);

    const planned = await bureau.act('方远山', messageId, actions[0]?.action ?? '');
    expect(planned.toast).toBe('已回复「按计划」 Z1-1-1');
    expect(asCard(planned.card ?? content).sections[1]?.lines).toContain('✓ 本周已回复：按计划');

    const second = asCard(content).sections[2]?.actions ?? [];
    const forms: string[][] = [];
    for (const { action } of second.slice(1)) {
      await bureau.act('方远山', messageId, action);
      const form = lastFromBot(await bureau.read('方远山')).content;
      forms.push(form.kind === 'form' ? [form.title, ...form.fields.map(({ label }) => label)] : [form.kind]);
    }
    expect(forms).toEqual([
      ['有困难 Z1-1-2', '困难和需要的支持'],
      ['申请延期 Z1-1-2', '延期至', '理由'],
      ['申请销号 Z1-1-2', '完成情况', '佐证说明'],
    ]);

    await bureau.say('方远山', '有困难 1-2 需要财政部门配合');
    const shown = asCard(lastFromBot(await bureau.say('方远山', '本周督查')).content);
    expect(shown.sections[2]?.lines).toContain('✓ 本周已回复：有困难，需要财政部门配合');
    await bureau.close();
  });
});
