import { afterAll, beforeAll, expect, it } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';
import { sendEvidence } from '../../send-evidence.ts';

const RESPONSIBLE = '许星阑';
const LEADER = '孟知行';
const REF = 'Z1-1-1';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say('程一禾', `指派 ${REF} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
  await sendEvidence(bureau, RESPONSIBLE, REF);
});
afterAll(() => bureau.close());

const answer = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);

it('who withdraws finds the button with the item, and who was asked can press nothing any more', async () => {
  await bureau.say(RESPONSIBLE, `申请销号 ${REF} 制度已印发（示例）`);
  const asked = lastFromBot(await bureau.read(LEADER));
  const press = button(asked.content, '审核通过');
  const shown = lastFromBot(await bureau.say(RESPONSIBLE, `查看 ${REF}`));
  const { toast } = await bureau.act(RESPONSIBLE, shown.messageId, button(shown.content, '撤回申请'));
  expect(toast).toBe(`已撤回申请 ${REF}`);
  expect((await bureau.read(LEADER)).filter(({ from }) => from === 'bot')).toEqual([]);
  const refused = await bureau.act(LEADER, asked.messageId, press);
  expect(refused.toast).toContain('现为「已交办」，不能「审核通过」');
  const card = refused.card ?? asked.content;
  expect(actionsOf(card).map(({ label }) => label)).toEqual(['文件与下载']);
  expect(readable(card)).toContain(`${RESPONSIBLE} 撤回申请`);
  expect(await answer(LEADER, `审核通过 ${REF}`)).toContain('现为「已交办」');
});

it('a second press of it does nothing more', async () => {
  await bureau.say(RESPONSIBLE, `申请销号 ${REF} 制度已印发（示例）`);
  const shown = lastFromBot(await bureau.say(RESPONSIBLE, `查看 ${REF}`));
  const press = button(shown.content, '撤回申请');
  await bureau.act(RESPONSIBLE, shown.messageId, press);
  const again = await bureau.act(RESPONSIBLE, shown.messageId, press);
  expect(again.toast).toBe(`${REF} 刚刚已有变动，本次操作未生效。请查看最新情况后再操作。`);
  expect(await answer(RESPONSIBLE, `撤回申请 ${REF}`)).toBe(`${REF} 没有可以撤回的申请。`);
});

it('the form of 申请延期 says how far it may go, and more is sent back with what was typed', async () => {
  const form = lastFromBot(await bureau.say(RESPONSIBLE, `申请延期 ${REF} 外部单位未回函`));
  const limit = `${REF} 原时限 2026-12-31，一次延期最多 3 个月，最迟可延至 2027-03-31`;
  expect(readable(form.content)).toContain(`${limit}。`);
  const sent = { to: '2027-04-01', reason: '外部单位未回函' };
  const { toast, card } = await bureau.act(RESPONSIBLE, form.messageId, button(form.content, '提交'), sent);
  expect(toast).toContain(`申请延期至 2027-04-01，超过上限：${limit}（依据：`);
  expect(readable(card ?? form.content)).toContain('外部单位未回函');
});

it.each([
  [
    '申请延期',
    '准予延期',
    '到 2027-02-28 外部单位未回函',
    '申请延期至 2027-02-28：外部单位未回函',
    '延期申请',
  ],
  [
    '申请暂难',
    '同意暂难',
    '到 2027-02-28 系统升级',
    '申请列为暂难整改，预计 2027-02-28 恢复：系统升级',
    '暂难整改申请',
  ],
] as const)('%s: %s without a number shows what it is about, and 撤回申请 what it takes back', async (word, grant, said, shown, name) => {
  const asked = lastFromBot(await bureau.say(RESPONSIBLE, `${word} ${REF} ${said}`));
  await bureau.act(RESPONSIBLE, asked.messageId, button(asked.content, '提交'), formValues(asked.content));
  const form = await answer(LEADER, grant);
  expect(form).toContain(`${RESPONSIBLE} ${shown}`);
  expect(form).toContain('原时限 2026-12-31，新时限 2027-02-28，延长 59 天。');
  expect(await answer(RESPONSIBLE, '撤回申请')).toContain(`撤回的是 ${REF} 的${name}（至 2027-02-28）。`);
  expect(await answer(RESPONSIBLE, `撤回申请 ${REF}`)).toContain(`${name}（至 2027-02-28）已撤回`);
  expect(await answer(LEADER, `查看 ${REF}`)).toMatch(/(延期至|预计恢复) 2027-02-28；/u);
});
