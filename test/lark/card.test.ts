import { describe, expect, it } from 'vitest';
import { cardJson } from '../../bot/lark/card/card.ts';
import { block, words } from './card-blocks.ts';
import { card, elementsOf, inRow, notice, press } from './card-of-content.ts';

describe('a text', () => {
  it('is a card without header, a block for each paragraph, line breaks kept', () => {
    expect(card({ kind: 'text', text: '已登记。\n编号 3-2\n\n谢谢。' })).toEqual({
      schema: '2.0',
      config: {
        update_multi: true,
        enable_forward: false,
        enable_forward_interaction: false,
        width_mode: 'default',
        summary: { content: '已登记。 编号 3-2 谢谢。' },
      },
      body: { elements: [block('已登记。\n编号 3-2'), block('谢谢。')] },
    });
  });

  it('without words says so', () => {
    expect(elementsOf({ kind: 'text', text: ' \n' })).toEqual([block('（没有文字）')]);
  });
});

describe('a notice', () => {
  it('has a header in the colour of its tone, and its sections apart from each other', () => {
    const content = notice(
      [
        { heading: '问题', lines: ['台账缺页', '责任人：示例甲'] },
        { lines: ['逾期 3 天'], actions: [{ action: '查看 3-2', label: '查看' }] },
      ],
      {
        tone: 'red',
        actions: [
          { action: '延期 3-2@4', label: '延期' },
          { action: '帮助', label: '帮助' },
        ],
      },
    );
    expect(card(content).header).toEqual({ title: words('3-2 · 整改中'), template: 'red' });
    expect(elementsOf(content)).toEqual([
      block('问题', { text_size: 'heading' }),
      block('台账缺页\n责任人：示例甲'),
      { tag: 'hr' },
      block('逾期 3 天'),
      press('查看', '查看 3-2'),
      { tag: 'hr' },
      inRow(press('延期', '延期 3-2@4'), press('帮助', '帮助')),
    ]);
  });

  it.each([
    ['plain', 'blue'],
    ['green', 'green'],
    ['yellow', 'orange'],
  ] as const)('of tone %s is %s', (tone, template) => {
    expect(card(notice([{ lines: ['一'] }], { tone })).header?.template).toBe(template);
  });

  it('asks again before a dangerous button does what it says', () => {
    const actions = [{ action: '撤销 3-2@4', label: '撤销', style: 'danger' as const }];
    expect(elementsOf(notice([{ lines: ['一'] }], { actions }))[2]).toEqual({
      ...press('撤销', '撤销 3-2@4'),
      type: 'danger',
      confirm: { title: words('请确认'), text: words('确认撤销？') },
    });
  });

  it('folds a long list without buttons, but never the first section and never one of two', () => {
    const long = { heading: '办理过程', lines: ['1', '2', '3', '4', '5', '6', '7'] };
    const folded = {
      tag: 'collapsible_panel',
      expanded: false,
      header: { title: words('办理过程') },
      elements: [block('1\n2\n3\n4\n5\n6\n7')],
    };
    expect(elementsOf(notice([long, { lines: ['中'] }, long]))).toEqual([
      block('办理过程', { text_size: 'heading' }),
      block('1\n2\n3\n4\n5\n6\n7'),
      { tag: 'hr' },
      block('中'),
      { tag: 'hr' },
      folded,
    ]);
    expect(cardJson(card(notice([{ lines: ['一'] }, long])))).not.toContain('collapsible_panel');
  });

  it('folds the rest of a long list of sections under how many they are', () => {
    const sections = Array.from({ length: 12 }, (_, index) => ({ heading: `第${index + 1}项`, lines: [] }));
    const elements = elementsOf(notice(sections));
    expect(elements).toHaveLength(8 + 7 + 1);
    expect(elements.at(-1)).toEqual({
      tag: 'collapsible_panel',
      expanded: false,
      header: { title: words('其余 4 项') },
      elements: ['第9项', '第10项', '第11项', '第12项'].map((each) => block(each, { text_size: 'heading' })),
    });
  });

  it('says how many sections found no room', () => {
    const sections = Array.from({ length: 300 }, (_, index) => ({
      heading: `第${index + 1}项`,
      lines: ['一'],
    }));
    const json = cardJson(card(notice(sections)));
    const shown = json.match(/第\d+项/gu)?.length ?? 0;
    expect(shown).toBeGreaterThan(30);
    expect(json).toContain(`… 另有 ${300 - shown} 项未显示`);
  });

  it('shows twenty entries with three buttons each by leaving each the button that opens it', () => {
    const sections = Array.from({ length: 20 }, (_, index) => ({
      heading: `3-${index} 台账缺页`,
      lines: ['整改中'],
      actions: ['回复', '延期', '查看'].map((word) => ({ action: `${word} 3-${index}`, label: word })),
    }));
    const json = cardJson(card(notice(sections)));
    for (let index = 0; index < 20; index += 1) expect(json).toContain(`"line":"查看 3-${index}"`);
    expect(json).toContain('还有一些操作没有列出按钮');
    expect(json).not.toContain('项未显示');
  });

  it('shortens long lines by whole characters', () => {
    const family = '👨‍👩‍👧‍👦';
    const content = notice([{ lines: [family.repeat(2000)] }]);
    const [first] = elementsOf(content) as { text: { content: string } }[];
    const said = first?.text.content ?? '';
    expect(said.endsWith('…')).toBe(true);
    expect(said.slice(0, -1).replaceAll(family, '')).toBe('');
  });

  it('takes away what only confuses a screen', () => {
    expect(elementsOf(notice([{ lines: ['甲\u202e乙\u0000丙\t丁\r\n戊'] }]))).toEqual([
      block('甲乙丙 丁\n戊'),
    ]);
  });
});
