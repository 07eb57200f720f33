import { describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../bot/platform.ts';
import { type CardsInChats, cardsInChats, LEADER, RESPONSIBLE } from './cards-in-chats.ts';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('what the platform changes no more', () => {
  it('is sent anew, once, where it still asks for something, and the new message is kept true', async () => {
    const { ref, notice } = await chats.appliedItem();
    chats.platform.onUpdate = async ({ messageId }: ShownMessage) =>
      messageId === notice.id ? 'too-old' : 'updated';
    const before = chats.standing(LEADER).length;
    await chats.givesNewDate(ref, '2027-01-20');
    await chats.passSeconds(60);
    const [anew, ...more] = chats.standing(LEADER).slice(before);
    expect(more).toEqual([]);
    expect(anew && chats.labels(anew)).toEqual(['审核通过', '退回', '查看']);
    expect(chats.words(notice)).not.toContain('最新状态');
    expect(await chats.heldCard(notice)).toBeNull();
    await chats.moves(LEADER, '审核通过', ref);
    expect(chats.updatesOf(notice)).toHaveLength(1);
    expect(anew && chats.labels(anew)).toEqual(['查看']);
    expect(chats.standing(LEADER)).toHaveLength(before + 1);
  });

  it('is not sent anew where it asks for nothing', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => 'too-old';
    const before = chats.standing(RESPONSIBLE).length;
    await chats.moves(RESPONSIBLE, '签收', ref);
    await chats.passSeconds(60);
    expect(chats.updatesOf(notice)).toHaveLength(1);
    expect(await chats.heldCard(notice)).toBeNull();
    expect(chats.standing(RESPONSIBLE)).toHaveLength(before);
  });

  it('is sent anew in working hours only', async () => {
    const { ref, notice } = await chats.appliedItem();
    chats.platform.onUpdate = async ({ messageId }: ShownMessage) =>
      messageId === notice.id ? 'too-old' : 'updated';
    const before = chats.standing(LEADER).length;
    chats.time = Date.parse('2026-11-24T21:00:00+08:00');
    await chats.givesNewDate(ref, '2027-01-20');
    expect(chats.updatesOf(notice)).toHaveLength(1);
    chats.time = Date.parse('2026-11-25T07:59:59+08:00');
    await chats.settle();
    expect(chats.standing(LEADER)).toHaveLength(before);
    await chats.passSeconds(1);
    expect(chats.standing(LEADER)).toHaveLength(before + 1);
    expect(chats.labels(chats.latest(LEADER))).toContain('审核通过');
  });
});
