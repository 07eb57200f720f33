import { describe, expect, it } from 'vitest';
import { type CardContext, cardJson, cardOf } from '../../bot/lark/card/card.ts';
import { keptFields, pressedLine } from '../../bot/lark/card/pressed.ts';
import type { FormContent, FormField } from '../../ledger/message.ts';
import { cardProblem } from './stand-in/check-card.ts';

const nobodyHere: CardContext = { openIdOf: () => undefined };
const everybodyHere: CardContext = { openIdOf: (personId: string) => `ou_${personId}` };
const words = (content: string, look = {}) => ({ tag: 'plain_text', content, ...look });
const block = (content: string, look = {}) => ({ tag: 'div', text: words(content, look) });

const form = (...fields: FormField[]): FormContent => ({
  kind: 'form',
  title: '登记说情打招呼',
  intro: ['请如实填写。'],
  fields,
  actions: [
    { action: '提交 d-1', label: '提交', style: 'primary' },
    { action: '放弃 d-1', label: '放弃' },
  ],
});

interface Shape {
  tag: string;
  name?: string;
  elements: { tag: string; name?: string; [property: string]: unknown }[];
}

/** What is inside the form of a card, which the platform takes. */
function insideOf(content: FormContent, context = nobodyHere): Shape['elements'] {
  const card = cardOf(content, context);
  const people = { person: (id: string) => id.startsWith('ou_'), image: () => false };
  expect(cardProblem(JSON.parse(cardJson(card)), people)).toBeUndefined();
  const inside = card.body.elements.find(({ tag }) => tag === 'form') as Shape | undefined;
  return inside?.elements ?? [];
}

/** The elements of one field. */
const shownField = (field: FormField, context = nobodyHere) => insideOf(form(field), context).slice(0, -1);
const controlOf = (field: FormField, context = nobodyHere) => shownField(field, context).at(-1);

const options = [
  { value: 'a', label: '当面' },
  { value: 'b', label: '电话' },
];
const people = [
  { value: 'p1', label: '张三（办公室主任）' },
  { value: 'p2', label: '李四（法规处科长）' },
  { value: 'p3', label: '李四（人事处科长）' },
];
const base = { name: 'x', label: '事项', required: true };

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

describe('a field', () => {
  const control = (more: object) => ({ required: true, width: 'fill', ...more });
  it.each<[string, Partial<FormField>, object]>([
    [
      'of many lines',
      { type: 'textarea', value: '一\n二' },
      {
        tag: 'input',
        name: 'textarea__x',
        placeholder: words('请填写'),
        max_length: 1000,
        input_type: 'multiline_text',
        rows: 3,
        auto_resize: true,
        max_rows: 10,
        default_value: '一\n二',
      },
    ],
    [
      'for a date',
      { type: 'date', value: '2026-04-01' },
      { tag: 'date_picker', name: 'date__x', placeholder: words('请选择日期'), initial_date: '2026-04-01' },
    ],
    [
      'for a time',
      { type: 'datetime', value: '2026-04-01T15:00' },
      {
        tag: 'picker_datetime',
        name: 'datetime__x',
        placeholder: words('请选择时间'),
        initial_datetime: '2026-04-01 15:00',
      },
    ],
    [
      'for a choice',
      { type: 'select', options, value: 'b' },
      {
        tag: 'select_static',
        name: 'select__x',
        placeholder: words('请选择'),
        initial_option: 'b',
        options: [
          { text: words('当面'), value: 'a' },
          { text: words('电话'), value: 'b' },
        ],
      },
    ],
    [
      'for several choices',
      { type: 'multiselect', options: options.slice(0, 1), value: ['a', 'gone'] },
      {
        tag: 'multi_select_static',
        name: 'multiselect__x',
        placeholder: words('请选择'),
        selected_values: ['a'],
        options: [{ text: words('当面'), value: 'a' }],
      },
    ],
    [
      'for a person, where somebody has no account here,',
      { type: 'person', options: people.slice(0, 1), value: 'p1' },
      {
        tag: 'select_static',
        name: 'person__x',
        placeholder: words('请选择'),
        initial_option: 'p1',
        options: [{ text: words('张三（办公室主任）'), value: 'p1' }],
      },
    ],
  ])('%s has the control for it', (_, field, expected) => {
    expect(controlOf({ ...base, type: 'text', ...field })).toEqual(control(expected));
  });

  it('for a person offers the client’s own picture of people where all have an account', () => {
    expect(controlOf({ ...base, type: 'person', options: people, value: 'p2' }, everybodyHere)).toEqual({
      tag: 'select_person',
      name: 'person__x',
      required: true,
      width: 'fill',
      placeholder: words('请选择'),
      initial_option: 'ou_p2',
      options: [{ value: 'ou_p1' }, { value: 'ou_p2' }, { value: 'ou_p3' }],
    });
    expect(
      controlOf({ ...base, type: 'people', options: people, value: ['p1'] }, everybodyHere),
    ).toMatchObject({
      tag: 'multi_select_person',
      name: 'people__x',
      selected_values: ['ou_p1'],
    });
  });

  it('for people offers words as soon as one of them has no account', () => {
    const oneIsNot = { openIdOf: (personId: string) => (personId === 'p3' ? undefined : `ou_${personId}`) };
    expect(controlOf({ ...base, type: 'people', options: people, value: ['p3'] }, oneIsNot)).toMatchObject({
      tag: 'multi_select_static',
      selected_values: ['p3'],
      options: people.map(({ value, label }) => ({ text: words(label), value })),
    });
  });

  it('for people offers words where two of them would be the same account', () => {
    const oneAccount = { openIdOf: () => 'ou_1' };
    expect(controlOf({ ...base, type: 'people', options: people }, oneAccount)?.tag).toBe(
      'multi_select_static',
    );
  });

  it('to be ticked carries its label itself, and no `required`, which the platform does not know there', () => {
    expect(shownField({ ...base, type: 'checkbox', value: true })).toEqual([
      { tag: 'checker', name: 'checkbox__x', checked: true, text: words('事项 *') },
    ]);
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
