import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgers } from '../ledger/ledgers.ts';
import type { FormContent } from '../ledger/message.ts';
import { advanceReport } from './extensibility/advance-report/advance-report.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from './harness.ts';

/** A staff member, and two 纪检监察员. */
const STAFF = '林砚秋';
const OFFICER = '唐文澜';
const SECRETARY = '田守正';

const REPORT = { matter: '示例采购', area: 'procurement', beginsOn: '2026-12-10', plan: '公开招标。' };

describe('a third ledger, given as one folder and one word in a list', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau({ world: { ledgers: [...ledgers, advanceReport] } });
  });
  afterAll(() => bureau.close());

  const asked = async (name: string, words: string) => lastFromBot(await bureau.say(name, words)).content;

  it('is in the help of each person with what that person may do', async () => {
    expect(readable(await asked(STAFF, '帮助'))).toMatch(
      /重点工作报备\n报备：重点工作实施前报备\n我的报备：/,
    );
    expect(readable(await asked(STAFF, '帮助'))).not.toContain('备案 <编号>');
    expect(readable(await asked(OFFICER, '帮助'))).toContain(
      '备案 <编号> <备案意见>：对报备事项出具意见并备案',
    );
  });

  it('opens its form by its word, though the word was known before as not enabled', async () => {
    const form = await asked(STAFF, '报备');
    expect(form).toMatchObject({ kind: 'form', title: '重点工作报备' });
    expect((form as FormContent).fields.map(({ label }) => label)).toEqual([
      '工作事项',
      '领域',
      '拟实施日期',
      '工作方案',
    ]);
  });

  it('opens its form by a sentence, and leaves sentences of other ledgers to them', async () => {
    const form = await asked(STAFF, '下月拟实施科技奖励采购');
    expect(formValues(form)).toEqual({ matter: '科技奖励采购', plan: '下月拟实施科技奖励采购' });
    const other = await asked(STAFF, '昨天下午三点李处长打电话让我在示例项目评审中关照');
    expect(other).toMatchObject({ kind: 'form', title: '说情打招呼记录' });
  });

  it('refuses by its own rule, beside the field', async () => {
    const message = lastFromBot(await bureau.say(STAFF, '报备'));
    const submit = button(message.content, '提交');
    const answer = await bureau.act(STAFF, message.messageId, submit, { ...REPORT, beginsOn: '2026-11-22' });
    const wrong = (answer.card as FormContent).fields.find(({ name }) => name === 'beginsOn');
    expect(wrong?.error).toBe('2026-11-22 已经过去，应在实施前报备');
    expect(formValues(answer.card as FormContent)).toEqual({ ...REPORT, beginsOn: '2026-11-22' });
  });

  it('is filed, moved and finished, and everybody concerned is told', async () => {
    await bureau.read(OFFICER);
    const form = lastFromBot(await bureau.say(STAFF, '报备'));
    const sent = await bureau.act(STAFF, form.messageId, button(form.content, '提交'), REPORT);
    expect(sent.toast).toBe('已收到报备 B1');

    const notice = lastFromBot(await bureau.read(OFFICER));
    expect(readable(notice.content)).toBe('有新的报备\nB1 待备案。');
    await bureau.act(OFFICER, notice.messageId, button(notice.content, '备案'));
    const opinion = lastFromBot(await bureau.read(OFFICER));
    const filed = await bureau.act(OFFICER, opinion.messageId, button(opinion.content, '提交'), {
      opinion: '同意。',
    });
    expect(filed.toast).toBe('已备案 B1');
    expect(readable(lastFromBot(await bureau.read(STAFF)).content)).toBe('报备已备案\nB1 可以实施。');

    expect(readable(await asked(STAFF, '实施完毕 B1'))).toContain('现为「已实施」');
    const shown = readable(await asked(STAFF, '查看 B1'));
    expect(shown).toContain('领域：采购');
    expect(shown).toContain('备案意见\n同意。');
    expect(shown).toMatch(/林砚秋 登记\n.* 唐文澜 备案\n.* 林砚秋 实施完毕/);
  });

  it('is in 我的…, in 台账 with its name and its states, and hidden from who may not see it', async () => {
    expect(readable(await asked(STAFF, '我的报备'))).toContain('我的报备（1 项）\nB1 示例采购\n已实施');
    expect(readable(await asked(OFFICER, '台账 重点工作报备'))).toContain('共 1 项');
    expect(readable(await asked(OFFICER, '台账 已实施'))).toContain('B1 示例采购');
    expect(readable(await asked(OFFICER, '台账 待备案'))).not.toContain('B1');
    expect(readable(await asked('许星阑', '台账 重点工作报备'))).not.toContain('B1');
    expect(readable(await asked('许星阑', '查看 B1'))).toContain('没有找到编号「B1」');
  });

  it('is in the figures of who oversees it, with its own table', async () => {
    const first = await asked(OFFICER, '统计');
    expect(readable(first)).toContain('重点工作报备：已实施 1');
    const own = await asked(OFFICER, button(first, '重点工作报备统计'));
    expect(own).toMatchObject({ kind: 'table', title: '重点工作报备统计' });
    expect(readable(own)).toContain('采购 1');
    expect(readable(await asked('程一禾', '统计'))).not.toContain('重点工作报备');
  });

  it('is in the digest of the week', async () => {
    await bureau.read(SECRETARY);
    await bureau.moveClock('2026-11-30T00:31:00.000Z');
    const digest = (await bureau.read(SECRETARY)).find(({ content }) =>
      readable(content).includes('清廉周报'),
    );
    expect(readable(digest?.content ?? { kind: 'text', text: '' })).toContain(
      '重点工作报备\n上周新增 1 · 办结 1\n在办 0',
    );
  });
});
