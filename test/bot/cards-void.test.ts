import { describe, expect, it } from 'vitest';
import { entriesFor } from '../../ledger/entry.ts';
import { formIn } from '../../ledger/held-card.ts';
import { deadlineCard } from '../../ledger/intercession/deadline.ts';
import { operate } from '../../ledger/operation.ts';
import { contentOf, enqueue } from '../../ledger/outbox.ts';
import { recuseAnew } from '../../ledger/recuse-anew.ts';
import { button, readable } from '../harness.ts';
import { personNamed } from '../sample-record.ts';
import {
  type CardsInChats,
  cardsInChats,
  LEADER,
  OFFICER,
  OTHER_OFFICER,
  REPORTER,
  RESPONSIBLE,
  SUPERVISOR,
} from './cards-in-chats.ts';

const OTHER_SUPERVISOR = '叶知秋';
/** What stands where somebody may not look any more, whatever stood there. */
const GONE = '这条消息已失效';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('who may not look any more', () => {
  const returnsIt = (ref: string) =>
    chats.moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });

  it('because he was named by what was added sees that the message is void, where it stood', async () => {
    const { ref, notice } = await chats.filed();
    const view = await chats.says(OFFICER, `查看 ${ref}`);
    const list = await chats.says(OFFICER, '台账 说情打招呼记录');
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await returnsIt(ref);
    const sent = chats.platform.calls.length;
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    for (const card of [view, notice]) {
      expect(chats.words(card)).toBe(GONE);
      expect(chats.labels(card)).toEqual([]);
    }
    expect(JSON.stringify(chats.contentOf(list))).not.toContain(ref);
    const told = chats.platform.calls.slice(sent).map(({ address }) => address.externalId);
    expect(told).toEqual([chats.idOf(OTHER_OFFICER)]);
    await chats.moves(OTHER_OFFICER, '受理', ref);
    expect(chats.words(notice)).toBe(GONE);
  });

  it('because he turns out to be concerned sees the same', async () => {
    const { ref, notice } = await chats.filed({ intercessorPost: '示例审查处处长' });
    const id = chats.idOf(OFFICER);
    const { post } = await personNamed(chats.other, OFFICER);
    const becomes = (now: string) =>
      chats.other.database.write((rows) => rows.person.update({ where: { id }, data: { post: now } }));
    await becomes('示例审查处处长');
    chats.time += 1000;
    await operate(chats.other, { actor: 'command:import-roster', at: new Date(chats.time) }, recuseAnew);
    await becomes(post);
    await chats.settle();
    expect(chats.words(notice)).toBe(GONE);
    expect(JSON.stringify(chats.contentOf(notice))).not.toContain(ref);
  });

  it('because he has left keeps nothing that is kept true', async () => {
    const { ref, notice } = await chats.assignedItem();
    const id = chats.idOf(RESPONSIBLE);
    const isActive = (active: boolean) =>
      chats.other.database.write((rows) => rows.person.update({ where: { id }, data: { active } }));
    await isActive(false);
    await chats.moves(SUPERVISOR, '指派', ref, {
      leader: chats.idOf(LEADER),
      responsible: [chats.idOf('方远山')],
      dueOn: '2027-01-15',
    });
    await isActive(true);
    expect(chats.updatesOf(notice)).toEqual([]);
    expect(await chats.heldCard(notice)).toBeNull();
  });

  it('because he is recused later sees a view void that never had buttons', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await returnsIt(ref);
    const view = await chats.says(OFFICER, `查看 ${ref}`);
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    expect(chats.words(view)).toBe(GONE);
  });
});

describe('who may not look at one of several any more', () => {
  const reminded = async (key: string, refs: readonly string[], notBefore: Date) => {
    const { calendar, database } = chats.other;
    const entries = entriesFor(chats.other, database.rows, 'bureau');
    const found = await Promise.all(refs.map((ref) => entries.get(ref)));
    const content = deadlineCard(found, '2026-11-24', calendar);
    const at = new Date(chats.time);
    const message = { key, personId: chats.idOf(OFFICER), content, notBefore };
    await database.write((rows) => enqueue(chats.other, rows, at, message));
    await chats.settle();
  };
  it('keeps what his card says of the others, where it stood', async () => {
    const [first, second] = [(await chats.filed()).ref, (await chats.filed()).ref];
    await reminded('stands', [first, second], new Date(chats.time));
    const card = chats.latest(OFFICER);
    expect(chats.words(card)).toContain('办理提醒（2 项）');
    await chats.isNamedIn(first);
    expect(chats.words(card)).toContain('办理提醒（1 项）');
    expect(chats.words(card)).toContain(second);
    expect(chats.labels(card)).toEqual(['受理', '备查', '查看', '待甄别']);
    expect(JSON.stringify(chats.contentOf(card))).not.toContain(first);
    await chats.isNamedIn(second);
    expect(chats.words(card)).toBe(GONE);
  });

  it('is still told of the others by what waits in line, and of nothing where nothing is left', async () => {
    const [first, second] = [(await chats.filed()).ref, (await chats.filed()).ref];
    await reminded('waits', [first, second], new Date(chats.time + 3_600_000));
    const { outbox } = chats.other.database.rows;
    await chats.isNamedIn(second);
    const row = await outbox.findUniqueOrThrow({ where: { key: 'waits' } });
    const content = JSON.stringify(contentOf(chats.other, row));
    expect(content).toContain('办理提醒（1 项）');
    expect(content).toContain(first);
    expect(content).not.toContain(second);
    await chats.isNamedIn(first);
    expect(await outbox.findUnique({ where: { key: 'waits' } })).toBeNull();
  });
});

describe('a form', () => {
  it('is void once its holder may not look at what it is about, and untouched until then', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await chats.says(OFFICER, `查看 ${ref}`);
    const form = await chats.says(OFFICER, `甄别 ${ref}`);
    expect(form.content.kind).toBe('form');
    const values = { conclusion: 'returned', reason: '请写明在场的人' };
    await chats.moves(OTHER_OFFICER, '甄别', ref, values);
    expect(chats.updatesOf(form)).toEqual([]);
    expect(chats.contentOf(form)).toEqual(form.content);
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    expect(chats.words(form)).toBe(GONE);
  });

  it('keeps its way in the chat usable until its holder may not look any more', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await chats.says(OFFICER, `查看 ${ref}`);
    const form = await chats.says(OFFICER, `甄别 ${ref}`);
    const id = formIn(form.content) ?? '';
    const actions = [{ action: `打开 ${id}`, label: '打开页面' }];
    const content = { kind: 'notice', title: `甄别 ${ref}`, tone: 'plain', sections: [], actions } as const;
    const at = new Date(chats.time);
    const message = { key: `way:${id}`, personId: chats.idOf(OFFICER), notBefore: at };
    const { other } = chats;
    const way = { ...message, content: { ...content, sections: [], actions } };
    await other.database.write((rows) => enqueue(other, rows, at, way));
    await chats.settle();
    const card = chats.latest(OFFICER);
    const values = { conclusion: 'returned', reason: '请写明在场的人' };
    await chats.moves(OTHER_OFFICER, '甄别', ref, values);
    expect(chats.updatesOf(card)).toEqual([]);
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    expect(chats.words(card)).toBe(GONE);
  });
});

describe('a press', () => {
  it('of somebody who does not hold the card is answered with a sentence and never with the card', async () => {
    const { ref } = await chats.appliedItem();
    await chats.moves(LEADER, '审核通过', ref);
    const view = await chats.says(SUPERVISOR, `查看 ${ref}`);
    const approve = button(chats.contentOf(view), '复核通过');
    const refused = await chats.presses(REPORTER, view, approve);
    expect(refused.refused).toBe(true);
    expect(refused.card).toBeUndefined();
    expect(JSON.stringify(refused)).not.toContain('待督查复核');
    expect(chats.updatesOf(view)).toEqual([]);
    const done = await chats.presses(OTHER_SUPERVISOR, view, approve);
    expect(done).toEqual({ toast: `复核已通过 ${ref}` });
    expect(chats.updatesOf(view)).toMatchObject([{ address: { externalId: chats.idOf(SUPERVISOR) } }]);
    expect(chats.words(view)).toContain(`${ref} · 已销号`);
    expect((await chats.heldCard(view))?.personId).toBe(chats.idOf(SUPERVISOR));
  });

  it('of its holder is answered with the card as things stand', async () => {
    const { ref } = await chats.assignedItem();
    const view = await chats.says(RESPONSIBLE, `查看 ${ref}`);
    const { toast, card } = await chats.presses(RESPONSIBLE, view, button(chats.contentOf(view), '签收'));
    expect(toast).toBe(`已签收 ${ref}`);
    expect(card && readable(card)).toContain(`${ref} · 已签收`);
  });
});
