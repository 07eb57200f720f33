import { describe, expect, it } from 'vitest';
import { SendFailure, type ShownMessage } from '../../bot/platform.ts';
import { readable } from '../harness.ts';
import { type CardsInChats, cardsInChats, RESPONSIBLE } from './cards-in-chats.ts';
import { gate } from './gate.ts';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('a platform that', () => {
  it('says that the message is gone is not asked again', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => 'gone';
    const before = chats.standing(RESPONSIBLE).length;
    await chats.moves(RESPONSIBLE, '签收', ref);
    await chats.moves(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    expect(chats.updatesOf(notice)).toHaveLength(1);
    expect(await chats.heldCard(notice)).toBeNull();
    expect(chats.standing(RESPONSIBLE)).toHaveLength(before);
  });

  it('refuses for good is not asked again', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => {
      throw new SendFailure('the card is broken', true);
    };
    await chats.moves(RESPONSIBLE, '签收', ref);
    await chats.passSeconds(3600);
    expect(chats.updatesOf(notice)).toHaveLength(1);
    expect(await chats.heldCard(notice)).toBeNull();
  });

  it('takes nothing for a while is asked again when it said', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => {
      throw new SendFailure('too many', false, 90_000);
    };
    await chats.moves(RESPONSIBLE, '签收', ref);
    chats.platform.onUpdate = async () => 'updated';
    await chats.passSeconds(89);
    expect(chats.updatesOf(notice)).toHaveLength(1);
    await chats.passSeconds(1);
    expect(chats.words(notice)).toContain('最新状态');
  });

  it('fails is asked again with pauses that grow, and no more after the eighth time', async () => {
    const { ref, notice } = await chats.assignedItem();
    const askedAt: number[] = [];
    const from = chats.time + 1000;
    chats.platform.onUpdate = async ({ messageId }: ShownMessage) => {
      if (messageId === notice.id) askedAt.push((chats.time - from) / 1000);
      throw new Error('no route');
    };
    await chats.moves(RESPONSIBLE, '签收', ref);
    for (const at of [0.9, 1, 3.7, 3.8, 11, 12, 32, 33, 87, 88, 236, 237, 640, 641, 1735, 1740, 5000]) {
      chats.time = from + at * 1000;
      await chats.settle();
    }
    expect(askedAt).toEqual([0, 1, 3.8, 12, 33, 88, 237, 641]);
    expect(await chats.heldCard(notice)).toBeNull();
  });

  it('failed is asked at once when the entry changes again', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => {
      throw new Error('no route');
    };
    await chats.moves(RESPONSIBLE, '签收', ref);
    await chats.passSeconds(1);
    chats.platform.onUpdate = async () => 'updated';
    await chats.step(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    chats.time -= 1000;
    await chats.settle();
    expect(chats.words(notice)).toContain('最新状态');
    expect(await chats.heldCard(notice)).toMatchObject({ attempts: 0, staleAt: null });
  });

  it('shows one change while the next is made ends up with the latest state', async () => {
    const { ref, notice } = await chats.assignedItem();
    const [asked, answered] = [gate(), gate()];
    chats.platform.onUpdate = async ({ messageId }: ShownMessage) => {
      if (messageId === notice.id) asked.open();
      await answered.opened;
      return 'updated';
    };
    await chats.step(RESPONSIBLE, '签收', ref);
    const settled = chats.settle();
    await asked.opened;
    await chats.step(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    await chats.givesEvidence(ref);
    await chats.step(RESPONSIBLE, '申请销号', ref, { summary: '已完成', evidence: '示例' });
    answered.open();
    await settled;
    const shown = chats.updatesOf(notice).map(({ content }) => /最新状态.*/.exec(readable(content))?.[0]);
    expect(shown).toEqual([`最新状态：${ref}「已签收」`, `最新状态：${ref}「待责任领导审核」`]);
    expect(await chats.heldCard(notice)).toMatchObject({ staleAt: null });
  });

  it('takes nothing now is not counted as having been tried', async () => {
    const { ref, notice } = await chats.assignedItem();
    chats.platform.onUpdate = async () => {
      throw new SendFailure('too many', false, 60_000);
    };
    await chats.moves(RESPONSIBLE, '签收', ref);
    for (let wave = 0; wave < 10; wave++) await chats.passSeconds(61);
    chats.platform.onUpdate = async () => 'updated';
    await chats.passSeconds(61);
    expect(chats.words(notice)).toContain('最新状态');
  });
});
