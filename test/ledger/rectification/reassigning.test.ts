import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bureau, button, formValues, lastFromBot, readAnswer, readable } from '../../harness.ts';
import { sendEvidence } from '../../send-evidence.ts';
import { openWithSecondRound } from './second-round.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openWithSecondRound();
  for (const title of ['甲', '乙', '丙', '丁', '戊']) await answer(`加问题 Z2 示例问题${title}`);
});

afterAll(() => bureau.close());

const answer = (text: string, name = '程一禾') => readAnswer(bureau, name, text);
const told = async (name: string) =>
  (await bureau.read(name)).filter(({ from }) => from === 'bot').map(({ content }) => readable(content));
const PEOPLE = '责任领导 孟知行 责任人 许星阑';

async function sent(name: string, words: string, values: Record<string, unknown> = {}) {
  const { messageId, content } = lastFromBot(await bureau.say(name, words));
  const filled = { ...formValues(content), ...values };
  const { toast, card } = await bureau.act(name, messageId, button(content, '提交'), filled);
  return { form: readable(content), toast, shown: readable(card ?? content) };
}

async function withRequest(ref: string, word: string, values: Record<string, unknown>) {
  await answer(`指派 ${ref} ${PEOPLE} 时限 2026-12-31`);
  await sent('许星阑', `${word} ${ref} 外部单位未回函`, values);
  for (const name of ['许星阑', '孟知行', '苏静宜']) await told(name);
}

test('指派 over an open 申请延期 says so before, and tells applicant, both leaders and the history', async () => {
  await withRequest('Z2-1', '申请延期', { to: '2027-01-15' });
  const { form } = await sent('程一禾', '指派 Z2-1 责任领导 苏静宜 时限 2027-06-30');
  expect(form).toContain('Z2-1 现由 许星阑 负责，责任领导 孟知行，时限 2026-12-31，将被替换。');
  expect(form).toContain(
    '许星阑 申请延期至 2027-01-15，尚未审批：改变时限、增加或更换责任人的，这项申请作废',
  );
  expect(form).toContain('责任领导 孟知行 → 苏静宜；整改时限 2026-12-31 → 2027-06-30。');
  const dropped = '许星阑 申请延期至 2027-01-15：因重新指派作废，无需审批。';
  expect(await told('许星阑')).toEqual([
    expect.stringMatching(new RegExp(`^整改事项有调整\n(.|\n)+${dropped}`)),
  ]);
  expect(await told('孟知行')).toEqual([
    expect.stringMatching(new RegExp(`^整改事项已改由他人负责\n(.|\n)+${dropped}`)),
  ]);
  expect(await told('苏静宜')).toEqual([expect.not.stringContaining('申请延期')]);
  const whole = await answer('查看 Z2-1');
  expect(whole).toContain('延期前时限：2026-12-31');
  expect(whole).toMatch(
    /程一禾 指派：时限原为「2026-12-31」，责任领导原为「孟知行」，待审批的申请原为「许星阑 申请延期至 2027-01-15，因重新指派作废」$/m,
  );
});

test('a date that 指派 moved later is the deferral of the item; an earlier one is not', async () => {
  expect(await answer('申请延期 Z2-1 示例', '许星阑')).toContain('Z2-1 已延期 1 次，不能再延期');
  await answer(`指派 Z2-2 ${PEOPLE} 时限 2026-12-31`);
  await sent('程一禾', '指派 Z2-2 时限 2026-12-15');
  expect(await answer('申请延期 Z2-2 示例', '许星阑')).toContain('原时限 2026-12-15');
  expect(await answer('查看 Z2-2')).toContain('曾定时限：2026-12-31');
});

test('the leader who stays is told that he need not decide 申请暂难 any more', async () => {
  await withRequest('Z2-3', '申请暂难', { until: '2027-03-01' });
  await sent('程一禾', '指派 Z2-3 时限 2027-01-31');
  expect(await told('孟知行')).toEqual([
    expect.stringMatching(
      /^整改事项有调整\n(.|\n)+许星阑 申请列为暂难整改，预计 2027-03-01 恢复：因重新指派作废/,
    ),
  ]);
});

test('a problem put off by 指派 takes measures all the same, and they know the date and that it was put off', async () => {
  await answer(`指派 Z2-4 ${PEOPLE} 时限 2026-12-31`);
  await answer('签收 Z2-4', '许星阑');
  await sent('程一禾', '指派 Z2-4 时限 2027-01-31');
  await sent('程一禾', '加措施 Z2-4 核对账目');
  expect(await answer('查看 Z2-4-1')).toContain('延期前时限：2026-12-31');
  expect(await answer('查看 Z2-4')).toMatch(
    /程一禾 加措施：核对账目；编号 Z2-4-1；已改按措施办理并撤回指派原为「许星阑，时限 2027-01-31」$/m,
  );
  expect(await answer('签收 Z2-4', '许星阑')).toBe(
    'Z2-4 已改按措施办理：Z2-4-1 核对账目（待分派）。按问题的指派已撤回；措施指派给您后，请按措施的编号办理。',
  );
});

test('指派 without 时限 shows the date that is proposed, and nothing in red', async () => {
  const { content } = lastFromBot(await bureau.say('程一禾', `指派 Z2-5 ${PEOPLE}`));
  expect(content).toMatchObject({ kind: 'form' });
  expect(JSON.stringify(content)).not.toContain('请填写整改时限');
  expect(readable(content)).toContain('没有写时限，请核对或填写下面的整改时限；长期坚持的可以不填。');
  expect(formValues(content).dueOn).toBe('2027-02-16');
});

test('the history of an item says whose 申请销号 counts no longer', async () => {
  await answer('加问题 Z2 示例问题己');
  await answer(`指派 Z2-6 ${PEOPLE} 时限 2026-12-31`);
  await sendEvidence(bureau, '许星阑', 'Z2-6');
  await answer('申请销号 Z2-6 制度已印发', '许星阑');
  await sent('程一禾', '指派 Z2-6 责任人 方远山');
  expect(await answer('查看 Z2-6')).toMatch(/程一禾 指派：销号申请原为「许星阑 提出，因重新指派作废」$/m);
});
