import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bureau, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openBureau();
});

afterAll(() => bureau.close());

const answer = async (name: string, text: string): Promise<string> =>
  readable(lastFromBot(await bureau.say(name, text)).content);

/** What the person was told meanwhile, all of it. */
const told = async (name: string) => (await bureau.read(name)).filter(({ from }) => from === 'bot');

describe('指派 in one line', () => {
  test.each([
    ['责任领导 苏静宜 责任人 王小二 时限 12月31日', '没有找到「王小二」'],
    ['责任领导 苏静宜 责任人 许星阑 时限 找时间', '看不懂日期「找时间」'],
    ['苏静宜 许星阑 12月31日', '没有写明「苏静宜 许星阑」中谁是责任领导、谁是责任人'],
    ['尽快 12月31日', '看不懂「尽快」'],
    ['许星阑 3-2', '看不懂「3-2」'],
    ['12月31日 责任领导 苏静宜 责任人 许星阑 时限 1月15日', '看不懂「12月31日」'],
    ['林砚秋 责任领导 苏静宜 责任人 许星阑 时限 1月15日', '看不懂「林砚秋」'],
  ])('「… %s」 opens the form, which says what could not be read', async (said, why) => {
    const before = await answer('程一禾', '查看 3-1');
    expect(await answer('程一禾', `指派 3-1 ${said}`)).toContain(why);
    expect(await answer('程一禾', '查看 3-1')).toBe(before);
    expect(await told('许星阑')).toEqual([]);
  });

  test('a name and a date alone are taken for 责任人 and 时限, and wait for 提交', async () => {
    const before = await answer('程一禾', '查看 3-1');
    const { content } = lastFromBot(await bureau.say('程一禾', '指派 3-1 给许星阑、 林砚秋 12月31日前'));
    expect(formValues(content)).toMatchObject({
      responsible: [bureau.idOf('许星阑'), bureau.idOf('林砚秋')],
      dueOn: '2026-12-31',
    });
    expect(await answer('程一禾', '查看 3-1')).toBe(before);
  });
});
