import { expect, it } from 'vitest';
import { openBureau } from '../../harness.ts';

it('carries out nothing that is pressed in a group', async () => {
  const bureau = await openBureau();
  const messages = await bureau.say('程一禾', '台账', { group: true });
  const answer = messages.findLast(({ from }) => from === 'bot');
  expect(await bureau.act('程一禾', answer?.messageId ?? '', '台账')).toEqual({ toast: '请私聊我。' });
  await bureau.close();
});
