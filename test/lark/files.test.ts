import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lastFromBot, readable } from '../harness.ts';
import * as sample from '../ledger/attachment/sample-files.ts';
import { fileReport } from '../platform-contract/report-form.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';
import type { Fault } from './stand-in/stand-in.ts';

const REPORTER = '林砚秋';
const OTHER = '许星阑';
const RESOURCE = '/open-apis/im/v1/messages/:message_id/resources/:file_key';
const MEGABYTE = 1024 * 1024;

let bureau: LarkBureau;
let ref: string;
beforeAll(async () => {
  bureau = await openLarkBureau('lark-websocket');
  ref = await fileReport(bureau, REPORTER);
});
afterAll(() => bureau.close());

let faults: Fault[];
beforeEach(async () => {
  faults = [];
  bureau.standIn.onCall = ({ api }) => (api === RESOURCE ? faults.shift() : undefined);
  await bureau.say(REPORTER, `补充佐证 ${ref}`);
});

const fetches = () => bureau.standIn.calls.filter(({ api }) => api === RESOURCE);
const sent = async (bytes: Uint8Array, name = '来函.png', who = REPORTER) =>
  readable(lastFromBot(await bureau.sendFile(who, { name, bytes })).content);

describe('a file that Feishu holds', () => {
  it('is not fetched where it would belong nowhere', async () => {
    const before = fetches().length;
    expect(await sent(sample.png(), '照片.png', OTHER)).toContain('不知道归入哪条记录');
    await bureau.sendFile(REPORTER, { name: 'a.png', bytes: sample.png() }, { group: true });
    expect(fetches()).toHaveLength(before);
  });

  it('is fetched again after a broken connection', async () => {
    const before = fetches().length;
    faults = ['cut'];
    expect(await sent(sample.png('again'))).toContain(`归入 ${ref}`);
    expect(fetches()).toHaveLength(before + 2);
  });

  it('is refused for what it is, whatever it is called', async () => {
    expect(await sent(sample.docm(), '说明.docx')).toContain('这种文件不能作为佐证');
    expect(await sent(Buffer.alloc(0), '空.txt')).toContain('0 字节');
  });

  it('is not read further than it may be long', async () => {
    expect(await sent(Buffer.alloc(21 * MEGABYTE, 'x'), '长.txt')).toContain('超过 20 MB，未作保存');
  });

  it('is fetched again where it comes shorter than was said', async () => {
    const headers = { 'content-type': 'image/png', 'content-length': '9999', connection: 'close' };
    faults = [{ status: 200, headers, body: 'short' }];
    const before = fetches().length;
    expect(await sent(sample.png('whole'))).toContain(`归入 ${ref}`);
    expect(fetches()).toHaveLength(before + 2);
  });

  it('that was taken back is not kept, and who sent it is told', async () => {
    faults = [{ status: 400, body: { code: 234003, msg: 'File not in msg.' } }];
    expect(await sent(sample.png('gone'))).toContain('没有取到，可能已撤回或过期');
  });

  it('that hangs keeps nobody waiting', async () => {
    faults = ['hang'];
    const sending = bureau.standIn.sendOther(bureau.openIdOf(REPORTER), 'image');
    await sending;
    const begun = performance.now();
    await bureau.standIn.say(bureau.openIdOf(OTHER), '帮助');
    await expect
      .poll(async () => (await bureau.read(OTHER)).map(({ content }) => readable(content)).join(), {
        timeout: 5000,
      })
      .toContain('我要报告');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
