import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, button, lastFromBot, openBureau, readable } from '../../harness.ts';
import * as sample from '../../ledger/attachment/sample-files.ts';
import { openForm, REPORT, submit } from '../report-form.ts';

const REPORTER = '林砚秋';
const OFFICER = '唐文澜';
const OTHER = '许星阑';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);
const sent = async (name: string, bytes: Uint8Array, file: string, options = {}) =>
  readable(lastFromBot(await bureau.sendFile(name, { name: file, bytes }, options)).content);
const refIn = (text: string) => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)?.[0] ?? '';

describe('a file that is sent', () => {
  it('out of the blue is not kept, and the answer says how it would be', async () => {
    expect(await sent(OTHER, sample.png(), '照片.png')).toContain('不知道归入哪条记录，未作保存');
  });

  it('in a group is answered with the one sentence', async () => {
    expect(await sent(OTHER, sample.png(), '照片.png', { group: true })).toBe('请私聊我。');
  });

  let ref: string;
  it('while a report is open comes with it; what the officer sees names it, what he is told does not', async () => {
    const form = await openForm(bureau, REPORTER, '我要报告');
    expect(await sent(REPORTER, sample.pdf(), '../../关照某项目.pdf')).toContain(
      '已收到 1 个文件（文档，2 KB）',
    );
    const { card } = await submit(bureau, REPORTER, form, REPORT);
    ref = refIn(card ? readable(card) : '');
    const told = (await bureau.read(OFFICER)).map(({ content }) => JSON.stringify(content)).join();
    expect(told).toContain(ref);
    expect(told).not.toContain('关照某项目');
    expect(await asked(OFFICER, `查看 ${ref}`)).toContain('1. 关照某项目.pdf（文档，2 KB，2026-11-23');
    expect(await asked(OFFICER, '台账 说情打招呼记录')).not.toContain('关照某项目');
  });

  it('after 「补充佐证」 comes to the record, until 「完成」', async () => {
    expect(await asked(REPORTER, `补充佐证 ${ref}`)).toContain('请在 10 分钟内');
    expect(await sent(REPORTER, sample.opus(), '录音.opus')).toContain(`归入 ${ref}\n现有 2 个佐证文件`);
    expect(await sent(REPORTER, sample.opus(), '再发一次.opus')).toContain('已经有了，没有重复保存');
    expect(await asked(REPORTER, '完成')).toContain(`${ref} 的佐证已补充完`);
    expect(await sent(REPORTER, sample.png(), '照片.png')).toContain('不知道归入哪条记录');
    expect(await asked(REPORTER, `查看 ${ref}`)).toContain('佐证文件（2 个）');
  });

  it('is no longer waited for ten minutes later', async () => {
    await bureau.say(REPORTER, `补充佐证 ${ref}`);
    await bureau.moveClock('2026-11-23T01:30:00.000Z');
    expect(await asked(REPORTER, '完成')).toContain('现在没有在等您的文件');
  });

  it('by somebody else does not come to the record, whatever he says', async () => {
    expect(await asked(OTHER, `补充佐证 ${ref}`)).toContain(`没有找到编号「${ref}」`);
    const card = lastFromBot(await bureau.say(OFFICER, `查看 ${ref}`)).content;
    expect(button(card, '补充佐证')).toBe(`补充佐证 ${ref}`);
  });
});
