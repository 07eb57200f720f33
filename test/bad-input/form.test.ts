import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActionAnswer } from '../../bot/platform.ts';
import type { FormContent } from '../../ledger/message.ts';
import { type Bureau, formValues, lastFromBot, openBureau, readAnswer, readable } from '../harness.ts';
import { type OpenForm, openForm, REPORT, submit } from '../platform-contract/report-form.ts';
import { isChineseSentence } from './request.ts';

const STAFF = '林砚秋';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const asked = (name: string, words: string) => readAnswer(bureau, name, words);
const reports = async () => Number(/（(\d+) 项）/.exec(await asked(STAFF, '我的报告'))?.[1] ?? 0);
const errorsIn = ({ card }: ActionAnswer) =>
  Object.fromEntries(
    (card as FormContent).fields.flatMap(({ name, error }) => (error ? [[name, error]] : [])),
  );

describe('a field', () => {
  let form: OpenForm;
  beforeEach(async () => {
    form = await openForm(bureau, STAFF, '我要报告');
  });

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    [
      'an event that lies ahead',
      { happenedAt: '2026-11-23T23:00' },
      { happenedAt: '事发时间 2026-11-23 23:00 还没有到，现在是 2026-11-23 周一 09:00' },
    ],
    [
      'a day that the calendar does not have',
      { happenedAt: '2026-02-30T10:00' },
      { happenedAt: '时间应形如 2026-03-31 15:00' },
    ],
    [
      'an event long past without a reason',
      { happenedAt: '2020-01-01T10:00' },
      { lateReason: '事发已超过 24 小时，请简单写明补报原因' },
    ],
    [
      'a text of 100,000 characters',
      { content: '长'.repeat(100_000) },
      { content: '最多 5000 字，现有 100000 字，请删减后再提交' },
    ],
    ['an option that was not offered', { channel: 'pigeon' }, { channel: '请从列出的选项中选择一项' }],
    ['an option that every object has', { channel: 'constructor' }, { channel: '请从列出的选项中选择一项' }],
    [
      '1,000 options that were not offered',
      { circumstances: Array.from({ length: 1000 }, (_, index) => `option-${index}`) },
      { circumstances: '请从列出的选项中选择' },
    ],
    ['a promise that is not given', { promise: false }, { promise: '请先勾选' }],
    ['a required text of spaces', { intercessorName: ' \u3000 ' }, { intercessorName: '必填' }],
  ])('that holds %s is named, and all that was typed is still there', async (_what, wrong, errors) => {
    const before = await reports();
    const typed = { ...REPORT, place: '办公室', ...wrong };
    const answer = await submit(bureau, STAFF, form, typed);
    expect(errorsIn(answer)).toEqual(errors);
    expect(isChineseSentence(answer.toast ?? '')).toBe(true);
    const kept = Object.entries(typed).filter(
      ([name]) => !(name === 'promise' || name === 'intercessorName'),
    );
    expect(formValues(answer.card as FormContent)).toMatchObject(Object.fromEntries(kept));
    expect(await reports()).toBe(before);

    const mended = await submit(bureau, STAFF, form, { ...typed, ...REPORT });
    expect(mended.toast).toMatch(/^已收到您的记录/);
    expect(await reports()).toBe(before + 1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a list for a text', { content: ['一', '二'] }],
    ['a yes for a text', { content: true }],
    ['a list for one choice', { channel: ['phone', 'sms'] }],
    ['a list for a time', { happenedAt: ['2026-11-22T15:00'] }],
    ['a yes for a time', { happenedAt: true }],
  ])('that holds %s is refused in Chinese, and nothing is recorded', async (_what, wrong) => {
    const before = await reports();
    const answer = await submit(bureau, STAFF, form, { ...REPORT, ...wrong });
    for (const error of Object.values(errorsIn(answer))) expect(error).toSatisfy(isChineseSentence);
    expect(Object.keys(errorsIn(answer))).toEqual(Object.keys(wrong));
    expect(await reports()).toBe(before);
  });

  it('takes the same option 1,000 times as once', async () => {
    const answer = await submit(bureau, STAFF, form, {
      ...REPORT,
      circumstances: Array(1000).fill('lobbying'),
    });
    const ref = /\S{9}$/.exec(answer.toast ?? '')?.[0];
    expect(await asked(STAFF, `查看 ${ref}`)).toContain('情形：游说说情\n');
  });

  it('keeps markup, formulas and direction marks as text in the ledger', async () => {
    const content = '=HYPERLINK("http://x") <at user_id="all"> **粗** \u202E反 👨‍👩‍👧 \u0000 尾';
    const answer = await submit(bureau, STAFF, form, { ...REPORT, content });
    const ref = /\S{9}$/.exec(answer.toast ?? '')?.[0];
    // What is no text is left out.
    expect(await asked(STAFF, `查看 ${ref}`)).toContain(`具体内容：${content.replace('\u0000', '')}`);
    expect(await asked(STAFF, `核验 ${ref}`)).toContain('完好');
  });

  it('that the form does not have is passed over', async () => {
    const answer = await submit(bureau, STAFF, form, {
      ...REPORT,
      state: 'archived',
      reporter: 'x',
      isAdmin: true,
    });
    const ref = /\S{9}$/.exec(answer.toast ?? '')?.[0];
    expect(await asked(STAFF, `查看 ${ref}`)).toContain(`${ref} · 已提交`);
  });
});

describe('a form that is sent twice', () => {
  it('records once and says so, with the receipt still there', async () => {
    const before = await reports();
    const form = await openForm(bureau, STAFF, '我要报告');
    const first = await submit(bureau, STAFF, form, REPORT);
    const second = await submit(bureau, STAFF, form, { ...REPORT, content: '改了几个字再发' });
    expect(second.toast).toBe('这份表单已提交过，没有重复登记。');
    expect(readable(second.card as FormContent)).toContain(/\S{9}$/.exec(first.toast ?? '')?.[0]);
    expect(await reports()).toBe(before + 1);
  });

  it('records once when both are under way at the same moment, whatever they say', async () => {
    const before = await reports();
    const form = await openForm(bureau, STAFF, '我要报告');
    const answers = await Promise.all(
      [REPORT, REPORT, { ...REPORT, content: '另一种说法' }, { ...REPORT, content: '' }].map((values) =>
        submit(bureau, STAFF, form, values),
      ),
    );
    expect(answers.filter(({ toast }) => toast?.startsWith('已收到您的记录')).length).toBeGreaterThan(0);
    for (const { toast = '' } of answers) expect(toast).toMatch(/^已收到您的记录|没有重复登记|需要修改/);
    expect(await reports()).toBe(before + 1);
  });

  it('after it was given up records nothing', async () => {
    const before = await reports();
    const form = await openForm(bureau, STAFF, '我要报告');
    await bureau.act(STAFF, form.messageId, form.abandon);
    expect((await submit(bureau, STAFF, form, REPORT)).toast).toBe('这份表单已放弃。');
    expect(await reports()).toBe(before);
  });
});

describe('a form of somebody else', () => {
  it('is not found, by its message or by its number, and stays as it is', async () => {
    const form = await openForm(bureau, STAFF, '我要报告');
    const foreign = await bureau.post('/chat/api/act', {
      person: bureau.idOf('许星阑'),
      messageId: form.messageId,
      action: form.submit,
      form: REPORT,
    });
    expect(foreign).toEqual({
      status: 400,
      body: { error: { code: 'unknown-entry', message: '没有这张卡片。' } },
    });
    const own = lastFromBot(await bureau.say('许星阑', '帮助'));
    const answer = await bureau.act('许星阑', own.messageId, form.submit, REPORT);
    expect(answer.toast).toBe('没有找到这份表单，它可能已过期。请重新打开。');
    expect(await asked('许星阑', form.submit)).toBe('没有找到这份表单，它可能已过期。请重新打开。');
    expect((await submit(bureau, STAFF, form, REPORT)).toast).toMatch(/^已收到您的记录/);
  });
});
