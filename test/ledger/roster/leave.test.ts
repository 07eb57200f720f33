import { describe, expect, test } from 'vitest';
import { entriesFor } from '../../../ledger/entry.ts';
import { operate } from '../../../ledger/operation.ts';
import type { DirectorySnapshot } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { asCard, assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeMessages, takeStep, type Waiting } from '../../sample-record.ts';
import { giveEvidence } from '../rectification/give-evidence.ts';
import { AT, accountOf, openBound, snapshotOf, sync, withoutPeople } from './bureau-snapshot.ts';

const DUE = '2027-01-31';

let store: Store;
let whole: DirectorySnapshot;

verifiedCopies(openBound, async (copy) => {
  store = copy.store;
  whole = await snapshotOf(store);
});

const give = (ref: string, ...responsible: string[]) =>
  assign(store, ref, { responsible, dueOn: DUE, at: AT });
const leave = (...names: string[]) => sync(store, withoutPeople(whole, ...names));
const item = async (ref: string) => {
  const entry = await store.database.rows.entry.findUniqueOrThrow({
    where: { ref },
    include: { people: { include: { person: true }, orderBy: { personId: 'asc' } }, department: true },
  });
  const taking = (part: string) =>
    entry.people.filter((each) => each.part === part).map(({ person }) => person.name);
  return { entry, responsible: taking('responsible'), leader: taking('leader') };
};
const titlesTo = (messages: readonly Waiting[], name: string) =>
  messages.filter(({ to }) => to === name).map(({ content }) => asCard(content).title);
const apply = async (name: string, ref: string) => {
  await say(store, name, ['签收', ref], AT);
  await giveEvidence(store, name, ref, AT);
  await say(store, name, ['申请销号', ref], AT, { summary: '示例', evidence: '示例' });
};

describe('the open items of somebody who leaves', () => {
  test('go to his 科室负责人, who is told of all of them at once; the 责任领导 is told too', async () => {
    await give('Z1-1-1', '林砚秋');
    await give('Z1-2-1', '林砚秋');
    await say(store, '林砚秋', ['签收', 'Z1-2-1'], AT);
    await say(store, '林砚秋', ['按计划', 'Z1-2-1'], AT);
    const result = await leave('林砚秋');
    expect(result).toMatchObject({ left: ['林砚秋'], passedOn: ['Z1-1-1', 'Z1-2-1'], orphaned: [] });
    for (const ref of result.passedOn) {
      const { entry, responsible } = await item(ref);
      expect(responsible).toEqual(['方远山']);
      expect(entry).toMatchObject({ state: 'assigned', dueOn: DUE, department: { name: '高新技术科' } });
      expect(entry.data).not.toHaveProperty('weekly');
    }
    const messages = await takeMessages(store);
    expect(messages.map(({ to }) => to).sort()).toEqual(['孟知行', '方远山'].sort());
    const card = asCard((messages.find(({ to }) => to === '方远山') as Waiting).content);
    expect(card.sections.map(({ heading }) => heading?.split(' ')[0])).toEqual(['Z1-1-1', 'Z1-2-1']);
    expect(card.sections.flatMap(({ actions = [] }) => actions.map(({ label }) => label))).toEqual([
      ...['签收', '查看'],
      ...['签收', '查看'],
    ]);
    await say(store, '方远山', ['签收', 'Z1-1-1'], AT);
  });

  test('show the 交接 in their history, and what he did before', async () => {
    await give('Z1-1-1', '林砚秋');
    await say(store, '林砚秋', ['签收', 'Z1-1-1'], AT);
    await leave('林砚秋');
    const entries = entriesFor(store, store.database.rows, await personNamed(store, '程一禾'));
    const history = await entries.history(await entries.get('Z1-1-1'));
    expect(history.map(({ action }) => action)).toEqual(
      ['file', 'assign', 'sign', 'pass-on'].map((name) => `rectification.${name}`),
    );
    expect(history.at(-1)).toMatchObject({
      actor: 'sync:lark',
      values: { text: '林砚秋 已离开，由 方远山 接手' },
    });
  });

  test('wait for the end of quiet hours to be told of', async () => {
    await give('Z1-1-1', '林砚秋');
    await sync(store, withoutPeople(whole, '林砚秋'), new Date('2026-11-27T15:00:00Z'));
    const messages = await takeMessages(store);
    expect(messages).toHaveLength(2);
    for (const { notBefore } of messages) expect(notBefore.toISOString()).toBe('2026-11-30T00:00:00.000Z');
  });

  test('stay as far as they are with somebody else too', async () => {
    await give('Z1-1-1', '林砚秋', '许星阑');
    await say(store, '许星阑', ['签收', 'Z1-1-1'], AT);
    await leave('林砚秋');
    const { entry, responsible } = await item('Z1-1-1');
    expect(responsible.sort()).toEqual(['方远山', '许星阑'].sort());
    expect(entry.state).toBe('signed');
  });

  test('that are closed stay his', async () => {
    await give('Z1-1-1', '林砚秋');
    await apply('林砚秋', 'Z1-1-1');
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], AT);
    await say(store, '程一禾', ['复核通过', 'Z1-1-1'], AT);
    expect(await leave('林砚秋')).toMatchObject({ passedOn: [], orphaned: [] });
    expect((await item('Z1-1-1')).responsible).toEqual(['林砚秋']);
  });

  test('that wait to be reviewed go on where they are, and come back to the head', async () => {
    await give('Z1-1-1', '林砚秋');
    await apply('林砚秋', 'Z1-1-1');
    await leave('林砚秋');
    expect((await item('Z1-1-1')).entry.state).toBe('applied');
    await takeMessages(store);
    const person = await personNamed(store, '孟知行');
    await takeStep(store, { person, word: '退回', ref: 'Z1-1-1', at: AT, values: { reason: '示例' } });
    expect(titlesTo(await takeMessages(store), '方远山')).toEqual(['整改事项被退回补正']);
    await say(store, '方远山', ['申请销号', 'Z1-1-1'], AT, { summary: '示例', evidence: '示例' });
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], AT);
    await say(store, '程一禾', ['复核通过', 'Z1-1-1'], AT);
  });
});

describe('an item that no head can take stays, and the 督查员 is asked to assign it', () => {
  const staysWith = async (name: string) => {
    const { entry, responsible } = await item('Z1-1-1');
    expect(responsible).toEqual([name]);
    expect(entry.version).toBe(2);
    const messages = await takeMessages(store);
    expect(messages.map(({ to }) => to).sort()).toEqual(['叶知秋', '程一禾'].sort());
    expect(titlesTo(messages, '程一禾')).toEqual(['人员离开，整改事项待重新指派']);
    await assign(store, 'Z1-1-1', { leader: '田守正', responsible: ['许星阑'], dueOn: DUE, at: AT });
  };

  test('when the head leaves with him', async () => {
    await give('Z1-1-1', '林砚秋');
    expect(await leave('林砚秋', '方远山')).toMatchObject({ passedOn: [], orphaned: ['Z1-1-1'] });
    await staysWith('林砚秋');
  });

  test('when he was the head himself', async () => {
    await give('Z1-1-1', '方远山');
    await leave('方远山');
    await staysWith('方远山');
  });

  test('when there is none', async () => {
    await give('Z1-1-1', '苏静宜');
    await leave('苏静宜');
    await staysWith('苏静宜');
  });

  test('when it is hidden from the head', async () => {
    await give('Z1-1-1', '林砚秋');
    const head = await personNamed(store, '方远山');
    const { id } = (await item('Z1-1-1')).entry;
    await operate(store, { actor: 'command:test', at: AT }, async (operation) => {
      const entry = await operation.entries.get('Z1-1-1');
      await operation.change(
        entry,
        { state: entry.state, recused: [head.id] },
        { action: 'rectification.recuse' },
      );
    });
    await leave('林砚秋');
    expect((await item('Z1-1-1')).responsible).toEqual(['林砚秋']);
    expect(await store.database.rows.recusal.count({ where: { entryId: id } })).toBe(1);
    expect((await takeMessages(store)).map(({ to }) => to).sort()).toEqual(['叶知秋', '程一禾'].sort());
  });

  test('when he is its 责任领导, who reviews what the responsible person did', async () => {
    await assign(store, 'Z1-1-1', { leader: '方远山', responsible: ['林砚秋'], dueOn: DUE, at: AT });
    await leave('林砚秋');
    expect((await item('Z1-1-1')).leader).toEqual(['方远山']);
    await staysWith('林砚秋');
  });

  test('and one whose 责任领导 leaves, who has no such heir', async () => {
    await give('Z1-1-1', '林砚秋');
    expect(await leave('孟知行')).toMatchObject({ passedOn: [], orphaned: ['Z1-1-1'] });
    await staysWith('林砚秋');
  });
});

test('a head who comes in the same sync takes over', async () => {
  await give('Z1-1-1', '林砚秋');
  const departments = whole.departments.map((each) =>
    each.name === '高新技术科' ? { ...each, headId: accountOf('许星阑') } : each,
  );
  await sync(store, { ...withoutPeople(whole, '林砚秋', '方远山'), departments });
  expect((await item('Z1-1-1')).responsible).toEqual(['许星阑']);
});

test('whoever is back in the same sync has lost no item', async () => {
  await give('Z1-1-1', '林砚秋');
  const people = withoutPeople(whole, '林砚秋').people;
  const again = { externalId: 'ou_again', staffNumber: 'S017', name: '林砚秋', hasLeft: false };
  await sync(store, { ...whole, people: [...people, again] });
  expect((await item('Z1-1-1')).responsible).toEqual(['林砚秋']);
});
