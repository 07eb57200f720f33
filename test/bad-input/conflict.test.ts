import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormContent } from '../../ledger/message.ts';
import {
  type Bureau,
  button,
  formValues,
  lastFromBot,
  openBureau,
  readAnswer,
  readable,
} from '../harness.ts';
import { fileReport, openForm, submit } from '../platform-contract/report-form.ts';

const STAFF = '林砚秋';
const OFFICER = '唐文澜';
const SECOND_OFFICER = '姜明澈';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const asked = (name: string, words: string) => readAnswer(bureau, name, words);

describe('a button', () => {
  it('on what a person typed is none', async () => {
    const typed = (await bureau.say(STAFF, '我的报告')).find(({ from }) => from === 'person');
    const answer = await bureau.post('/chat/api/act', {
      person: bureau.idOf(STAFF),
      messageId: typed?.messageId,
      action: '帮助',
    });
    expect(answer).toEqual({
      status: 400,
      body: { error: { code: 'unknown-entry', message: '没有这张卡片。' } },
    });
  });

  it('with an unknown action is answered like unknown words', async () => {
    const card = lastFromBot(await bureau.say(STAFF, '我的报告'));
    const { toast } = await bureau.act(STAFF, card.messageId, '飞天遁地 1-1');
    expect(toast).toMatch(/^没有听懂「飞天遁地 1-1」/);
  });

  it('on an old card does nothing, and says that the entry has changed', async () => {
    await bureau.read(OFFICER);
    const ref = await fileReport(bureau, STAFF);
    const card = lastFromBot(await bureau.say(OFFICER, `查看 ${ref}`));
    const accept = button(card.content, '受理');
    await bureau.say(SECOND_OFFICER, `受理 ${ref}`);
    const answer = await bureau.act(OFFICER, card.messageId, accept);
    expect(answer.toast).toBe(`${ref} 刚刚已有变动，本次操作未生效。请查看最新情况后再操作。`);
    expect(readable(answer.card as FormContent)).toContain(`${ref} · 已受理`);
    expect((await asked(OFFICER, `查看 ${ref}`)).match(/ 受理$/gm)).toHaveLength(1);
  });

  it('on an old card that was pressed already does nothing more', async () => {
    await bureau.read(OFFICER);
    const ref = await fileReport(bureau, STAFF);
    const notice = lastFromBot(await bureau.read(OFFICER));
    const accept = button(notice.content, '受理');
    const presses = await Promise.all([1, 2, 3].map(() => bureau.act(OFFICER, notice.messageId, accept)));
    expect(presses.filter(({ toast }) => toast === `已受理 ${ref}`).length).toBeGreaterThan(0);
    await bureau.act(OFFICER, notice.messageId, accept);
    expect((await asked(OFFICER, `查看 ${ref}`)).match(/ 受理$/gm)).toHaveLength(1);
  });
});

describe('two people who move the same entry at once', () => {
  it('with buttons: one does, the other is told, and there is one step in the history', async () => {
    await bureau.read(OFFICER);
    await bureau.read(SECOND_OFFICER);
    const ref = await fileReport(bureau, STAFF);
    const press = async (name: string) => {
      const { messageId, content } = lastFromBot(await bureau.read(name));
      return () => bureau.act(name, messageId, button(content, '受理'));
    };
    const both = [await press(OFFICER), await press(SECOND_OFFICER)];
    const toasts = (await Promise.all(both.map((go) => go()))).map(({ toast = '' }) => toast);
    expect(toasts.filter((toast) => toast === `已受理 ${ref}`)).toHaveLength(1);
    expect(toasts.filter((toast) => toast.includes(`${ref} 刚刚已有变动`))).toHaveLength(1);
    expect((await asked(OFFICER, `查看 ${ref}`)).match(/ 受理$/gm)).toHaveLength(1);
  });

  it('with forms: the slower one gets back what was typed, since it cannot be sent any more', async () => {
    const ref = await fileReport(bureau, STAFF);
    await bureau.say(OFFICER, `受理 ${ref}`);
    for (const name of [OFFICER, SECOND_OFFICER]) await bureau.say(name, `查看 ${ref}`);
    const forms = {
      quick: await openForm(bureau, OFFICER, `甄别 ${ref}`),
      slow: await openForm(bureau, SECOND_OFFICER, `甄别 ${ref}`),
    };
    await submit(bureau, OFFICER, forms.quick, { conclusion: 'routine', reason: '正常履职' });
    const typed = { conclusion: 'inquiry', reason: '写了很久的一段理由' };
    const { toast, card } = await submit(bureau, SECOND_OFFICER, forms.slow, typed);
    expect(toast).toBe(`${ref} 现为「正常履职·备查」，不能「甄别」；处于「已受理」「甄别中」时才可以。`);
    expect(readable(card as FormContent)).toBe(
      `${toast}\n您填写的内容（未登记）\n甄别结论：一般过问·登记\n理由：写了很久的一段理由`,
    );
    const shown = await bureau.get(`/chat/api/messages?person=${bureau.idOf(SECOND_OFFICER)}&after=0`);
    expect(JSON.stringify(shown)).toContain('写了很久的一段理由');
    expect((await asked(OFFICER, `查看 ${ref}`)).match(/ 甄别/gm)).toHaveLength(1);
  });

  it('with forms: the slower one is shown anew where it can still be sent, and then has its effect', async () => {
    const ref = await fileReport(bureau, STAFF);
    await bureau.say(OFFICER, `受理 ${ref}`);
    await bureau.say(SECOND_OFFICER, `查看 ${ref}`);
    const slow = await openForm(bureau, SECOND_OFFICER, `甄别 ${ref}`);
    await bureau.say(OFFICER, `开始甄别 ${ref}`);
    const typed = { conclusion: 'inquiry', reason: '核对过' };
    const refused = await submit(bureau, SECOND_OFFICER, slow, typed);
    expect(refused.toast).toContain(`${ref} 刚刚已有变动，本次操作未生效`);
    expect(formValues(refused.card as FormContent)).toEqual(typed);
    expect((await submit(bureau, SECOND_OFFICER, slow, typed)).toast).toBe(`已甄别 ${ref}`);
  });

  it('with words: the second is told how it stands now', async () => {
    const ref = await fileReport(bureau, STAFF);
    const said = await Promise.all([OFFICER, SECOND_OFFICER].map((name) => asked(name, `受理 ${ref}`)));
    expect(said.filter((answer) => answer.startsWith(`已受理 ${ref}`))).toHaveLength(1);
    expect(said.filter((answer) => answer.startsWith(`${ref} 现为「已受理」，不能「受理」`))).toHaveLength(1);
  });
});
