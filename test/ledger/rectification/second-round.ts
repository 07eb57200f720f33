import { type Bureau, button, lastFromBot, openBureau } from '../../harness.ts';

/** The sample bureau with a second round, Z2, that was written down in the chat and has no problem yet. */
export async function openWithSecondRound(): Promise<Bureau> {
  const bureau = await openBureau();
  const form = lastFromBot(await bureau.say('程一禾', '立项'));
  const values = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-11-16' };
  await bureau.act('程一禾', form.messageId, button(form.content, '提交'), values);
  return bureau;
}
