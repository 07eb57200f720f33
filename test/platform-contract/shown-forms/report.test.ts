import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormContent } from '../../../ledger/message.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';
import { countIn, fileReport, openForm, REPORT, submit } from '../report-form.ts';

const REPORTER = '林砚秋';
const OFFICER = '唐文澜';
const OTHER = '许星阑';

/** What stands in the choices until the reporter chooses something else. */
const STARTING = { channel: 'other', intercessorKind: 'unknown', stage: 'other', circumstances: ['other'] };

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const answered = async (name: string, words: string) => lastFromBot(await bureau.say(name, words)).content;
const asked = async (name: string, words: string) => readable(await answered(name, words));
const reportsInLedger = async () => countIn(await asked(OFFICER, '台账 说情打招呼记录'));

describe('我要报告', () => {
  it('opens the form with nothing but starting values for its choices, and nothing is in the ledger', async () => {
    const form = (await answered(REPORTER, '我要报告')) as FormContent;
    expect(form).toMatchObject({ kind: 'form', title: '说情打招呼记录' });
    expect(formValues(form)).toEqual(STARTING);
    expect(form.fields.filter(({ required }) => required).map(({ label }) => label)).toEqual([
      '事发时间',
      '方式',
      '过问干预人姓名',
      '人员类别',
      '涉及环节',
      '情形',
      '具体内容',
      '当场答复',
      '本人承诺以上内容如实',
    ]);
    expect(await reportsInLedger()).toBe(0);
  });

  it('opens with what a sentence told already, and nothing is in the ledger before it is sent', async () => {
    const sentence = '昨天下午三点李处长打电话让我在示例平台项目评审中关照';
    const form = await answered(REPORTER, sentence);
    expect(formValues(form)).toEqual({
      happenedAt: '2026-11-22T15:00',
      channel: 'phone',
      intercessorName: '李处长',
      intercessorPost: '处长',
      intercessorKind: 'unknown',
      stage: 'review',
      projectName: '示例平台项目',
      circumstances: ['favour-score'],
      content: sentence,
    });
    expect(await reportsInLedger()).toBe(0);
    expect(await asked(REPORTER, '我的报告')).toBe('我的报告：暂无事项');
  });

  it('behind the word takes the sentence too', async () => {
    const form = await answered(REPORTER, '我要报告 昨天下午三点李处长打电话让我在评审中关照');
    expect(formValues(form)).toMatchObject({ happenedAt: '2026-11-22T15:00', intercessorName: '李处长' });
  });

  it('is given up without a trace', async () => {
    const form = await openForm(bureau, REPORTER, '我要报告');
    const answer = await bureau.act(REPORTER, form.messageId, form.abandon, REPORT);
    expect(answer.toast).toBe('已放弃，未作任何登记。');
    expect(await reportsInLedger()).toBe(0);
  });

  it('can be opened again with the button it was opened with, after it was given up', async () => {
    const ref = await fileReport(bureau, REPORTER);
    const card = lastFromBot(await bureau.say(REPORTER, `查看 ${ref}`));
    const withdraw = button(card.content, '撤回');
    for (const _ of ['once', 'again']) {
      await bureau.act(REPORTER, card.messageId, withdraw);
      const form = lastFromBot(await bureau.read(REPORTER));
      expect(form.content).toMatchObject({ kind: 'form', title: `撤回 ${ref}` });
      await bureau.act(REPORTER, form.messageId, button(form.content, '放弃'));
    }
    await bureau.say(REPORTER, `撤回 ${ref}`);
  });

  it('says everything that is missing at once, and keeps what was filled in', async () => {
    const form = await openForm(bureau, REPORTER, '我要报告');
    const { toast, card } = await submit(bureau, REPORTER, form, { content: '只写了内容', place: '办公室' });
    expect(toast).toBe(
      '有 8 项需要修改：「事发时间」必填；「方式」必填；「过问干预人姓名」必填；「人员类别」必填；「涉及环节」必填；「情形」必填；「当场答复」必填；「本人承诺以上内容如实」请先勾选。',
    );
    expect(formValues(card as FormContent)).toEqual({ content: '只写了内容', place: '办公室' });
  });
});

describe('a report', () => {
  it('is answered with a receipt whose number is random and tells nothing', async () => {
    const refs = [await fileReport(bureau, REPORTER), await fileReport(bureau, REPORTER)];
    for (const ref of refs) expect(ref).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(refs[0]?.slice(0, 4)).not.toBe(refs[1]?.slice(0, 4));
    expect(await asked(REPORTER, `核验 ${refs[0]}`)).toContain(`${refs[0]} 完好`);
  });

  it('is found by who filed it, and does not exist for a colleague', async () => {
    const ref = await fileReport(bureau, REPORTER);
    expect(await asked(REPORTER, '我的报告')).toContain(`${ref} 说情打招呼记录\n已提交`);
    expect(await asked(REPORTER, `查看 ${ref.toLowerCase()}`)).toContain(
      '具体内容：来电请求在评审中关照其项目。',
    );
    const unknown = (typed: string) => `没有找到编号「${typed}」，或它不在您可以查看的范围内。请核对编号。`;
    expect(await asked(OTHER, `查看 ${ref}`)).toBe(unknown(ref));
    expect(await asked(OTHER, '查看 ZZZZ-ZZZ9')).toBe(unknown('ZZZZ-ZZZ9'));
    expect(countIn(await asked(OTHER, '台账 说情打招呼记录'))).toBe(0);
  });

  it('goes by an officer from 受理 to 归档, and who filed it is told of every step', async () => {
    await bureau.read(OFFICER);
    const ref = await fileReport(bureau, REPORTER);
    const notice = lastFromBot(await bureau.read(OFFICER));
    expect(readable(notice.content)).toBe(`有新的说情打招呼记录\n${ref} 已提交，请受理。`);

    const accepted = await bureau.act(OFFICER, notice.messageId, button(notice.content, '受理'));
    expect(accepted.toast).toBe(`已受理 ${ref}`);
    expect(await asked(REPORTER, '我的报告')).toContain(`${ref} 说情打招呼记录\n已受理`);

    expect(await asked(OFFICER, `开始甄别 ${ref}`)).toContain('现为「甄别中」');
    const screening = await openForm(bureau, OFFICER, `甄别 ${ref} 核对了通话记录`);
    const screened = await submit(bureau, OFFICER, screening, {
      conclusion: 'inquiry',
      reason: '核对了通话记录',
    });
    expect(readable(screened.card as FormContent)).toContain('现为「一般过问·登记」');

    const disposal = await openForm(bureau, OFFICER, `处置 ${ref}`);
    await submit(bureau, OFFICER, disposal, { disposal: 'reminder', detail: '已当面提醒' });
    expect(await asked(OFFICER, `反馈 ${ref} 已提醒当事人，感谢记录`)).toContain('现为「已反馈记录人」');
    const seen = await asked(OFFICER, `查看 ${ref}`);
    expect(await asked(OFFICER, `归档 ${ref}`)).toContain('现为「已归档」');

    const told = (await bureau.read(REPORTER)).map(({ content }) => readable(content));
    for (const state of ['甄别完成，正在办理', '处置中', '已向您反馈', '已归档'])
      expect(told.join('\n\n')).toContain(`您的记录有新进展\n${ref} 现为「${state}」。`);

    expect(seen).toMatch(
      /林砚秋 登记\n.*唐文澜 受理\n.*唐文澜 开始甄别\n.*唐文澜 甄别.*\n.*唐文澜 处置.*\n.*唐文澜 反馈/,
    );
    expect(seen).toContain('甄别结论：一般过问·登记。核对了通话记录');
    const own = await asked(REPORTER, `查看 ${ref}`);
    expect(own).toContain('反馈\n已提醒当事人，感谢记录');
    expect(own).not.toContain('核对了通话记录');
    expect(own).not.toContain('已当面提醒');
  });

  it('takes no step out of its order, and says what is possible', async () => {
    const ref = await fileReport(bureau, REPORTER);
    expect(await asked(OFFICER, `归档 ${ref}`)).toBe(
      `${ref} 现为「已提交」，不能「归档」；处于「正常履职·备查」「已反馈记录人」时才可以。`,
    );
    expect(await asked(OFFICER, `查看 ${ref}`)).toContain(`${ref} · 已提交`);
  });

  it('that has to be supplemented comes back to who filed it, and then to the officer', async () => {
    const ref = await fileReport(bureau, REPORTER);
    await bureau.say(OFFICER, `受理 ${ref}`);
    await bureau.say(OFFICER, `查看 ${ref}`);
    const form = await openForm(bureau, OFFICER, `甄别 ${ref}`);
    await submit(bureau, OFFICER, form, { conclusion: 'returned', reason: '请补充来电号码' });
    expect(await asked(REPORTER, `查看 ${ref}`)).toContain('退回补正。请补充来电号码');
    expect(await asked(REPORTER, `补正 ${ref} 号码尾号 0000`)).toContain('现为「已提交」');
    expect(await asked(OFFICER, `查看 ${ref}`)).toContain('补充说明\n号码尾号 0000');
  });
});
