import { describe, expect, it } from 'vitest';
import type { Asking } from '../../handlers/define.ts';
import { lookBack } from '../../handlers/look-back.ts';
import { supervisionRecords } from '../../handlers/supervision-records.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { hideFrom } from '../../ledger/hide-entry.ts';
import type { NoticeContent } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { asCard, assign, say } from '../jobs/at-work.ts';
import { close } from '../ledger/rectification/at-closing.ts';
import { personNamed, takeStep } from '../sample-record.ts';

const MONDAY = new Date('2026-11-23T02:00:00Z');
const TUESDAY = new Date('2026-11-24T02:00:00Z');

let store: Store;

freshCopies(MONDAY, async (copy) => {
  store = copy.store;
  await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-12-31', at: MONDAY });
  await assign(store, 'Z1-3-1', { responsible: ['许星阑'], dueOn: '2026-12-31', at: MONDAY });
  await say(store, '方远山', ['进展', 'Z1-1-1'], MONDAY, { text: '已起草示例制度' });
  const caller = await personNamed(store, '程一禾');
  const responsible = await personNamed(store, '许星阑');
  const values = { answer: 'planned', text: '本月完成', with: responsible.id };
  await takeStep(store, { person: caller, word: '电话', ref: 'Z1-3-1', at: TUESDAY, values });
});

/** What the person is shown at that moment. */
async function shown(
  name: string,
  typed = '',
  at = TUESDAY,
  query = supervisionRecords,
): Promise<NoticeContent> {
  const { rows } = store.database;
  const person = await personNamed(store, name);
  const asking: Asking = {
    ...{
      person,
      at,
      today: store.calendar.dateOf(at),
      store,
      rows,
      allowed: [],
      chats: [],
      platform: 'local',
    },
    directory: await readDirectory(rows),
    entries: entriesFor(store, rows, person),
    reveal: () => Promise.reject(new Error('Nothing is sealed here')),
  };
  return asCard(await query.answer(asking, typed));
}

const linesOf = ({ sections }: NoticeContent) =>
  sections.flatMap(({ heading, lines }) => lines.map((line) => `${heading ?? ''} ${line}`.trim()));

describe('督查记录', () => {
  it('lists the steps of supervision, the newest first, with who said what to whom', async () => {
    expect(linesOf(await shown('程一禾'))).toEqual([
      '2026-11-24 10:00 程一禾 Z1-3-1 电话：按计划；本月完成（通话人：许星阑）',
      '2026-11-23 10:00 方远山 Z1-1-1 进展：已起草示例制度',
    ]);
  });

  it.each([
    ['1-1-1', ['Z1-1-1']],
    ['Z1-3', ['Z1-3-1']],
    ['Z1', ['Z1-3-1', 'Z1-1-1']],
    ['方远山', ['Z1-1-1']],
    ['许星阑', ['Z1-3-1']],
    ['程一禾', ['Z1-3-1']],
    ['2026-11-24起', ['Z1-3-1']],
    ['11-23起 Z1-1', ['Z1-1-1']],
  ])('「督查记录 %s」 lists those of %s', async (typed, refs) => {
    const ref = typed === '1-1-1' ? 'Z1-1-1' : typed;
    const found = linesOf(await shown('程一禾', ref)).flatMap(
      (line) => /Z1-\d-\d (?=电话|进展)/u.exec(line) ?? [],
    );
    expect(found.map((each) => each.trim())).toEqual(refs);
  });

  it('goes on page by page', async () => {
    for (let day = 0; day < 9; day += 1)
      await say(store, '方远山', ['进展', 'Z1-1-1'], TUESDAY, { text: `第 ${day + 1} 次` });
    const first = await shown('程一禾');
    expect(first.sections).toHaveLength(store.rules.messages.pageSize);
    expect(first.actions).toEqual([{ action: '督查记录 第2页', label: '下一页' }]);
    const second = await shown('程一禾', '第2页');
    expect(second.sections).toHaveLength(3);
    expect(second.actions).toEqual([{ action: '督查记录 第1页', label: '上一页' }]);
  });

  it('shows each only what is his to see, and nothing that is hidden from him', async () => {
    expect(linesOf(await shown('许星阑'))).toEqual([
      '2026-11-24 10:00 程一禾 Z1-3-1 电话：按计划；本月完成（通话人：许星阑）',
    ]);
    expect((await shown('何望舒')).title).toBe('督查记录：没有符合条件且您可以查看的记录');
    await expect(shown('许星阑', 'Z1-1-1')).rejects.toThrow('没有找到编号「Z1-1-1」');
    const { rows } = store.database;
    const entry = await rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-3-1' } });
    const person = await personNamed(store, '程一禾');
    await hideFrom({ store, rows, at: TUESDAY }, { id: entry.id, ref: entry.ref, ownedBy: undefined }, [
      person.id,
    ]);
    expect(linesOf(await shown('程一禾'))).toEqual(['2026-11-23 10:00 方远山 Z1-1-1 进展：已起草示例制度']);
  });

  it('says which word it could not read', async () => {
    await expect(shown('程一禾', '没有这样的词')).rejects.toThrow('看不懂日期「没有这样的词」');
  });
});

it('回头看 lists what is due, with the words that answer it', async () => {
  await close(store, 'Z1-1-2', MONDAY);
  const before = await shown('程一禾', '', new Date('2027-02-22T02:00:00Z'), lookBack);
  expect(before.title).toBe('回头看：暂无到期事项');
  const due = await shown('程一禾', '', new Date('2027-02-23T02:00:00Z'), lookBack);
  expect(due.title).toBe('回头看到期（1 项）');
  const labels = due.sections.flatMap(({ actions = [] }) => actions.map(({ label }) => label));
  expect(labels).toEqual(expect.arrayContaining(['巩固', '反弹', '查看']));
});
