import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LarkBureau, openLarkBureau } from '../lark/lark-bureau.ts';
import { REPORT } from './page-bureau.ts';
import { Visitor } from './visitor.ts';

let bureau: LarkBureau;
beforeAll(async () => {
  bureau = await openLarkBureau('lark-webhook', { rules: { contents: { travel: { lark: 'page' } } } });
});
afterAll(() => bureau.close());

/** All that Feishu was handed for this person, as it was sent. */
const cardsOf = (name: string): string =>
  bureau.standIn
    .messages(bureau.openIdOf(name))
    .map(({ content }) => JSON.stringify(content))
    .join('\n');

/** The latest way in that stands in the person's chat. */
function wayOf(name: string): { url: string; code: string } {
  const cards = cardsOf(name);
  const url = [...cards.matchAll(/"type":"open_url","default_url":"([^"]+)"/gu)].at(-1)?.[1];
  const code = [...cards.matchAll(/口令：(\d{6})/gu)].at(-1)?.[1];
  if (!url || !code) throw new Error(`No way in for ${name}: ${cards}`);
  return { url, code };
}

it('Feishu carries number and way, and nothing of a report that is filed and judged on pages', async () => {
  await bureau.say('林砚秋', '我要报告');
  const browser = new Visitor(bureau.service.address);
  const { url, code } = wayOf('林砚秋');
  const form = await browser.open(url, code);
  const receipt = await browser.send(form.place, { ...REPORT, do: 'send' });
  const ref = /已收到您的记录 ([2-9A-Z]{4}-[2-9A-Z]{4})/u.exec(receipt.html)?.[1] ?? '';
  await bureau.service.idle();
  expect(cardsOf('林砚秋')).toContain(`已收到您的记录 ${ref}`);

  await bureau.say('唐文澜', `查看 ${ref}`);
  const officer = new Visitor(bureau.service.address);
  const way = wayOf('唐文澜');
  expect((await officer.open(way.url, way.code)).html).toContain('青玉案');
  const [card] = bureau.standIn.messages(bureau.openIdOf('唐文澜')).slice(-1);
  await bureau.act('唐文澜', card?.messageId ?? '', `打开 ${ref}`);
  for (const name of ['林砚秋', '唐文澜', '姜明澈', '郑怀瑾'])
    for (const said of ['青玉案', '示例外人甲']) expect(cardsOf(name), name).not.toContain(said);
});
