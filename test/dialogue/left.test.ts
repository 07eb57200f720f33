import { describe, expect, it } from 'vitest';
import { say as step } from '../jobs/at-work.ts';
import { BY_PAGE, type Talk } from './talk.ts';
import { AT, HIS, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const his = (...texts: string[]) => talk.sayAll(HIS, texts);
const states = async () => (await talk.drafts(HIS)).map(({ state }) => state);
const askElsewhere = () =>
  step(talk.store, HIS, ['申请延期', 'Z1-1-1'], AT, { to: '2027-01-10', reason: '示例' });

describe('a form that is not possible any more', () => {
  it('is passed over and said, with what was typed, and the one before it is taken up', async () => {
    await his('有困难 Z1-1-1');
    talk.passMinutes(1);
    await his('申请延期 Z1-1-1', '2027-01-15');
    await askElsewhere();
    talk.passMinutes(31);
    const resumed = await his('继续填写');
    expect(resumed).toMatch(/上次没填完的一份现在不能办理：Z1-1-1 已申请延期至 2027-01-10/u);
    expect(resumed).toContain('延期至：2027-01-15');
    expect(resumed).toContain('【有困难 Z1-1-1】');
    expect(await states()).toContain('abandoned');
    expect(await his('示例困难', '提交', '提交')).toContain('已回复「有困难」');
    expect(await his('继续填写')).toBe('没有没填完的表单。');
  });

  it('is said once where nothing else is open', async () => {
    await his('申请延期 Z1-1-1');
    await askElsewhere();
    talk.passMinutes(31);
    expect(await his('继续填写')).toMatch(/^上次没填完的一份现在不能办理：.*\n没有没填完的表单。$/u);
    expect(await his('继续填写')).toBe('没有没填完的表单。');
  });
});

describe('a form that is open on a page', () => {
  const TITLE = '说情打招呼记录';

  async function openBoth(): Promise<void> {
    await his('我要报告');
    talk.passMinutes(1);
    await his('申请延期 Z1-1-1');
  }

  it('can be discarded in the chat, once that is confirmed', async () => {
    talk.platform = BY_PAGE;
    const link = await his('昨天下午三点王处长打电话让我在示例项目评审中关照');
    expect(link).toContain(`不想填了，回复「放弃 ${TITLE}」可以丢弃这份表单。`);
    for (const word of ['取消', '放弃'])
      expect(await his(word)).toMatch(
        new RegExp(`^「${TITLE}」还没有填完。要丢弃它.*回复「放弃 确认」`, 'u'),
      );
    expect(await states()).toEqual(['open']);
    expect(await his('放弃 确认')).toBe('已放弃，未作任何登记。');
    expect(await talk.drafts(HIS)).toMatchObject([{ state: 'abandoned', raw: {} }]);
    expect(await his('取消')).toContain('现在没有正在填写的表单');
  });

  it('is discarded by its name while another is asked, which 取消 alone means', async () => {
    talk.platform = BY_PAGE;
    await openBoth();
    expect(await his(`放弃 ${TITLE}`)).toBe('已放弃，未作任何登记。');
    expect(await states()).toEqual(['open', 'abandoned']);
    expect(await his('2027-01-15')).toContain('（2/2）理由');
    talk.passMinutes(1);
    await his('我要报告');
    expect(await his('放弃 确认')).toBe('已放弃，未作任何登记。');
    expect(await states()).toEqual(['open', 'abandoned', 'abandoned']);
  });

  it('of several each is offered by its name, and all', async () => {
    talk.platform = BY_PAGE;
    await openBoth();
    talk.passMinutes(31);
    const offered = await his('放弃');
    expect(offered).toContain(`「放弃 申请延期 Z1-1-1」\n「放弃 ${TITLE}」\n「放弃 全部」`);
    expect(await his('放弃 确认')).toBe(offered);
    expect(await states()).toEqual(['open', 'open']);
    expect(await his('放弃 全部')).toBe('已放弃没填完的 2 份表单，未作任何登记。');
    expect(await states()).toEqual(['abandoned', 'abandoned']);
  });

  it('has its link sent anew while another is asked, and that goes on', async () => {
    talk.platform = BY_PAGE;
    await openBoth();
    const again = await his('继续填写');
    expect(again).toContain('打开页面：https://pages.invalid/p/');
    expect(again).toContain(
      '「申请延期 Z1-1-1」还没有填完：请接着回答「延期至」；回复「取消」放弃的是「申请延期 Z1-1-1」。',
    );
    expect(await his('2027-01-15')).toContain('（2/2）理由');
  });
});
