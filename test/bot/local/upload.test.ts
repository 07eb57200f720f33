import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ChatClient } from '../../../bot/local/chat-client.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import { openStore } from '../../../open-store.ts';
import { type Bureau, lastFromBot, openBureau, readable } from '../../harness.ts';
import * as sample from '../../ledger/attachment/sample-files.ts';

const REPORTER = '林砚秋';
const MEGABYTE = 1024 * 1024;

let bureau: Bureau;
let chat: ChatClient;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say(REPORTER, '我要报告');
});
beforeEach(() => {
  chat = new ChatClient(bureau.service.address);
});
afterAll(() => bureau.close());

const upload = (name: string, bytes: Uint8Array, id?: string) =>
  chat.sendFile(bureau.idOf(REPORTER), name, bytes, id === undefined ? {} : { id });

/** How many files are kept, as another process sees it. */
async function kept(): Promise<number> {
  const store = await openStore(bureau.environment, ledgers);
  const count = await store.database.rows.attachment.count();
  await store.database.close();
  return count;
}

it('that is sent twice under one name is one file and one answer, also across a restart', async () => {
  const id = randomUUID();
  await bureau.read(REPORTER);
  const answers = await Promise.all([
    upload('来函.pdf', sample.pdf(), id),
    upload('来函.pdf', sample.pdf(), id),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await bureau.restart();
  chat = new ChatClient(bureau.service.address);
  expect(await upload('来函.pdf', sample.pdf(), id)).toMatchObject({ status: 200 });
  await bureau.service.idle();
  const said = (await bureau.read(REPORTER)).filter(({ from }) => from === 'bot');
  expect(said.map(({ content }) => readable(content))).toEqual([
    '已收到 1 个文件（文档，2 KB），提交表单时一并归入；现有 1 个。',
  ]);
  expect(await kept()).toBe(1);
});

it('that is too large, empty or of another kind is refused with a sentence, and nothing is kept of it', async () => {
  const before = await kept();
  const long = await upload('长.txt', Buffer.alloc(20 * MEGABYTE + 1, 'x'));
  expect(long).toMatchObject({ status: 413, body: { error: { message: '请求超过 20MB，未处理。' } } });
  const refused = await upload('说明.docx', sample.docm());
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('这种文件不能作为佐证');
  expect(JSON.stringify((await upload('空.txt', Buffer.alloc(0))).body)).toContain('0 字节');
  expect(await kept()).toBe(before);
});

it('for nobody, or from a page elsewhere, is refused before it is kept', async () => {
  const before = await kept();
  expect((await chat.sendFile('nobody', 'a.png', sample.png())).status).toBe(400);
  const elsewhere = await fetch(`${bureau.service.address}/chat/api/file?person=x&name=a.png`, {
    method: 'POST',
    headers: { origin: 'https://example.org' },
    body: new Uint8Array(sample.png()),
  });
  expect(elsewhere.status).toBe(403);
  expect(await kept()).toBe(before);
});

it('with a form that is given up goes with it', async () => {
  const { content, messageId } = lastFromBot(await bureau.say(REPORTER, '我要报告'));
  const before = await kept();
  await bureau.sendFile(REPORTER, { name: 'b.png', bytes: sample.png() });
  expect(await kept()).toBe(before + 1);
  const abandon = content.kind === 'form' ? (content.actions[1]?.action ?? '') : '';
  await bureau.act(REPORTER, messageId, abandon);
  expect(await kept()).toBe(before);
});
