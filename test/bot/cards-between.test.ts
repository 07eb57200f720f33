import { describe, expect, it } from 'vitest';
import { SendFailure, type ShownMessage } from '../../bot/platform.ts';
import type { Content } from '../../ledger/message.ts';
import {
  type CardsInChats,
  cardsInChats,
  LEADER,
  OFFICER,
  OTHER_OFFICER,
  REPORTER,
  RESPONSIBLE,
  type Standing,
  SUPERVISOR,
} from './cards-in-chats.ts';
import { inbound } from './stand-in-platform.ts';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

/** What stands in the chat, whatever the house knows of it. */
function putInChat({ id }: Pick<Standing, 'id'>, content: Content): void {
  const place = chats.platform.shown.findIndex((shown) => shown.id === id);
  const before = chats.platform.shown[place];
  if (before) chats.platform.shown[place] = { ...before, content };
}

/** The first change of the message is made, and the answer to it is lost. */
function loseTheFirstAnswer({ id }: Standing): void {
  let isFirst = true;
  chats.platform.onUpdate = async ({ messageId, content }: ShownMessage) => {
    if (messageId !== id || !isFirst) return 'updated';
    isFirst = false;
    putInChat({ id }, content);
    throw new SendFailure('timed out', false);
  };
}

describe('an answer of which nobody knows whether it was shown anew', () => {
  const answered = async () => {
    const { ref } = await chats.assignedItem();
    await chats.moves(RESPONSIBLE, '签收', ref);
    const answer = await chats.says(RESPONSIBLE, `进展 ${ref} 示例甲`);
    await chats.givesEvidence(ref);
    return { ref, answer, said: `已记录进展 ${ref}\n现为「整改中」。` };
  };

  it('says nothing false once it is overtaken', async () => {
    const { ref, answer, said } = await answered();
    loseTheFirstAnswer(answer);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.says(RESPONSIBLE, `撤回申请 ${ref}`);
    await chats.passSeconds(3600);
    expect(chats.words(answer)).toBe(said);
  });

  it('says nothing false once the state is what it was', async () => {
    const { ref, answer, said } = await answered();
    loseTheFirstAnswer(answer);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.moves(RESPONSIBLE, '撤回申请', ref);
    await chats.passSeconds(3600);
    expect(chats.words(answer)).toBe(said);
  });

  it('says nothing false where the process ended between, and it was overtaken before its lease ran out', async () => {
    const { ref, answer, said } = await answered();
    const before = await chats.heldCard(answer);
    await chats.moves(RESPONSIBLE, '申请销号', ref, { summary: '已完成' });
    await chats.passSeconds(10);
    expect(chats.words(answer)).toContain('最新状态');
    const at = new Date(chats.time);
    const leaseUntil = new Date(chats.time + 30_000);
    await chats.other.database.write((rows) =>
      rows.heldCard.updateMany({
        where: { messageId: answer.id },
        data: {
          sealed: new Uint8Array(before?.sealed ?? []),
          isAsSent: false,
          staleAt: at,
          attempts: 1,
          leaseUntil,
        },
      }),
    );
    await chats.says(RESPONSIBLE, `撤回申请 ${ref}`);
    await chats.passSeconds(3600);
    expect(chats.words(answer)).toBe(said);
  });
});

describe('a card that is pressed while it is being shown anew', () => {
  it('shows in the end what the press made of it', async () => {
    const { ref, notice } = await chats.assignedItem();
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isFirst = true;
    chats.platform.onUpdate = async ({ messageId }: ShownMessage) => {
      if (messageId !== notice.id || !isFirst) return 'updated';
      isFirst = false;
      begun.resolve();
      await go.promise;
      return 'updated';
    };
    const [leader, responsible] = [chats.idOf(LEADER), [chats.idOf(RESPONSIBLE)]];
    await chats.step(SUPERVISOR, '指派', ref, { leader, responsible, dueOn: '2026-11-30' });
    const settling = chats.settle();
    await begun.promise;
    const press = {
      kind: 'action',
      key: 'between-1',
      account: chats.idOf(RESPONSIBLE),
      messageId: notice.id,
    } as const;
    const { card } = await chats.platform.receiver.action(
      inbound({ ...press, text: `签收 ${ref}`, at: new Date(chats.time) }),
    );
    if (card) putInChat(notice, card);
    await expect.poll(async () => (await chats.heldCard(notice))?.isAsSent).toBe(false);
    go.resolve();
    await settling;
    await chats.settle();
    expect(chats.labels(notice)).not.toContain('签收');
    expect(chats.words(notice)).toContain('已签收');
  });
});

describe('what is on its way while its entry is hidden from who gets it', () => {
  it('is void as soon as it arrives', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await chats.moves(OTHER_OFFICER, '开始甄别', ref);
    await chats.moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    chats.platform.onSend = async ({ address, content }) => {
      if (address.externalId !== chats.idOf(OFFICER) || !JSON.stringify(content).includes(ref)) return;
      begun.resolve();
      await go.promise;
    };
    await chats.step(REPORTER, '补正', ref, { supplement: '别无他人' });
    const settling = chats.settle();
    await begun.promise;
    await chats.step(OTHER_OFFICER, '受理', ref);
    await chats.step(OTHER_OFFICER, '开始甄别', ref);
    await chats.step(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明在场的人' });
    await chats.step(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    go.resolve();
    await settling;
    await chats.settle();
    expect(
      chats
        .standing(OFFICER)
        .map(({ content }) => JSON.stringify(content))
        .join(),
    ).not.toContain(ref);
  });
});

describe('the answers that were overtaken', () => {
  it('are looked at when somebody loses sight of the entry, and not at each step that names him again', async () => {
    const { ref } = await chats.filed();
    const first = await chats.says(OTHER_OFFICER, `受理 ${ref}`);
    await chats.says(OTHER_OFFICER, `开始甄别 ${ref}`);
    const changes = async () => (await chats.heldCard(first))?.changes ?? 0;
    const returns = () =>
      chats.moves(OTHER_OFFICER, '甄别', ref, { conclusion: 'returned', reason: '请写明' });
    await returns();
    const before = await changes();
    await chats.moves(REPORTER, '补正', ref, { supplement: `当时${OFFICER}也在场` });
    expect(await changes()).toBe(before + 1);
    await chats.moves(OTHER_OFFICER, '受理', ref);
    await chats.moves(OTHER_OFFICER, '开始甄别', ref);
    await returns();
    await chats.moves(REPORTER, '补正', ref, { supplement: '别无他人' });
    expect(await changes()).toBe(before + 1);
  });
});
