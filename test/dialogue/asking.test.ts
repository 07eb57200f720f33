import { describe, expect, it } from 'vitest';
import { assign } from '../jobs/at-work.ts';
import type { Talk } from './talk.ts';
import { AT, HIS, OFFICER, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const his = (...texts: string[]) => talk.sayAll(HIS, texts);
const officer = (...texts: string[]) => talk.sayAll(OFFICER, texts);
const itemData = async (ref: string) =>
  (await talk.store.database.rows.entry.findUniqueOrThrow({ where: { ref } })).data;
const running = () => talk.store.database.rows.dialogue.findMany();

describe('a form is asked question by question', () => {
  it('each with its label, hint, whether it is needed, what stands there, and how it is answered', async () => {
    expect(await officer('指派 Z1-1-3')).toMatch(
      /^【指派 Z1-1-3】\nZ1-1-3 .*\n（1\/5）责任领导（必填）\n请回复姓名。\n每一步都可以回复「返回」/u,
    );
    expect(await officer('孟知行')).toBe(
      '已记：责任领导 孟知行（局领导党组成员、副局长）\n（2/5）责任人（必填）\n责任科室随第一责任人\n请回复姓名，几个人用「、」隔开。',
    );
    expect(await officer('方远山、林砚秋')).toContain('（3/5）协办（选填）');
    expect(await officer('跳过')).toContain('现值：2026-12-14。回复「确认」保留，「不填」清空。');
    expect(await officer('确认')).toBe(
      '（5/5）类别（选填）\n请回复数字：\n1 立行立改\n2 限期整改\n3 长期坚持\n没有可以回复「跳过」。',
    );
    const summary = await officer('2');
    expect(summary).toContain('【指派 Z1-1-3】请核对：\n1. 责任领导：孟知行');
    expect(summary).toContain('\n4. 整改时限：2026-12-14\n5. 类别：限期整改\n');
    expect(summary).toContain('没有填（选填）：3. 协办');
    expect(summary).toMatch(
      /登记请回复「提交」；改某一项回复「改 1」，回到上一项回复「返回」；不登记回复「取消」。$/u,
    );
    expect(await officer('提交')).toContain('已指派 Z1-1-3');
    expect(await itemData('Z1-1-3')).toMatchObject({ category: 'timed' });
    expect(await running()).toEqual([]);
  });

  it('and never with a line that holds the id of the form', async () => {
    const all = [await his('申请延期 Z1-1-1'), await his('2027-01-15'), await his('示例'), await his('提交')];
    const [draft] = await talk.drafts(HIS);
    expect(all.join('\n')).not.toContain(draft?.id);
  });

  it('a long one asks what is needed, and offers the rest where it is looked over', async () => {
    const asked = await talk.say('林砚秋', '我要报告');
    expect(asked).toContain('（1/22）事发时间（必填）');
    const answers = ['昨天下午三点', '2', '不详', '12', '2', '1、3', '示例内容', '拒绝', '是', '跳过'];
    const read = await talk.sayAll('林砚秋', answers);
    expect(read).toContain('没有填（选填）：2. 地点');
    expect(read).toContain('8. 以组织名义：否');
    expect(read).toContain('情形：打探未公开信息、要求照顾评分或名次');
    expect(await talk.sayAll('林砚秋', ['改 地点', '示例会议室', '提交'])).toContain('回执');
  });

  it('asks what is needed by what was answered before', async () => {
    await talk.say('林砚秋', '我要报告');
    expect(await talk.say('林砚秋', '11月20日 15:30')).toContain(
      '（2/22）补报原因（必填）\n事发已超过 24 小时，属于补报，请简单写明原因',
    );
    await talk.say('林砚秋', '返回');
    expect(await talk.say('林砚秋', '昨天下午三点')).toContain('（3/22）方式（必填）');
  });

  it('a part of the day is kept and asked for, and taken as it stands where that is said', async () => {
    await talk.say('林砚秋', '我要报告');
    expect(await talk.say('林砚秋', '昨天')).toContain('日期按您所说是 2026-11-22，时间待补');
    expect(await talk.say('林砚秋', '跳过')).toContain('这一项必填，不能跳过');
    expect(await talk.say('林砚秋', '下午')).toContain('您只说了时段，15:00 是暂填的');
    expect(await talk.say('林砚秋', '确认')).toContain('方式（必填）');
  });

  it('of which nothing has to be filled in is looked over at once, and so is what was said whole', async () => {
    await assign(talk.store, 'Z1-1-3', { responsible: [HIS], dueOn: '2026-12-31', at: AT });
    const guess = await his('签收');
    expect(guess).toContain('您没有写编号。是下面这一条吗');
    expect(guess).toContain('登记请回复「提交」；不登记回复「取消」。');
    expect(await his('提交')).toContain('已签收 Z1-1-3');
    const whole = await his('申请延期 Z1-1-1 到1月15日 示例理由');
    expect(whole).toContain('1. 延期至：2027-01-15\n2. 理由：示例理由\n登记请回复「提交」');
    expect(await his('确认')).toContain('已申请延期 Z1-1-1');
  });
});

describe('what can be said to any question', () => {
  it('返回 goes back, and not before the first', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    expect(await his('返回')).toContain('（1/2）延期至（必填）');
    expect(await his('返回')).toContain('已经是第一项。\n（1/2）延期至');
    expect(await his('跳过')).toContain('（2/2）理由');
    expect(await his('示例')).toContain('请核对');
    expect(await his('返回')).toContain('（2/2）理由（必填）\n请直接回复文字。\n现值：示例。');
  });

  it('取消 gives it up: nothing is recorded, and what was typed is gone', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    expect(await his('取消')).toBe('已放弃，未作任何登记。');
    expect(await talk.drafts(HIS)).toMatchObject([{ state: 'abandoned', raw: {} }]);
    expect(await running()).toEqual([]);
    expect(await his('提交')).toBe('现在没有正在填写的表单。没填完的，发送「继续填写」接着填。');
    expect(await his('继续填写')).toBe('没有没填完的表单。');
  });

  it('不填 takes out what may be left empty, and nothing else', async () => {
    await officer('指派 Z1-1-3', '孟知行', '林砚秋', '许星阑', '返回');
    expect(await officer('不填')).toContain('整改时限');
    expect(await officer('返回')).not.toContain('现值');
    await officer('返回');
    expect(await officer('不填')).toContain('这一项必填。');
  });

  it('提交 sends nothing that was not looked over, and goes to what is missing', async () => {
    await officer('指派 Z1-1-3', '孟知行');
    expect(await officer('提交')).toContain('还有没填好的，填好就可以提交。\n（2/5）责任人');
    expect(await officer('林砚秋')).toContain('请核对');
    expect(await officer('提交')).toContain('已指派');
  });

  it('改 goes to one field, and back to the whole', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15', '示例');
    expect(await his('改 理由')).toContain('（2/2）理由');
    expect(await his('换一个理由')).toContain('2. 理由：换一个理由');
    expect(await his('1')).toContain('（1/2）延期至');
    expect(await his('返回')).toContain('请核对');
    expect(await his('改 9')).toContain('还没有登记');
  });

  it('帮助 and 预览 leave it where it is', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    expect(await his('帮助')).toMatch(/^正在填写「申请延期 Z1-1-1」，共 2 项[\s\S]*（2\/2）理由（必填）/u);
    expect(await his('预览')).toContain(
      '已填的内容：\n1. 延期至：2027-01-15\n2. 理由：（还没有填）\n（2/2）理由',
    );
  });
});
