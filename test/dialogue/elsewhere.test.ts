import { describe, expect, it } from 'vitest';
import { receiveFile } from '../../ledger/attachment.ts';
import { evidenceFile } from '../ledger/rectification/give-evidence.ts';
import { personNamed } from '../sample-record.ts';
import { BY_PAGE, type Talk } from './talk.ts';
import { AT, HIS, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const his = (...texts: string[]) => talk.sayAll(HIS, texts);
const running = () => talk.store.database.rows.dialogue.findMany();

it('a form that was sent elsewhere meanwhile is not asked on', async () => {
  await his('申请延期 Z1-1-1', '2027-01-15', '示例');
  const [draft] = await talk.drafts(HIS);
  await talk.send(HIS, `提交 ${draft?.id}`, {
    platform: 'shown',
    kind: 'action',
    form: { to: '2027-01-15', reason: '示例' },
  });
  expect(await running()).toEqual([]);
  expect(await his('提交')).toContain('现在没有正在填写的表单');
});

it('whose account it becomes is not asked on in the other’s form', async () => {
  await his('申请延期 Z1-1-1');
  const other = await personNamed(talk.store, '许星阑');
  await talk.store.database.write((rows) => rows.draft.updateMany({ data: { personId: other.id } }));
  expect(await his('2027-01-15')).toContain('没有听懂');
  expect(await running()).toEqual([]);
});

describe('where contents do not travel by the chat', () => {
  it('what is confidential goes by its page as before, everything else is asked', async () => {
    talk.platform = BY_PAGE;
    const link = await talk.say('林砚秋', '我要报告');
    expect(link).toContain('打开页面：https://pages.invalid/p/');
    expect(link).toContain('回复「继续填写」：重新获取链接');
    expect(await running()).toEqual([]);
    expect(await talk.say('林砚秋', '继续填写')).toContain('打开页面：https://pages.invalid/p/');
    expect(await his('申请延期 Z1-1-1')).toContain('（1/2）延期至（必填）');
  });

  it('a form that was asked before they stopped to goes on on its page, and nothing of it is said', async () => {
    await talk.sayAll('林砚秋', ['我要报告', '昨天下午三点', '2', '王某某']);
    const { id } = await personNamed(talk.store, '林砚秋');
    await talk.store.database.write((rows) =>
      rows.dialogue.updateMany({ where: { externalId: id }, data: { platform: BY_PAGE } }),
    );
    talk.platform = BY_PAGE;
    const way = await talk.say('林砚秋', '预览');
    expect(way).toContain('打开页面');
    expect(way).not.toContain('王某某');
    expect(await running()).toEqual([]);
  });

  it('a sentence that tells of something is no date, and opens its page', async () => {
    talk.platform = BY_PAGE;
    await his('申请延期 Z1-1-1');
    const way = await his('昨天下午三点王处长打电话让我在示例项目评审中关照');
    expect(way).toContain('打开页面');
    expect(way).not.toContain('王处长');
    expect(way).toContain('「申请延期 Z1-1-1」还没有填完：请接着回答「延期至」');
    expect(await his('2027-01-15')).toContain('（2/2）理由');
  });
});

describe('files', () => {
  async function sendFile(name: string, given = evidenceFile()): Promise<string> {
    const { id: personId } = await personNamed(talk.store, name);
    const { id: keptAs } = await receiveFile(talk.store, { personId, at: AT }, given);
    return talk.say(name, '', { file: { name: given.name, keptAs } });
  }

  it('come with the form that is asked, at any question and where they are asked for', async () => {
    await talk.sayAll('林砚秋', ['我要报告', '昨天下午三点']);
    expect(await sendFile('林砚秋')).toMatch(/^已收到 1 个文件[\s\S]*现有 1 个。\n（3\/22）方式（必填）/u);
    const answers = ['2', '不详', '12', '2', '1', '示例内容', '拒绝'];
    await talk.sayAll('林砚秋', answers);
    expect(await talk.say('林砚秋', '是')).toMatch(/^已记：.*\n佐证文件（选填）：已收到 1 个/u);
    expect(await sendFile('林砚秋')).toContain('佐证文件（选填）：已收到 2 个');
    expect(await talk.say('林砚秋', '没有了')).toContain('请直接发送文件。');
    expect(await talk.say('林砚秋', '完成')).toContain('佐证文件：2 个');
    expect(await talk.say('林砚秋', '返回')).toContain('佐证文件（选填）');
    await talk.sayAll('林砚秋', ['跳过', '提交']);
    const kept = { entryId: { not: null } };
    expect(await talk.store.database.rows.attachment.count({ where: kept })).toBe(2);
  });

  it('that no form takes are refused as ever, and the form goes on', async () => {
    await his('申请延期 Z1-1-1');
    const refused = await sendFile(HIS);
    expect(refused).toContain('不知道归入哪条记录，未作保存。请先发送「补充佐证 Z1-1-1」，再发文件。');
    expect(refused).toContain('请接着回答「延期至」');
    expect(await talk.store.database.rows.attachment.count()).toBe(0);
  });

  it('are refused with the way to the entry that is asked about, where they do not travel by the chat', async () => {
    talk.platform = BY_PAGE;
    await his('进展 Z1-1-1');
    const refused = await sendFile(HIS);
    expect(refused).toContain('没有保存。请发送「补充佐证 Z1-1-1」，在页面上上传');
    expect(await his('补充佐证 Z1-1-1')).toContain('打开页面');
  });

  it('for an entry that was said go there, and the form goes on', async () => {
    await his('补充佐证 Z1-1-1', '申请延期 Z1-1-1');
    expect(await sendFile(HIS)).toMatch(/归入 Z1-1-1[\s\S]*（1\/2）延期至（必填）/u);
  });
});
