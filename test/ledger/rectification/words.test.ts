import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import type { Content } from '../../../ledger/message.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';
import { sendEvidence } from '../../send-evidence.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openBureau();
});

afterAll(() => bureau.close());

/** What the person is answered. */
const answer = async (name: string, text: string): Promise<string> =>
  readable(lastFromBot(await bureau.say(name, text)).content);

/** What the person was told meanwhile, all of it. */
const told = async (name: string): Promise<Content[]> =>
  (await bureau.read(name)).filter(({ from }) => from === 'bot').map(({ content }) => content);

const toldOnce = async (name: string): Promise<Content> => {
  const [only, ...more] = await told(name);
  if (!only || more.length > 0) throw new Error(`${name} was told ${more.length + (only ? 1 : 0)} things`);
  return only;
};

const labels = (content: Content): string[] => actionsOf(content).map(({ label }) => label);

/** Opens the form with the words, fills the rest in and sends it. @returns the toast and what stands there then */
async function fillIn(name: string, words: string, values: Record<string, unknown>) {
  const { messageId, content } = lastFromBot(await bureau.say(name, words));
  const sent = await bureau.act(name, messageId, button(content, '提交'), {
    ...formValues(content),
    ...values,
  });
  await bureau.read(name);
  return { form: content, toast: sent.toast, shown: readable(sent.card ?? content), messageId };
}

describe('指派', () => {
  test('全部 opens one form for all measures that nobody has, with the term counted from the feedback', async () => {
    const { form, toast } = await fillIn('程一禾', '指派 全部', {
      leader: bureau.idOf('孟知行'),
      responsible: [bureau.idOf('方远山')],
    });
    expect(formValues(form)).toMatchObject({ dueOn: '2026-12-14' });
    expect(toast).toBe('已指派 Z1-1-1 等 16 项');
    const card = await toldOnce('方远山');
    expect(card).toMatchObject({ kind: 'notice', title: '有新的整改事项' });
    expect(readable(card).match(/^Z1-\d-\d /gm)).toHaveLength(16);
    expect(labels(card)).toContain('全部签收');
    expect(readable(card)).toContain('整改时限：2026-12-14');
    expect(labels(card)).toContain('签收');
  });

  test('with everything said is still confirmed where it takes the place of another assignment', async () => {
    await bureau.read('许星阑');
    const said = '指派 3-1,3-2 责任领导 苏静宜 责任人 许星阑、林砚秋 时限 12月31日';
    const { form, toast } = await fillIn('程一禾', said, {});
    expect(readable(form)).toContain(
      'Z1-3-1 现由 方远山 负责，责任领导 孟知行，时限 2026-12-14，将被替换。责任领导 孟知行 → 苏静宜；责任人 方远山 → 许星阑、林砚秋；整改时限 2026-12-14 → 2026-12-31。',
    );
    expect(toast).toBe('已指派 Z1-3-1、Z1-3-2');
    for (const name of ['许星阑', '林砚秋']) {
      const card = await toldOnce(name);
      expect(readable(card)).toMatch(/^有新的整改事项\nZ1-3-1 .+\n整改时限：2026-12-31\nZ1-3-2 /);
    }
    expect(readable(await toldOnce('方远山'))).toMatch(/^整改事项已改由他人负责\nZ1-3-1 .+\nZ1-3-2 /);
  });

  test('who has the item already is told of a new date, and of nothing when nothing is new', async () => {
    await fillIn('程一禾', '指派 3-2 时限 2027-01-08', {});
    expect(readable(await toldOnce('许星阑'))).toMatch(/^整改事项有调整\nZ1-3-2 .+\n整改时限：2027-01-08/);
    await bureau.read('林砚秋');
    await fillIn('程一禾', '指派 3-2', {});
    expect([await told('许星阑'), await told('林砚秋')]).toEqual([[], []]);
  });

  test.each([
    ['责任领导 苏静宜 责任人 苏静宜 时限 12月31日', '责任领导要审核销号，不能同时是责任人或协办人'],
    [
      '责任领导 苏静宜 责任人 许星阑 协办 苏静宜 时限 12月31日',
      '责任领导要审核销号，不能同时是责任人或协办人',
    ],
    ['责任领导 苏静宜 责任人 许星阑 时限 2026-01-01', '2026-01-01 已经过去，今天是 2026-11-23'],
  ])('「… %s」 is sent back with what is wrong, and changes nothing', async (said, why) => {
    const before = await answer('程一禾', '查看 3-1');
    expect((await fillIn('程一禾', `指派 3-1 ${said}`, {})).shown).toContain(why);
    expect(await answer('程一禾', '查看 3-1')).toBe(before);
    expect(await told('许星阑')).toEqual([]);
  });

  test('who may not assign is told so', async () => {
    expect(await answer('许星阑', '指派 3-1 责任领导 苏静宜 责任人 许星阑 时限 12月31日')).toBe(
      '您没有「指派」的权限。发送「帮助」可以查看您能使用的功能。',
    );
  });
});

describe('from 签收 to 已销号', () => {
  test('the responsible person signs and tells of progress; others may not', async () => {
    expect(await answer('许星阑', '签收 3-1')).toBe('已签收 Z1-3-1\n现为「已签收」。');
    expect(await answer('林砚秋', '签收 3-1')).toMatch(/^Z1-3-1 现为「已签收」/);
    expect(await answer('程一禾', '签收 3-1')).toBe('「签收 Z1-3-1」由该事项的责任人办理，您不在其中。');
    expect(await answer('何望舒', '进展 3-1 已完成')).toBe(
      '没有找到编号「3-1」，或它不在您可以查看的范围内。请核对编号。',
    );
    expect(await answer('林砚秋', '进展 3-1 拨付流程已印发')).toMatch(/^已记录进展 Z1-3-1\n/);
  });

  test('申请销号 needs a file of evidence first, and who has sent one is offered it', async () => {
    const refused = lastFromBot(await bureau.say('林砚秋', '申请销号 3-1')).content;
    expect(readable(refused)).toContain('Z1-3-1 有佐证文件 0 个，申请销号前至少需要 1 个');
    expect(labels(refused)).toEqual(['补充佐证']);
    const { content } = await sendEvidence(bureau, '林砚秋', '3-1');
    expect(readable(content)).toContain('Z1-3-1 的佐证已补充完\n申请销号前还可以再补充。');
    expect(button(content, '申请销号')).toBe('申请销号 Z1-3-1');
  });

  test('申请销号 asks for no more words where files prove it, and then the 责任领导 is asked', async () => {
    expect(await answer('林砚秋', '申请销号 3-1 制度已印发')).toBe(
      '已申请销号 Z1-3-1\n现为「待责任领导审核」。\n已请责任领导审核。审核前可以「撤回申请」。',
    );
    const asked = lastOf(await told('苏静宜'));
    expect(readable(asked)).toMatch(/^申请销号，请审核\nZ1-3-1 .+\n林砚秋 申请销号：制度已印发/);
    expect(labels(asked)).toEqual(['审核通过', '退回', '查看']);
  });

  test('nobody but the 责任领导 reviews, and nothing else is possible meanwhile', async () => {
    expect(await answer('许星阑', '审核通过 3-1')).toBe(
      '「审核通过 Z1-3-1」由该事项的责任领导办理，您不在其中。',
    );
    expect(await answer('程一禾', '复核通过 3-1')).toMatch(/^Z1-3-1 现为「待责任领导审核」/);
    expect(await answer('程一禾', '退回 3-1 不行')).toBe('Z1-3-1 正由责任领导审核，现在应由责任领导退回。');
    expect(await answer('林砚秋', '进展 3-1 还有')).toMatch(/^Z1-3-1 现为「待责任领导审核」/);
    expect(await answer('程一禾', '指派 3-1')).toMatch(
      /将被替换。林砚秋 已申请销号：.+一并作废，须重新申请。/,
    );
  });

  test('退回 needs a reason, which the responsible persons get', async () => {
    const form = lastFromBot(await bureau.say('苏静宜', '退回 3-1')).content;
    expect(form).toMatchObject({ kind: 'form', fields: [{ label: '退回理由', required: true }] });
    expect(await answer('苏静宜', '退回 3-1 佐证不足')).toBe(
      '已退回 Z1-3-1\n现为「退回补正」。\n已把理由告知责任人。',
    );
    for (const name of ['许星阑', '林砚秋']) {
      const card = lastOf(await told(name));
      expect(readable(card)).toMatch(/^整改事项被退回补正\nZ1-3-1 .+\n苏静宜 退回：佐证不足/);
      expect(labels(card)).toEqual(['进展', '补充佐证', '重新申请销号', '查看']);
    }
  });

  test('asked anew, reviewed and approved by three persons it is closed, and all are told', async () => {
    const shown = await fillIn('林砚秋', '申请销号 3-1', {
      summary: '补充了佐证',
      evidence: '示例文件〔2026〕12号及附件',
    });
    expect(shown.toast).toBe('已申请销号 Z1-3-1');
    expect(await answer('苏静宜', '审核通过 3-1 同意')).toContain('现为「待督查复核」。\n已请督查员复核。');
    for (const name of ['程一禾', '叶知秋']) {
      const card = lastOf(await told(name));
      expect(readable(card)).toMatch(/^销号待复核\nZ1-3-1 .+\n责任领导 苏静宜 已审核通过，请督查复核。/);
    }
    expect(await answer('苏静宜', '复核通过 3-1')).toBe(
      '您没有「复核通过」的权限。发送「帮助」可以查看您能使用的功能。',
    );
    expect(await answer('叶知秋', '复核通过 3-1 现场核查属实')).toContain('现为「已销号」。');
    for (const name of ['苏静宜', '许星阑', '林砚秋']) {
      expect(readable(lastOf(await told(name)))).toMatch(/^整改事项已销号\nZ1-3-1 /);
    }
    const whole = await answer('叶知秋', '查看 3-1');
    expect(whole).toMatch(/^Z1-3-1 · 已销号\n/);
    expect(whole).toContain('苏静宜 退回：佐证不足');
    expect(whole).not.toContain('退回理由：');
  });
});

describe('延期', () => {
  const ask = (to: string) => fillIn('方远山', '申请延期 1-1 外部单位未回函', { to });

  test('a date that is not later is sent back with what was typed', async () => {
    const { toast, shown } = await ask('2026-12-01');
    expect(toast).toBe('新时限 2026-12-01 应晚于原时限 2026-12-14。');
    expect(shown).toContain('延期至：2026-12-01（新时限 2026-12-01 应晚于原时限 2026-12-14）');
  });

  test('不予延期 leaves the date and tells why', async () => {
    await bureau.read('孟知行');
    expect((await ask('2027-01-15')).shown).toContain('已请责任领导审批，批准前时限不变。');
    const asked = await toldOnce('孟知行');
    expect(readable(asked)).toMatch(
      /^申请延期，请审批\nZ1-1-1 .+\n方远山 申请延期至 2027-01-15：外部单位未回函\n原时限 2026-12-14，新时限 2027-01-15，延长 32 天。/,
    );
    expect(labels(asked)).toEqual(['准予延期', '不予延期', '查看']);
    expect(await answer('方远山', '申请延期 1-1 再请')).toBe(
      'Z1-1-1 已申请延期至 2027-01-15，正等责任领导审批。',
    );
    expect(await answer('方远山', '准予延期 1-1')).toBe(
      '「准予延期 Z1-1-1」由该事项的责任领导办理，您不在其中。',
    );
    await bureau.read('方远山');
    expect(await answer('孟知行', '不予延期 1-1 请抓紧')).toContain('时限不变，理由已告知责任人。');
    const decided = readable(await toldOnce('方远山'));
    expect(decided).toMatch(/^延期未批准\nZ1-1-1 .+\n时限仍为 2026-12-14。理由：请抓紧/);
  });

  test('准予延期 sets the new date, and it may be put off once only', async () => {
    await ask('2027-01-15');
    expect(await answer('孟知行', '准予延期 1-1')).toContain('已准予延期 Z1-1-1');
    expect(readable(lastOf(await told('方远山')))).toMatch(/^延期已批准\nZ1-1-1 .+\n新时限：2027-01-15/);
    expect(await answer('方远山', '申请延期 1-1 再请')).toBe(
      'Z1-1-1 已延期 1 次，不能再延期（依据：本项目建议：延期一次，到期前提出，责任领导批准）。',
    );
    expect(await answer('孟知行', '准予延期 1-1')).toBe('Z1-1-1 没有待审批的延期申请。');
  });

  test('a new date that is assigned answers a request that waits: it cannot be granted any more', async () => {
    await fillIn('方远山', '申请延期 1-2 外部单位未回函', { to: '2027-01-15' });
    await fillIn('程一禾', '指派 1-2 时限 2027-02-01', {});
    expect(await answer('孟知行', '准予延期 1-2')).toBe('Z1-1-2 没有待审批的延期申请。');
  });

  test('after the date it is too late to ask', async () => {
    await fillIn('程一禾', '指派 2-1 时限 2026-11-24', {});
    await bureau.moveClock('2026-11-25T02:00:00Z');
    expect(await answer('方远山', '申请延期 2-1 来不及')).toBe(
      'Z1-2-1 已于 2026-11-24 到期，延期须在到期前申请。请发送「申请暂难 Z1-2-1」，或请督查员重新指派时限。',
    );
  });
});

function lastOf(contents: readonly Content[]): Content {
  const last = contents.at(-1);
  if (!last) throw new Error('Nothing was told');
  return last;
}
