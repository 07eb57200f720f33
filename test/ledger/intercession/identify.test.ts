import { describe, expect, test } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import type { Content } from '../../../ledger/message.ts';
import { oneReport } from './one-report.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REPORTER = '许星阑';
const OFFICER = '唐文澜';

const report = oneReport(AT);
const { person, ask, send, step, told, seen } = report;

const mayOpen = async (name: string) => {
  const { store } = report;
  const found = entriesFor(store, store.database.rows, await person(name)).find({ ref: report.ref });
  return (await found) !== undefined;
};
const introOf = (form: Content | undefined) => (form?.kind === 'form' ? form.intro : []);
/** The one box to be ticked below what will follow. */
const sureOf = (form: Content | undefined) => {
  const field = form?.kind === 'form' ? form.fields.find(({ name }) => name === 'sure') : undefined;
  return { sure: field?.options?.[0]?.value };
};

describe('认定', () => {
  test('says who loses sight before it takes effect, and takes effect once that is confirmed', async () => {
    const form = await ask(OFFICER, `认定 ${report.ref} 方远山`);
    expect(introOf(form)).toEqual([
      '认定后 1 人回避、看不到这条记录：方远山（高新技术科，科长）。',
      '记录人不受影响。',
      '此后由姜明澈、唐文澜办理。',
      '回避不可恢复；认定有误的，由另一名受理人员「更正认定」，但已回避的人仍看不到。',
      `${report.ref} 说情打招呼记录`,
    ]);
    expect(await mayOpen('方远山')).toBe(false);
    expect(await report.entry()).toMatchObject({ version: 1 });
    expect(readable((await send(OFFICER, form, sureOf(form))) as Content)).toContain(
      '已认定，相关人员已回避',
    );
    expect(await seen(OFFICER)).toContain('已认定：方远山');
  });

  test('says so where the officer himself would lose it, and who has it then', async () => {
    const intro = introOf(await ask(OFFICER, `认定 ${report.ref} 叶知秋`)).join('');
    expect(intro).toContain('其中 2 人现为受理人员：姜明澈、唐文澜。');
    expect(intro).toContain('您本人也在其中：确认后您看不到这条记录，也不能再办理。');
    expect(intro).toContain('此后由郑怀瑾办理（纪检监察员均需回避）。');
    await step(OFFICER, '认定', { person: (await person('叶知秋')).id });
    const last = introOf(await ask('郑怀瑾', `认定 ${report.ref} 郑怀瑾`)).join('');
    expect(last).toContain('此后没有人可以办理：记录存证，并请记录人另向上级纪检监察机构反映。');
  });

  test('tells where the reporter is one of those who would be kept away from another’s record', async () => {
    await step(OFFICER, '受理');
    const { ref } = report;
    const own = await report.fileBy('方远山');
    const intro = introOf(await ask(OFFICER, `认定 ${own} 林砚秋`)).join('');
    expect(intro).toContain('记录人本人属于应回避的范围，但记录是其本人提交的，仍可查看。');
    expect(introOf(await ask(OFFICER, `认定 ${ref} 林砚秋`)).join('')).toContain('记录人不受影响。');
  });

  test('is asked again where the form names somebody else than was foretold', async () => {
    const form = await ask(OFFICER, `认定 ${report.ref} 方远山`);
    const another = { person: (await person('叶知秋')).id, ...sureOf(form) };
    const again = await send(OFFICER, form, another);
    expect(again).toMatchObject({ kind: 'form' });
    expect(readable(again as Content)).toContain('请看清下面的后果，再确认认定。');
    expect(JSON.stringify(again)).toContain('叶知秋（机关党委（纪检监察室），督查专员）');
    expect(await report.entry()).toMatchObject({ version: 1 });
    await send(OFFICER, again, sureOf(again));
    expect(await mayOpen(OFFICER)).toBe(false);
  });

  test('tells of an archived record by the rule alone, and nothing of what it says', async () => {
    const own = await report.fileBy('方远山', { content: '林砚秋来电。' });
    for (const word of ['备查', '归档']) await step(OFFICER, word, {}, AT, own);
    const intro = introOf(await ask(OFFICER, `认定 ${own} 林砚秋`)).join('');
    expect(intro).toContain('认定后 2 人回避、看不到这条记录：方远山（高新技术科，科长）、林砚秋');
    expect(intro).not.toContain('记录人');
  });

  test('asks where nobody is called so', async () => {
    expect(introOf(await ask(OFFICER, `认定 ${report.ref} 某某`))[0]).toBe(
      '名单里没有「某某」，请从名单中选择。',
    );
  });
});

describe('更正认定', () => {
  const wrong = async () => ({ person: (await person('方远山')).id, reason: '同名同姓的另一人' });

  test('is another officer’s, with a reason; the name goes, the step stays, and nobody sees more than before', async () => {
    await step(OFFICER, '认定', { person: (await person('方远山')).id });
    await expect(step(OFFICER, '更正认定', await wrong())).rejects.toThrow('须由另一名受理人员更正');
    await told();
    const answer = await ask('姜明澈', `更正认定 ${report.ref} 方远山 同名同姓的另一人`);
    expect(readable(answer as Content)).toContain('认定已更正，已回避的人员不恢复查看');
    const known = await seen('姜明澈');
    expect(known).not.toContain('已认定：');
    expect(known).toContain('认定已更正：不是方远山。理由：同名同姓的另一人');
    expect(known).toMatch(/唐文澜 认定\n.*姜明澈 更正认定/);
    expect(await seen(REPORTER)).not.toContain('方远山');
    expect(await mayOpen('方远山')).toBe(false);
    const heard = (await told()).map(([to, title]) => [to, title]);
    expect(heard).toContainEqual([OFFICER, '您作出的认定已更正']);
    expect(heard.map(([to]) => to)).not.toContain('方远山');
    expect((await verify(report.store.database.rows)).problems).toEqual([]);
  });

  test('lets the right one be found, and the first be found again', async () => {
    await step(OFFICER, '认定', { person: (await person('方远山')).id });
    await step('姜明澈', '更正认定', await wrong());
    await step('姜明澈', '认定', { person: (await person('杜若溪')).id });
    await step(OFFICER, '认定', { person: (await person('方远山')).id });
    expect(await seen(OFFICER)).toContain('已认定：杜若溪、方远山');
  });

  test('leaves with the 派驻纪检组 what a wrong finding had taken from the officers', async () => {
    await step(OFFICER, '认定', { person: (await person('叶知秋')).id });
    const resident = '郑怀瑾';
    await step(resident, '更正认定', { person: (await person('叶知秋')).id, reason: '示例' });
    for (const name of [OFFICER, '姜明澈', '叶知秋']) expect(await mayOpen(name), name).toBe(false);
    await step(resident, '受理');
    await step(resident, '备查');
    await expect(step(REPORTER, '异议', { objection: '示例' })).rejects.toThrow(
      '现在没有可以复核的其他受理人员',
    );
  });

  test('is nothing where nobody was found, or somebody else was', async () => {
    await expect(step('姜明澈', '更正认定', await wrong())).rejects.toThrow('没有认定过谁');
    await step(OFFICER, '认定', { person: (await person('杜若溪')).id });
    await expect(step('姜明澈', '更正认定', await wrong())).rejects.toThrow('此人没有被认定过');
  });
});
