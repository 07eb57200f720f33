import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openBureau();
});

afterAll(() => bureau.close());

const answer = async (name: string, text: string): Promise<string> =>
  readable(lastFromBot(await bureau.say(name, text)).content);

/** Opens the form with the words, fills the rest in and sends it. @returns the toast and what stands there then */
async function fillIn(name: string, words: string, values: Record<string, unknown>) {
  const { messageId, content } = lastFromBot(await bureau.say(name, words));
  const filled = { ...formValues(content), ...values };
  const sent = await bureau.act(name, messageId, button(content, '提交'), filled);
  return { form: content, toast: sent.toast, shown: readable(sent.card ?? content) };
}

test('立项 opens a form with the terms of the rules, and the round waits for its problems', async () => {
  const values = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-11-16' };
  const { form, toast, shown } = await fillIn('程一禾', '立项', values);
  expect(formValues(form)).toMatchObject({ source: 'inspection', termMonths: '3', meeting: 'no' });
  expect(toast).toBe('已立项 Z2');
  expect(shown).toContain('请登记问题，再逐条登记措施，然后指派。');
  expect(await answer('程一禾', '查看 Z2')).toMatch(/^Z2 · 已立项\n示例审计整改\n来源：审计\n/);
});

test('加问题 and 加措施 need one line each, and what they add can be given out at once', async () => {
  expect(await answer('程一禾', '加问题 Z2 制度不健全')).toContain('已加问题 Z2-1\n现为「待分派」。');
  expect(await answer('程一禾', '加措施 Z2-1 修订经费管理办法')).toContain('已加措施 Z2-1-1\n');
  const said = '指派 Z2-1-1 责任领导 孟知行 责任人 许星阑 类别 长期坚持';
  expect(await answer('程一禾', said)).toContain('已指派 Z2-1-1');
  const whole = await answer('许星阑', '查看 Z2-1-1');
  expect(whole).toContain('类别：长期坚持');
  expect(whole).toContain('下次进展：2026-12-31，四季度');
  expect(await answer('许星阑', '本周督查')).toBe('本周没有需要您回复的整改事项。');
});

test('修改 shows what stands there, and the history keeps it', async () => {
  const { form, toast } = await fillIn('程一禾', '修改 Z2-1-1', { target: '示例目标', published: 'no' });
  expect(formValues(form)).toMatchObject({ title: '修订经费管理办法', published: 'yes' });
  expect(toast).toBe('已修改 Z2-1-1');
  const whole = await answer('程一禾', '查看 Z2-1-1');
  expect(whole).toContain('整改目标：示例目标\n不公开（不写入对外通报）');
  expect(whole).toContain('程一禾 修改：整改目标原为「（空）」，是否公开原为「公开」');
});

test('电话 opens a form with who answers for the item, and the week is answered', async () => {
  const { form, shown } = await fillIn('程一禾', '电话 Z2-1-1 已在征求意见', { answer: 'progress' });
  expect(formValues(form)).toMatchObject({ text: '已在征求意见', with: bureau.idOf('许星阑') });
  expect(shown).toContain('已记录电话答复 Z2-1-1');
  const told = readable(lastFromBot(await bureau.read('许星阑')).content);
  expect(told).toMatch(/^已记录您的电话答复\nZ2-1-1 .+\n程一禾 记录：已报进展，已在征求意见/);
  expect(await answer('许星阑', '查看 Z2-1-1')).toContain('（电话，程一禾记录）');
});

test('who is no officer makes no round; and a sentence that begins so is no word', async () => {
  expect(await answer('许星阑', '立项')).toMatch(/^您没有「立项」的权限/);
  const form = lastFromBot(await bureau.say('许星阑', '立项评审时李处长打电话让我关照示例项目')).content;
  expect(form).toMatchObject({ kind: 'form', title: '说情打招呼记录' });
});
