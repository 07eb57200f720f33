import { describe, expect, it } from 'vitest';
import { runJob } from '../../jobs/run.ts';
import { sweep } from '../../jobs/sweep.ts';
import type { Talk } from './talk.ts';
import { AT, HIS, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const his = (...texts: string[]) => talk.sayAll(HIS, texts);

describe('what is no answer', () => {
  it('is asked again with what is wrong, by the rules of the field', async () => {
    await his('申请延期 Z1-1-1');
    expect(await his('等材料到了')).toMatch(/^没有记下：没有看懂日期.*\n（1\/2）延期至/u);
    await his('2027-01-15');
    expect(await his('长'.repeat(1001))).toContain('没有记下：最多 1000 字，现有 1001 字');
    expect((await talk.drafts(HIS))[0]?.raw).toEqual({ to: '2027-01-15' });
  });

  it('but asks for something else is answered, and the form goes on', async () => {
    await his('申请延期 Z1-1-1');
    const list = await his('我的整改');
    expect(list).toContain('Z1-1-1');
    expect(list).toMatch(
      /「申请延期 Z1-1-1」还没有填完：请接着回答「延期至」；回复「取消」放弃的是「申请延期 Z1-1-1」。/u,
    );
    expect(await his('查看 Z1-1-1')).toContain('还没有填完');
    expect(await his('2027-01-15')).toContain('（2/2）理由');
    expect(await his('我的整改')).toContain('请接着回答「理由」');
    expect(await his('查看 Z1-1-1')).toContain('请接着回答「理由」');
  });

  it('is an answer where any words could be one: a word alone that needs a number, a sentence, a number that is not there', async () => {
    for (const [said, to] of [
      ['完成', '2027-01-10'],
      ['有困难，经费没有到位', '2027-01-11'],
      ['进展 9-9-9 慢', '2027-01-12'],
    ] as const) {
      await his('申请延期 Z1-1-1', to);
      expect(await his(said)).toContain(`2. 理由：${said}`);
      await his('取消');
    }
  });

  it('another form takes over, and the one before it is taken up with a word', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    const other = await his('有困难 Z1-1-1');
    expect(other).toContain('上一份没填完的表单先放着，已填的都在；发送「继续填写」可以接着填。');
    expect(await his('示例困难', '提交')).toContain('已回复「有困难」');
    expect(await his('继续填写')).toContain('【申请延期 Z1-1-1】');
    expect(await his('示例理由')).toContain('1. 延期至：2027-01-15\n2. 理由：示例理由');
  });
});

describe('time passes', () => {
  it('after which a message is read as any other, and what could be the answer is taken once that is confirmed', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    talk.passMinutes(31);
    expect(await his('我的整改')).not.toContain('还没有填完');
    const told = await his('材料没有到位');
    expect(told).toContain('这份表单超过 30 分钟没有回答，已先放下；已填的都在，现在接着填。');
    expect(told).toContain('要把刚才发的作为「理由」的内容，回复「确认」；不是，直接回复「理由」的内容。');
    expect(told).not.toMatch(/没有听懂|材料没有到位/u);
    expect(await his('确认')).toContain('2. 理由：材料没有到位');
    expect(await his('改 二')).toContain('（2/2）理由（必填）');
    expect(await his('示例', '提交')).toContain('已申请延期');
  });

  it('counted from when it was said, however late it is heard', async () => {
    await his('申请延期 Z1-1-1');
    const saidAt = new Date(AT.getTime() + 29 * 60_000);
    talk.passMinutes(120);
    expect(await talk.say(HIS, '2027-01-15', { at: saidAt })).toContain('（2/2）理由');
  });

  it('and what nobody took up for as long as drafts are kept is forgotten', async () => {
    await his('申请延期 Z1-1-1');
    talk.passMinutes(31 * 24 * 60);
    await runJob(talk.store, sweep, talk.at);
    expect(await talk.store.database.rows.dialogue.count()).toBe(0);
    expect(await his('继续填写')).toBe('没有没填完的表单。');
  });

  it('and what can be no answer is told first that the form lapsed', async () => {
    await his('申请延期 Z1-1-1');
    talk.passMinutes(31);
    expect(await his('材料没有到位')).toMatch(/^【?刚才的表单超过 30 分钟没有回答[^\n]*\n没有听懂/u);
    expect(await his('材料没有到位')).not.toContain('刚才的表单');
    expect(await his('继续填写')).toContain('（1/2）延期至（必填）');
  });

  it('and what came instead of the late answer is the answer', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    talk.passMinutes(31);
    await his('材料没有到位');
    expect(await his('经费没有到位')).toContain('2. 理由：经费没有到位');
    expect((await talk.drafts(HIS))[0]?.raw).toEqual({ to: '2027-01-15', reason: '经费没有到位' });
  });

  it('and a word of the questions alone says only that', async () => {
    await his('申请延期 Z1-1-1');
    talk.passMinutes(31);
    expect(await his('跳过')).toMatch(/^刚才的表单超过 30 分钟没有回答/u);
  });
});

describe('a message that comes again', () => {
  it('changes nothing and is answered once', async () => {
    await his('申请延期 Z1-1-1');
    const key = 'asked:again';
    expect(await talk.say(HIS, '2027-01-15', { key })).toContain('理由');
    expect(await talk.send(HIS, '2027-01-15', { key })).toEqual({ answer: {} });
    await his('示例');
    const sent = 'asked:sent';
    expect(await talk.say(HIS, '提交', { key: sent })).toContain('已申请延期');
    expect(await talk.send(HIS, '提交', { key: sent })).toEqual({ answer: {} });
    const done = { action: 'rectification.ask-deferral' };
    expect(await talk.store.database.rows.auditRecord.count({ where: done })).toBe(1);
    const answers = { key: { in: [`reply:${key}`, `reply:${sent}`] } };
    expect(await talk.store.database.rows.outbox.count({ where: answers })).toBe(2);
  });
});
