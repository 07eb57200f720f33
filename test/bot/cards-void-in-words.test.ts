import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, test } from 'vitest';
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

const AUDITOR = '沈若谷';
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
    await chats.isNamedIn(first);
    expect(chats.words(card)).toBe(`办理情况（1 项）\n${second} 示例`);
    const { outbox } = chats.other.database.rows;
    const row = await outbox.findUniqueOrThrow({ where: { key: 'in-words-later' } });
    expect(readable(contentOf(chats.other, row))).toBe(`办理情况（1 项）\n${second} 示例`);
  });

  /** @returns what the message was changed to once its reader was named in the report */
  const onceNamed = async (ref: string, message: Standing, name = OFFICER) => {
    expect(chats.words(message)).toContain(ref);
    expect(await chats.heldCard(message)).not.toBeNull();
    await chats.isNamedIn(ref, name);
    return chats.updatesOf(message).map(({ content }) => readable(content));
  };

  it('goes as a refusal too', async () => {
    const { ref } = await chats.filed();
    const refusal = await chats.says(OFFICER, `处置 ${ref}`);
    expect(refusal.content.kind).toBe('text');
    expect(await onceNamed(ref, refusal)).toEqual([GONE]);
  });

  it('goes as a table too, also from who may know its number alone', async () => {
    for (const name of [OFFICER, AUDITOR]) {
      const { ref } = await chats.filed();
      const table = await chats.says(name, `查阅记录 ${ref}`);
      expect(table.content.kind).toBe('table');
      expect(await onceNamed(ref, table, name)).toEqual([GONE]);
    }
  });

  it('goes where it stands in a row of a table', async () => {
    const { ref } = await chats.filed();
    const table = { kind: 'table', title: '示例', columns: ['编号'], rows: [[ref]], footer: [] } as const;
    const content = { ...table, columns: [...table.columns], rows: [[ref]], footer: [], actions: [] };
    const at = new Date(chats.time);
    const message = { key: `row:${ref}`, personId: chats.idOf(OFFICER), content, notBefore: at };
    await chats.other.database.write((rows) => enqueue(chats.other, rows, at, message));
    await chats.settle();
    expect(await onceNamed(ref, chats.latest(OFFICER))).toEqual([GONE]);
  });

  it('goes as the late result of a press too', async () => {
    const { ref, notice } = await chats.filed();
    chats.platform.onUpdate = async () => 'gone';
    const held = chats.other.database.write(() => wait(2500));
    expect(await chats.presses(OFFICER, notice, `处置 ${ref}`)).toMatchObject({ pending: true });
    await held;
    const latest = async () => {
      await chats.settle();
      return chats.latest(OFFICER).id;
    };
    await expect.poll(latest).not.toBe(notice.id);
    chats.platform.onUpdate = async () => 'updated';
    expect(await onceNamed(ref, chats.latest(OFFICER))).toContain(GONE);
  });

  it('stays where its reader had filed it himself', async () => {
    const { ref } = await chats.filed();
    const refusal = await chats.says(REPORTER, `补正 ${ref}`);
    expect(refusal.content.kind).toBe('text');
    expect(await onceNamed(ref, refusal, REPORTER)).toEqual([]);
  });

  it('goes from every copy of a list, though only the latest is kept true', async () => {
    const [first, second] = [(await chats.filed()).ref, (await chats.filed()).ref];
    const copies = [await chats.says(OFFICER, '待甄别'), await chats.says(OFFICER, '待甄别')];
    await chats.isNamedIn(first);
    for (const copy of copies) {
      expect(chats.words(copy)).not.toContain(first);
      expect(chats.words(copy)).toContain(second);
    }
    await chats.isNamedIn(second);
    for (const copy of copies) expect(chats.words(copy)).not.toContain(second);
  });
});

test('who asks for what was hidden from him before is told nothing by what becomes of the answer', async () => {
  const { ref } = await chats.filed();
  await chats.isNamedIn(ref);
  chats.platform.onSend = () => chats.step(OTHER_OFFICER, '受理', ref);
  const answer = await chats.says(OFFICER, `查看 ${ref}`);
  chats.platform.onSend = async () => {};
  await chats.settle();
  expect(chats.words(answer)).toContain(`没有找到编号「${ref}」`);
  expect(chats.updatesOf(answer)).toEqual([]);
});
