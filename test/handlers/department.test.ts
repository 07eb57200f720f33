import { describe, expect, it } from 'vitest';
import type { Asking } from '../../handlers/define.ts';
import { department } from '../../handlers/department.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { hideFrom } from '../../ledger/hide-entry.ts';
import type { NoticeContent } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { applyForClosing, asCard, assign } from '../jobs/at-work.ts';
import { personNamed } from '../sample-record.ts';

const BEGAN = new Date('2026-11-02T02:00:00Z');
const NOW = new Date('2026-11-23T02:00:00Z');

let store: Store;

freshCopies(BEGAN, async (copy) => {
  store = copy.store;
  const later = { responsible: ['林砚秋'], at: BEGAN };
  await assign(store, 'Z1-1-1', { ...later, dueOn: '2026-12-31' });
  await assign(store, 'Z1-1-2', { ...later, dueOn: '2026-11-27' });
  await assign(store, 'Z1-2-1', { ...later, dueOn: '2026-11-13', leader: '苏静宜' });
  await assign(store, 'Z1-2-2', { responsible: ['秦书遥'], dueOn: '2026-11-13', at: BEGAN });
});

async function shown(name: string, typed = ''): Promise<NoticeContent> {
  const { rows } = store.database;
  const person = await personNamed(store, name);
  const asking: Asking = {
    ...{
      person,
      at: NOW,
      today: store.calendar.dateOf(NOW),
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
  return asCard(await department.answer(asking, typed));
}

const refs = ({ sections }: NoticeContent) =>
  sections.flatMap(({ lines }) => lines.flatMap((line) => /Z1-\d-\d/.exec(line)?.[0] ?? []));

const headOf = async (of: string): Promise<string> => {
  const directory = await readDirectory(store.database.rows);
  return directory.headOf((await personNamed(store, of)).departmentId)?.name ?? '';
};

describe('本科室', () => {
  it('shows its head what is open, the overdue first, who holds each, and the figures of the year', async () => {
    const card = await shown(await headOf('林砚秋'));
    expect(refs(card)).toEqual(['Z1-2-1', 'Z1-1-2', 'Z1-1-1']);
    expect(card.tone).toBe('red');
    expect(card.sections[0]?.heading).toBe('已逾期 1 项，两周内到期 1 项');
    expect(card.sections[0]?.lines[0]).toBe('2026 年：事项 3 · 已销号 0 · 在办 3 · 暂难 0 · 长期 0 · 逾期 1');
    expect(card.sections[1]?.lines[0]).toMatch(
      /^🔴 Z1-2-1 已逾期 10 天 · 林砚秋（责任领导 苏静宜） · .* · 已交办$/,
    );
  });

  it('names what waits for others though it was applied for in time as waiting, with whom', async () => {
    await applyForClosing(store, '林砚秋', 'Z1-2-1', new Date('2026-11-13T02:00:00Z'));
    const card = await shown(await headOf('林砚秋'));
    expect(card.tone).toBe('plain');
    expect(card.sections[0]?.heading).toBe('已逾期 1 项（含按期申请、待审 1 项），两周内到期 1 项');
    expect(card.sections[0]?.lines[0]).toContain('逾期 1（含按期申请、待审 1）');
    expect(card.sections[1]?.lines[0]).toMatch(
      /^Z1-2-1 .*（林砚秋）：时限 2026-11-13 · 已按期申请，待责任领导审核（苏静宜）$/,
    );
  });

  it('shows a 责任领导 of a department only what he answers for, and says so', async () => {
    const { department: name } = await personNamed(store, '林砚秋');
    const card = await shown('孟知行', name);
    expect(card.title).toBe(`${name}：未销号 2 项（由您任责任领导的）`);
    expect(refs(card)).toEqual(['Z1-1-2', 'Z1-1-1']);
  });

  it('offers a 责任领导 his departments in the order of the roster', async () => {
    const directory = await readDirectory(store.database.rows);
    const his = ['林砚秋', '秦书遥'].map((name) => directory.named(name)[0]?.department);
    const inRoster = [...new Set(directory.people.map((person) => person.department))];
    const [first, ...others] = inRoster.filter((name) => his.includes(name));
    const card = await shown('孟知行');
    expect(card.title).toContain(first);
    expect(card.actions.map(({ label }) => label)).toEqual(others);
  });

  it('shows nothing that is hidden from who asks, and counts none of it', async () => {
    const name = await headOf('林砚秋');
    const head = await personNamed(store, name);
    const { rows } = store.database;
    const item = await rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-2-1' } });
    await hideFrom({ store, rows, at: NOW }, { id: item.id, ref: item.ref, ownedBy: undefined }, [head.id]);
    const card = await shown(name);
    expect(refs(card)).toEqual(['Z1-1-2', 'Z1-1-1']);
    expect(card.sections[0]?.heading).toBe('已逾期 0 项，两周内到期 1 项');
    expect(card.tone).toBe('plain');
  });

  it('is for heads and leaders, and of a department that is not theirs says only which are', async () => {
    const may = async (name: string) => department.may(await personNamed(store, name));
    expect(await may('林砚秋')).toBe(false);
    expect(await may('孟知行')).toBe(true);
    await expect(shown(await headOf('林砚秋'), '示例科室')).rejects.toThrow(
      '不是您可以查看的科室，您可以查看：',
    );
  });
});
