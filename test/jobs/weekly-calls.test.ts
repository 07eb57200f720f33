import { expect, test } from 'vitest';
import type { NoticeContent } from '../../ledger/message.ts';
import { button, formValues, lastFromBot, openBureau } from '../harness.ts';
import { asCard } from './at-work.ts';

/** The section that names whom to phone. */
const callsOn = ({ sections }: NoticeContent) =>
  sections.find(({ heading }) => heading?.startsWith('需电话了解'));

test('one button records one call about all of a person’s items, and they are not asked about any more', async () => {
  const bureau = await openBureau();
  await bureau.say('程一禾', '指派 Z1-1-1,Z1-1-2 责任领导 孟知行 责任人 方远山 时限 2027-01-31');
  await bureau.moveClock('2026-12-11T07:00:00Z');
  const { messageId, content } = lastFromBot(await bureau.read('程一禾'));
  const [call] = callsOn(asCard(content))?.actions ?? [];
  expect(call).toMatchObject({ label: '电话 方远山', action: '电话 Z1-1-1,Z1-1-2' });
  await bureau.act('程一禾', messageId, call?.action ?? '');
  const form = lastFromBot(await bureau.read('程一禾'));
  const values = { ...formValues(form.content), answer: 'planned', text: '均按计划推进' };
  await bureau.act('程一禾', form.messageId, button(form.content, '提交'), values);
  const { title, sections } = asCard(lastFromBot(await bureau.read('方远山')).content);
  expect([title, sections.length]).toEqual(['已记录您的电话答复', 2]);
  const summary = asCard(lastFromBot(await bureau.say('程一禾', '本周督查')).content);
  expect(callsOn(summary)).toBeUndefined();
  await bureau.close();
});
