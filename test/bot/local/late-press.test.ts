import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ledgers } from '../../../ledger/ledgers.ts';
import { openStore } from '../../../open-store.ts';
import { type ChatMessage, openBureau } from '../../harness.ts';

/** Longer than whoever presses waits. */
const HELD_MS = 3000;

it('tells who presses while another process writes that the result comes later, and then shows it', async () => {
  const bureau = await openBureau();
  const [help] = (await bureau.say('程一禾', '帮助')).filter(({ from }) => from === 'bot');
  const other = await openStore(bureau.environment, ledgers);
  const held = other.database.write(() => wait(HELD_MS));
  const answer = await bureau.act('程一禾', help?.messageId ?? '', '帮助 申请销号');
  expect(answer).toMatchObject({ pending: true, toast: expect.stringContaining('有结果会告诉您') });
  await held;
  await other.database.close();
  const window = () => bureau.get(`/chat/api/messages?person=${bureau.idOf('程一禾')}&after=0`);
  const pressed = async () =>
    ((await window()) as ChatMessage[]).find(({ messageId }) => messageId === help?.messageId);
  await expect
    .poll(async () => JSON.stringify(await pressed()), { timeout: 10_000 })
    .toContain('附上佐证文件后申请销号');
  await bureau.close();
});
