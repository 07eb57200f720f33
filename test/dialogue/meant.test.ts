import { expect, it } from 'vitest';
import { ASKED, BY_PAGE, type Talk } from './talk.ts';
import { HIS, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const TOLD = '王处长打电话让我关照纳米材料项目，我拒绝了';
const his = (...texts: string[]) => talk.sayAll(HIS, texts);
const drafts = () => talk.drafts(HIS);

it('a sentence that may be a report is asked about before it is the answer, and not repeated', async () => {
  talk.platform = BY_PAGE;
  await his('进展 Z1-1-1');
  const asked = await his(TOLD);
  expect(asked).toContain('是要填写说情打招呼记录，还是作为「进展」的内容？');
  expect(asked).toContain('请您自行撤回或删除');
  expect(asked).not.toContain('王处长');
  expect(await his('提交')).not.toContain('请核对');
  expect(await his('预览')).not.toContain('王处长');
});

it('回复「我要报告」 opens the report with it, and it stands in the other form no longer', async () => {
  talk.platform = BY_PAGE;
  await his('进展 Z1-1-1', TOLD);
  talk.passMinutes(1);
  const way = await his('我要报告');
  expect(way).toContain('打开页面');
  expect(way).toContain('「进展 Z1-1-1」还没有填完');
  expect(way).not.toContain('王处长');
  const [report, progress] = await drafts();
  expect(report?.raw).toMatchObject({ content: TOLD });
  expect(JSON.stringify(progress?.raw)).not.toContain('王处长');
  expect(await his('确认')).toContain('这一项还没有填');
  expect(await his('示例进展')).toContain('示例进展');
});

it.each(['确认', '就是进展'])('回复「%s」 takes it', async (word) => {
  talk.platform = BY_PAGE;
  await his('进展 Z1-1-1', TOLD);
  await his(word);
  expect(Object.values((await drafts())[0]?.raw ?? {})).toContain(TOLD);
});

it('an answer that came late is kept sealed and not repeated; one that may be a report opens its page', async () => {
  talk.platform = BY_PAGE;
  await his('进展 Z1-1-1');
  talk.passMinutes(31);
  const late = await his('本周已完成初稿，报分管领导');
  expect(late).toContain('要把刚才发的作为「进展」的内容，回复「确认」');
  expect(late).not.toMatch(/聊天里不收内容|本周已完成/u);
  const kept = await talk.store.database.rows.draft.findMany();
  expect(JSON.stringify(kept)).not.toContain('本周已完成');
  talk.passMinutes(31);
  expect(await his(TOLD)).toContain('打开页面');
  talk.passMinutes(1);
  await his('放弃 说情打招呼记录');
  expect(await his('继续填写', '确认', '提交')).toContain('Z1-1-1');
});

it('another answer leaves it, and where contents travel it is asked as well', async () => {
  talk.platform = ASKED;
  await his('进展 Z1-1-1');
  const asked = await his(`我要报告 ${TOLD}`);
  expect(asked).toContain('是要填写说情打招呼记录');
  expect(asked).not.toContain('撤回');
  await his('示例进展');
  expect(JSON.stringify((await drafts())[0]?.raw)).not.toContain('王处长');
});

it('is the answer where a report is what is asked', async () => {
  talk.platform = ASKED;
  const answers = ['我要报告', '昨天下午三点', '2', '不详', '12', '2', '1'];
  await talk.sayAll('林砚秋', answers);
  expect(await talk.say('林砚秋', TOLD)).not.toContain('是要填写');
});
