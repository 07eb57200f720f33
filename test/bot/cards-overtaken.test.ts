import { describe, expect, it } from 'vitest';
import {
  type CardsInChats,
  cardsInChats,
  LEADER,
  OFFICER,
  OTHER_OFFICER,
  REPORTER,
  RESPONSIBLE,
} from './cards-in-chats.ts';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('the answers about one entry', () => {
  const signed = async () => {
    const { ref } = await chats.assignedItem();
    await chats.moves(RESPONSIBLE, '签收', ref);
    return ref;
  };
  const tells = (ref: string, said: string) => chats.says(RESPONSIBLE, `进展 ${ref} ${said}`);

  it('are as they were, and the latest alone says how it stands', async () => {
    const ref = await signed();
    const [first, second] = [await tells(ref, '示例甲'), await tells(ref, '示例乙')];
    const said = `已记录进展 ${ref}\n现为「整改中」。`;
    await chats.givesEvidence(ref);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.passSeconds(10);
    expect(chats.words(second)).toBe(`${said}\n最新状态：${ref}「待责任领导审核」`);
    expect(chats.words(first)).toBe(said);
    expect(chats.labels(first)).toEqual(['查看']);
  });

  it('say no state twice, and cost no call while it stays the same', async () => {
    const ref = await signed();
    const answer = await chats.says(RESPONSIBLE, `进展 ${ref} 示例甲`);
    const said = `已记录进展 ${ref}\n现为「整改中」。`;
    await chats.moves(RESPONSIBLE, '进展', ref, { text: '示例乙' });
    expect(chats.words(answer)).toBe(said);
    expect(chats.updatesOf(answer)).toEqual([]);
    await chats.givesEvidence(ref);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.passSeconds(10);
    expect(chats.words(answer)).toBe(`${said}\n最新状态：${ref}「待责任领导审核」`);
  });

  it('lose the state that stood below them once it is not kept true any more', async () => {
    const ref = await signed();
    const first = await tells(ref, '示例甲');
    await chats.givesEvidence(ref);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.passSeconds(10);
    expect(chats.words(first)).toContain(`最新状态：${ref}「待责任领导审核」`);
    await chats.says(RESPONSIBLE, `撤回申请 ${ref}`);
    expect(chats.words(first)).toBe(`已记录进展 ${ref}\n现为「整改中」。`);
  });

  it('are not shown anew by his own next step where its answer overtakes them at once, and by another’s step they are', async () => {
    const { ref } = await chats.assignedItem();
    const first = await chats.says(RESPONSIBLE, `签收 ${ref}`);
    const second = await tells(ref, '示例甲');
    await chats.passSeconds(10);
    expect(chats.updatesOf(first)).toEqual([]);
    expect(await chats.heldCard(first)).toMatchObject({ isAsSent: true, staleAt: null });
    await chats.givesEvidence(ref);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.moves(LEADER, '退回', ref, { reason: '示例' });
    expect(chats.words(second)).toContain('最新状态');
  });

  it('are not looked at, however many there are, when it changes once more', async () => {
    const ref = await signed();
    const answers = [];
    for (let times = 0; times < 12; times++) answers.push(await tells(ref, `示例${times}`));
    const before = await changesOf(answers);
    await chats.moves(RESPONSIBLE, '按计划', ref);
    expect((await changesOf(answers)).filter((changes, index) => changes !== before[index])).toHaveLength(1);
  });

  const changesOf = async (answers: Parameters<CardsInChats['heldCard']>[0][]) => {
    const changes: (number | undefined)[] = [];
    for (const answer of answers) changes.push((await chats.heldCard(answer))?.changes);
    return changes;
  };

  it('to others stay the latest of theirs', async () => {
    const ref = await signed();
    const his = await tells(ref, '示例甲');
    await chats.givesEvidence(ref);
    await chats.says(RESPONSIBLE, `申请销号 ${ref} 已完成`);
    const hers = await chats.says(LEADER, `退回 ${ref} 材料不全`);
    await chats.moves(RESPONSIBLE, '进展', ref, { text: '示例乙' });
    expect(chats.words(hers)).not.toBe(chats.words(his));
    expect((await chats.heldCard(hers))?.entries).toMatchObject([{ ref, isFollowed: true }]);
  });

  it('of another entry are left alone', async () => {
    const [ref, other] = [await signed(), await signed()];
    const first = await tells(ref, '示例甲');
    await tells(other, '示例乙');
    expect((await chats.heldCard(first))?.entries).toMatchObject([{ isFollowed: true }]);
  });

  it('go when their holder may not look at it any more, those too that were overtaken', async () => {
    const { ref } = await chats.filed();
    const first = await chats.says(OFFICER, `受理 ${ref}`);
    const second = await chats.says(OFFICER, `开始甄别 ${ref}`);
    expect((await chats.heldCard(first))?.entries).toMatchObject([{ isFollowed: false }]);
    await chats.moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    for (const answer of [first, second]) {
      expect(chats.words(answer)).toBe('这条消息已失效');
      expect(chats.labels(answer)).toEqual([]);
    }
  });

  it('that offer something to do are not overtaken', async () => {
    const ref = await signed();
    const offers = await chats.says(RESPONSIBLE, `${ref} 示例`);
    expect(chats.labels(offers).length).toBeGreaterThan(0);
    const labels = chats.labels(offers);
    await tells(ref, '示例甲');
    expect(chats.labels(offers)).toEqual(labels);
  });
});
