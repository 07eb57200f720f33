import { describe, expect, test } from 'vitest';
import { canBeGathered } from '../../../ledger/gathered.ts';
import { hideFrom } from '../../../ledger/hide-entry.ts';
import { operate } from '../../../ledger/operation.ts';
import { contentOf } from '../../../ledger/outbox.ts';
import type { Store } from '../../../ledger/store.ts';
import { freshCopies, freshRecord } from '../../fresh-record.ts';
import { type Given, goOut, inLine, notice, post } from './posting.ts';

/** A Monday, 10:00. */
const MONDAY = '2026-11-23T02:00:00Z';
const day = (number: number) => `2026-11-${number}T02:00:00Z`;

let store: Store;

freshCopies(new Date('2026-11-20T02:00:00Z'), (copy) => {
  store = copy.store;
});

const three: readonly Given[] = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];

/** One a day from Monday on. */
async function fillWeek(): Promise<void> {
  for (const [index, message] of three.entries()) {
    await post(store, day(23 + index), message);
    await goOut(store, day(23 + index));
  }
}

describe('of what nobody’s act has caused', () => {
  test('three messages a week go out at once, and the fourth on the next week’s first workday', async () => {
    await fillWeek();
    expect(await post(store, day(26), { key: 'd' })).toBe(1);
    expect(await inLine(store)).toMatchObject([
      { notBefore: '2026-11-23T10:00', title: '提醒a', isCarried: false },
      { notBefore: '2026-11-24T10:00', title: '提醒b' },
      { notBefore: '2026-11-25T10:00', title: '提醒c' },
      { notBefore: '2026-11-30T08:00', title: '提醒d', says: ['提醒d'], isCarried: true },
    ]);
  });

  test('whatever is carried over is one message, with each of them under its own heading and date', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd' });
    expect(await post(store, day(27), { key: 'e' }, { key: 'f' })).toBe(0);
    const carried = (await inLine(store)).slice(3);
    expect(carried).toMatchObject([{ title: '合并提醒（3 条）', says: ['提醒d', '提醒e', '提醒f'] }]);
    const row = await store.database.rows.outbox.findFirstOrThrow({ where: { key: 'd' } });
    const content = contentOf(store, row);
    expect(content).toMatchObject({ tone: 'green', actions: [] });
    expect(content.kind === 'notice' && content.sections[1]).toEqual({
      heading: '2026-11-26 提醒d',
      lines: ['提醒d的内容'],
      actions: [{ action: '我的整改', label: '我的整改' }],
    });
  });

  test('the carried message is one of the three of its week', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd' }, { key: 'e' });
    for (const [index, key] of ['f', 'g', 'h'].entries())
      await post(store, `2026-12-0${index + 1}T02:00:00Z`, { key });
    expect((await inLine(store)).map(({ notBefore }) => notBefore).slice(3)).toEqual([
      '2026-11-30T08:00',
      '2026-12-01T10:00',
      '2026-12-02T10:00',
      '2026-12-07T08:00',
    ]);
  });

  test('asked for again, nothing is said again: neither what went nor what was carried nor what is within it', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd' }, { key: 'e' });
    const before = await inLine(store);
    expect(await post(store, day(27), { key: 'a' }, { key: 'd' }, { key: 'e' })).toBe(0);
    expect(await post(store, day(27), { key: 'e' })).toBe(0);
    expect(await inLine(store)).toEqual(before);
  });

  test('what is repeated uses nothing up', async () => {
    await post(store, MONDAY, { key: 'a' });
    for (const key of ['a', 'a', 'b', 'c']) await post(store, day(24), { key });
    expect((await inLine(store)).every(({ isCarried }) => !isCarried)).toBe(true);
  });

  test('several under the same title are one, and each of them is known as said', async () => {
    const same = ['a', 'b', 'c', 'd'].map((key) => ({ key, title: '同一事' }));
    await post(store, MONDAY, ...same);
    await post(store, day(24), ...same, { key: 'e', title: '同一事' });
    expect(await inLine(store)).toMatchObject([
      { notBefore: '2026-11-23T10:00' },
      { notBefore: '2026-11-24T10:00' },
    ]);
  });

  test('other people’s weeks are their own', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd', personId: 'another' }, { key: 'e' });
    expect(await inLine(store, 'another')).toMatchObject([
      { notBefore: '2026-11-26T10:00', isCarried: false },
    ]);
  });
});

describe('beside the budget', () => {
  test('what is exempt goes in a full week, and fills none', async () => {
    for (const key of ['r', 's', 't', 'u']) await post(store, MONDAY, { key, isExempt: true });
    await fillWeek();
    await post(store, day(26), { key: 'v', isExempt: true });
    expect((await inLine(store)).filter(({ isExempt }) => isExempt)).toHaveLength(5);
    expect((await inLine(store)).some(({ isCarried }) => isCarried)).toBe(false);
  });

  test('a reminder of a sealed ledger is exempt whoever posts it, so that nothing else moves because of it', async () => {
    for (const key of ['x', 'y', 'z']) await post(store, MONDAY, { key, job: 'intercession-deadlines' });
    await fillWeek();
    expect((await inLine(store)).map(({ isCarried }) => isCarried)).not.toContain(true);
  });

  test('what would be of no use by the next week’s first workday goes all the same', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd', notLaterThan: '2026-11-29' });
    expect((await inLine(store)).at(-1)).toMatchObject({ notBefore: '2026-11-26T10:00', isCarried: false });
    await post(store, day(26), { key: 'e', notLaterThan: '2026-11-30' });
    expect((await inLine(store)).at(-1)).toMatchObject({ notBefore: '2026-11-30T08:00', isCarried: true });
  });
});

describe('of what can wait no longer, in a week that is full', () => {
  const urgent = (key: string) => ({ key, notLaterThan: '2026-11-29' });

  test('goes together what nobody has begun to send, as after an outage', async () => {
    for (const key of ['a', 'b', 'c']) await post(store, day(26), { key });
    await post(store, day(26), urgent('d'));
    await post(store, day(27), urgent('e'));
    expect((await inLine(store)).map(({ says }) => says)).toEqual([
      ['提醒a', '提醒d', '提醒e'],
      ['提醒b'],
      ['提醒c'],
    ]);
  });

  test('nothing goes into what is being sent', async () => {
    for (const key of ['a', 'b', 'c']) await post(store, day(26), { key });
    const leaseUntil = new Date(day(27));
    await store.database.write((rows) => rows.outbox.updateMany({ data: { attempts: 1, leaseUntil } }));
    await post(store, day(26), urgent('d'));
    expect((await inLine(store)).map(({ says }) => says)).toHaveLength(4);
  });

  test('a mere reminder is not said, and whatever is not is not known as said', async () => {
    await fillWeek();
    expect(await post(store, day(26), { ...urgent('d'), canBeLeftOut: true })).toBe(0);
    expect(await inLine(store)).toHaveLength(3);
    expect(await store.database.rows.outbox.count({ where: { key: 'd' } })).toBe(0);
  });
});

describe('what waits for the end of quiet hours', () => {
  /** A Saturday. */
  const SATURDAY = '2026-11-28T02:00:00Z';

  test('goes as one message, also with what was carried to that hour, and also where it is of use that day only', async () => {
    await fillWeek();
    await post(store, day(26), { key: 'd' });
    await post(store, SATURDAY, { key: 'e' });
    await post(store, SATURDAY, { key: 'f', notLaterThan: '2026-11-30' });
    expect((await inLine(store)).slice(3)).toMatchObject([
      { notBefore: '2026-11-30T08:00', title: '合并提醒（3 条）', says: ['提醒d', '提醒e', '提醒f'] },
    ]);
  });

  test('what is exempt stands alone', async () => {
    await post(store, SATURDAY, { key: 'a' }, { key: 'r', isExempt: true }, { key: 'b' });
    expect((await inLine(store)).map(({ title }) => title).sort()).toEqual(
      ['合并提醒（2 条）', '提醒r'].sort(),
    );
  });

  test('nothing is put into a message that somebody has begun to send', async () => {
    await post(store, SATURDAY, { key: 'a' });
    await store.database.write((rows) => rows.outbox.updateMany({ data: { attempts: 1 } }));
    await post(store, SATURDAY, { key: 'b' });
    expect((await inLine(store)).map(({ title }) => title)).toEqual(['提醒a', '提醒b']);
  });

  test('a message of ten is full: the eleventh begins another', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` }));
    await post(store, SATURDAY, ...many);
    expect((await inLine(store)).map(({ says }) => says.length)).toEqual([10, 1]);
  });

  test('a seal that does not open keeps nobody’s message back', async () => {
    await post(store, SATURDAY, { key: 'a' });
    await store.database.write((rows) => rows.outbox.updateMany({ data: { sealed: new Uint8Array([1]) } }));
    expect(await post(store, SATURDAY, { key: 'b' })).toBe(1);
  });
});

test('a week that is all holiday is passed over, and 调休 counts as a workday', async () => {
  ({ store } = await freshRecord(new Date('2026-02-06T02:00:00Z')));
  for (const key of ['a', 'b', 'c', 'd']) await post(store, '2026-02-09T02:00:00Z', { key, title: key });
  const carried = (await inLine(store)).filter(({ isCarried }) => isCarried);
  expect(carried).toMatchObject([{ notBefore: '2026-02-24T08:00' }]);
});

test('who may no longer know of an entry gets the rest of a message that was gathered', async () => {
  await fillWeek();
  const about = {
    ...notice('某事'),
    kind: 'notice' as const,
    actions: [{ action: '查看 Z1-1-1', label: '查看' }],
    sections: [{ lines: ['Z1-1-1 某事'] }],
  };
  await operate(store, { actor: 'job:graded-warning', at: new Date(day(26)) }, async (operation) => {
    const said = { personId: 'somebody', job: 'graded-warning' } as const;
    operation.post({ ...said, key: 'd', content: about as never });
    operation.post({ ...said, key: 'e', content: notice('别的事') });
  });
  expect((await inLine(store)).at(-1)?.says).toEqual(['某事', '别的事']);
  const entry = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-1-1' } });
  await store.database.write((rows) =>
    hideFrom({ store, rows, at: new Date(day(26)) }, { ...entry, ownedBy: [] }, ['somebody']),
  );
  expect((await inLine(store)).at(-1)?.says).toEqual(['别的事']);
});

test('what must not stand in a chat is never put together with anything', () => {
  expect(canBeGathered(notice('某事'))).toBe(true);
  const confidential = {
    ...notice('某事'),
    kind: 'notice' as const,
    sections: [],
    actions: [],
    tone: 'plain' as const,
  };
  expect(canBeGathered({ ...confidential, title: '某事', confidential: true })).toBe(false);
  expect(canBeGathered({ kind: 'form', title: '', intro: [], fields: [], actions: [] })).toBe(false);
});
