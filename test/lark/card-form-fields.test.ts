import { describe, expect, it } from 'vitest';
import type { FormField } from '../../ledger/message.ts';
import { words } from './card-blocks.ts';
import { base, controlOf, everybodyHere, options, people, shownField } from './card-of-form.ts';

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
