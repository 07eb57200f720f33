import { describe, expect, it } from 'vitest';
import { cardJson, cardOf } from '../../bot/lark/card/card.ts';
import { keptFields, pressedLine } from '../../bot/lark/card/pressed.ts';
import type { FormField } from '../../ledger/message.ts';
import { block, words } from './card-blocks.ts';
import {
  base,
  everybodyHere,
  form,
  insideOf,
  nobodyHere,
  options,
  people,
  shownField,
} from './card-of-form.ts';

describe('a form', () => {
  it('has its introduction above, its fields inside, and buttons of which one sends it', () => {
    const { body } = cardOf(form({ ...base, type: 'text' }), nobodyHere);
    const back = (line: string) => [{ type: 'callback', value: { line } }];
    const [submit, abandon] = [
      {
        tag: 'button',
        name: 'button_0',
        form_action_type: 'submit',
        text: words('提交'),
        type: 'primary',
        behaviors: back('提交 d-1'),
      },
      { tag: 'button', name: 'button_1', text: words('放弃'), type: 'default', behaviors: back('放弃 d-1') },
    ];
    expect(body.elements).toEqual([
      block('请如实填写。'),
      {
        tag: 'form',
        name: 'form',
        elements: [
          block('事项 *'),
          {
            tag: 'input',
            name: 'text__x',
            required: true,
            width: 'fill',
            placeholder: words('请填写'),
            max_length: 1000,
          },
          {
            tag: 'column_set',
            flex_mode: 'flow',
            background_style: 'default',
            horizontal_spacing: '8px',
            columns: [submit, abandon].map((one) => ({ tag: 'column', width: 'auto', elements: [one] })),
          },
        ],
      },
    ]);
  });

  it('shows what is wrong in red under the label, and the hint in grey', () => {
    expect(
      shownField({ ...base, type: 'text', required: false, error: '太长', hint: '一句话' }).slice(0, 3),
    ).toEqual([
      block('事项（选填）'),
      block('太长', { text_color: 'red' }),
      block('一句话', { text_size: 'notation', text_color: 'grey' }),
    ]);
  });

  it('without buttons can only be read', () => {
    const closed = { ...form({ ...base, type: 'select', options, value: 'b' }), actions: [] };
    expect(cardOf(closed, nobodyHere).body.elements).toEqual([
      block('请如实填写。'),
      { tag: 'hr' },
      block('事项：电话'),
    ]);
  });

  it('of whose buttons none is the main one is sent by the first', () => {
    const content = { ...form(), actions: [{ action: '确认 d-1', label: '确认' }] };
    expect(insideOf(content)[0]).toMatchObject({ tag: 'button', form_action_type: 'submit' });
  });
});

describe('people that are too many for a card', () => {
  const staff = Array.from({ length: 3000 }, (_, index) => ({
    value: `id-${index}`,
    label: `示例${index}（某处）`,
  }));
  const remark = { text_size: 'notation', text_color: 'grey' };

  it('are typed by name, in every field that asks for people', () => {
    const content = form(
      { ...base, type: 'person', options: staff, value: 'id-7' },
      { ...base, name: 'y', type: 'people', options: staff, value: ['id-1', '某某'] },
    );
    const elements = insideOf(content, everybodyHere);
    expect(elements[1]).toEqual(block('填写姓名或工号', remark));
    expect(elements[2]).toMatchObject({ tag: 'input', name: 'person_typed__x', default_value: '示例7' });
    expect(elements[4]).toEqual(block('填写姓名或工号，多人用顿号分开', remark));
    expect(elements[5]).toMatchObject({
      tag: 'input',
      name: 'people_typed__y',
      default_value: '示例1、某某',
    });
  });

  it('stay as they were chosen where a name alone would not lead back to them', () => {
    const field: FormField = { ...base, type: 'person', options: [...staff, ...people], value: 'p2' };
    const elements = shownField(field);
    expect(elements[2]).toEqual(block('已填写 2 字：李四', remark));
    expect(elements[3]).not.toHaveProperty('default_value');
    expect(elements[3]).toMatchObject({ required: false });
  });
});

it('choices that are too many are asked for by what stands for them', () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ value: `k${index}`, label: `第${index}类` }));
  const [, hint, input] = shownField({ ...base, type: 'select', options: many, value: 'k3' });
  expect(hint).toMatchObject({
    text: { content: expect.stringMatching(/^请填写代号：k0 第0类；k1 第1类；/u) },
  });
  expect(input).toMatchObject({ tag: 'input', name: 'select_typed__x', default_value: 'k3' });
});

it('a value too long for an input is shown, kept by the draft, and can be written anew', () => {
  const content = form({ ...base, type: 'textarea', value: '字'.repeat(1001) });
  const [, said, input] = insideOf(content);
  expect(said).toMatchObject({ text: { content: `已填写 1001 字：${'字'.repeat(199)}…` } });
  expect(input).toMatchObject({ name: 'textarea__x', required: false });
  expect(input).not.toHaveProperty('default_value');
  const value = /"value":(\{"line":"提交[^}]*\})/u.exec(cardJson(cardOf(content, nobodyHere)))?.[1] ?? '';
  expect(keptFields(JSON.parse(value))).toEqual(['x']);
  expect(pressedLine(JSON.parse(value))).toBe('提交 d-1');
});
