import { describe, expect, it } from 'vitest';
import { markupOf, shownMarkdown } from './markdown.ts';

describe('markdown of a card', () => {
  it.each([
    ['&#60;at id=ou_1&#62;', '<at id=ou_1>'],
    ['a &amp;lt; b', 'a &lt; b'],
    ['# 一\n**二** `三` [四](https://example.com)', '一\n二 三 四'],
    ['snake_case_name 2*3*4', 'snake_case_name 2*3*4'],
    ['<text_tag color="blue">急</text_tag><br>下', '急\n下'],
    ['\\*不斜\\*', '*不斜*'],
  ])('%s is seen as %s', (source, shown) => {
    expect(shownMarkdown(source)).toBe(shown);
  });

  it.each([
    ['一', false],
    ['2026-11-23 甲*乙', false],
    ['&#42;&#42;一&#42;&#42;', false],
    ['\\*\\*一\\*\\*', false],
    ['**一**', true],
    ['# 一', true],
    ['- 一', true],
    ['1. 一', true],
    ['> 一', true],
    ['<font color=red>一</font>', true],
  ])('of %s it is %s that it is formatted', (source, isFormatted) => {
    expect(markupOf(source)).toEqual({ mentions: [], links: [], images: [], isFormatted });
  });

  it('finds whom it mentions, where it leads to, and its pictures', () => {
    const source =
      '<at id=all></at><person id="ou_1"></person>[一](https://a.cn) https://b.cn <link url=https://c.cn>';
    expect(markupOf(`${source} ![图](img_1)`)).toMatchObject({
      mentions: ['all', 'ou_1'],
      links: ['https://a.cn', 'https://c.cn', 'https://b.cn'],
      images: ['img_1'],
    });
  });
});
