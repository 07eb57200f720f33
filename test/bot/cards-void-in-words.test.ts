import { describe, expect, it } from 'vitest';
import { contentOf, enqueue } from '../../ledger/outbox.ts';
import { readable } from '../harness.ts';
import {
  type CardsInChats,
  cardsInChats,
  OFFICER,
  OTHER_OFFICER,
  REPORTER,
  type Standing,
} from './cards-in-chats.ts';

const GONE = '这条消息已失效';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('what names a report in words alone, to who may not look at it any more,', () => {
  const tellsInWords = async (key: string, refs: readonly string[], notBefore: Date) => {
    const sections = refs.map((ref) => ({ lines: [`${ref} 示例`] }));
    const content = {
      kind: 'notice',
      title: `办理情况（${refs.length} 项）`,
      tone: 'plain',
      sections,
    } as const;
    const message = { key, personId: chats.idOf(OFFICER), content: { ...content, actions: [] }, notBefore };
    await chats.other.database.write((rows) => enqueue(chats.other, rows, new Date(chats.time), message));
    await chats.settle();
  };

  it('goes from the chat and from what waits, and is not touched before', async () => {
    const [first, second] = [(await chats.filed()).ref, (await chats.filed()).ref];
    await tellsInWords('in-words', [first, second], new Date(chats.time));
    const card = chats.latest(OFFICER);
    await tellsInWords('in-words-later', [first, second], new Date(chats.time + 3_600_000));
    await chats.moves(OTHER_OFFICER, '备查', second);
    expect(chats.updatesOf(card)).toEqual([]);
    await chats.officerIsNamedIn(first);
    expect(chats.words(card)).toBe(`办理情况（1 项）\n${second} 示例`);
    const { outbox } = chats.other.database.rows;
    const row = await outbox.findUniqueOrThrow({ where: { key: 'in-words-later' } });
    expect(readable(contentOf(chats.other, row))).toBe(`办理情况（1 项）\n${second} 示例`);
  });

  /** @returns what says of the report what it says, and whether it was changed before its reader was named in it */
  const untilNamed = async (ref: string, message: Standing) => {
    expect(chats.words(message)).toContain(ref);
    await chats.officerIsNamedIn(ref);
    return chats.updatesOf(message).map(({ content }) => readable(content));
  };

  it('goes as a refusal too', async () => {
    const { ref } = await chats.filed();
    const refusal = await chats.says(OFFICER, `处置 ${ref}`);
    expect(refusal.content.kind).toBe('text');
    expect(await untilNamed(ref, refusal)).toEqual([GONE]);
  });

  it('goes as a table too', async () => {
    const { ref } = await chats.filed();
    const table = await chats.says(OFFICER, `查阅记录 ${ref}`);
    expect(table.content.kind).toBe('table');
    expect(await untilNamed(ref, table)).toEqual([GONE]);
  });

  it('stays where its reader had filed it himself', async () => {
    const { ref } = await chats.filed();
    const refusal = await chats.says(REPORTER, `补正 ${ref}`);
    expect(refusal.content.kind).toBe('text');
    expect(await untilNamed(ref, refusal)).toEqual([]);
  });
});
