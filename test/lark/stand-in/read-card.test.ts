import { describe, expect, it } from 'vitest';
import {
  bars,
  button,
  card,
  chart,
  columns,
  form,
  md,
  panel,
  plain,
  select,
  table,
} from './card-to-check.ts';
import { buttonsOf, fieldsOf, seenText } from './read-card.ts';

describe('what a person sees of a card', () => {
  it('is all its text in order, and what its fields hold', () => {
    const seen = {
      ...card(
        md('**重点** <font color="red">三</font>件 &#42;\\*'),
        { tag: 'div', text: plain('**不变**') },
        columns(md('左'), md('右')),
        panel(md('收起的')),
        table({
          columns: [{ name: 'a', display_name: '事项', data_type: 'lark_md' }],
          rows: [{ a: '~~一~~' }, {}],
        }),
        chart(bars),
        form(
          { tag: 'input', name: 'i', label: plain('名称'), default_value: '旧名' },
          { ...select('1', '2'), initial_option: '2' },
          { tag: 'select_person', name: 'p', options: [{ value: 'ou_known' }], initial_option: 'ou_known' },
          { tag: 'checker', name: 'c', checked: true, text: plain('已核实') },
        ),
        md('<at id=ou_known></at>请看'),
      ),
      header: { title: plain('标题') },
    };
    expect(seenText(seen, (id) => (id === 'ou_known' ? '示例甲' : undefined)).split('\n')).toEqual([
      '标题',
      '重点 三件 **',
      '**不变**',
      '左',
      '右',
      '更多',
      '收起的',
      '事项',
      '一',
      '每周',
      '名称 旧名',
      '选项2',
      '示例甲',
      '☑ 已核实',
      '@示例甲请看',
    ]);
  });

  it('is its buttons, with what they call back with', () => {
    expect(buttonsOf(card(button(), panel(button({ disabled: true })), form()))).toEqual([
      { label: '好', value: { a: 1 }, isSubmit: false, isDisabled: false },
      { label: '好', value: { a: 1 }, isSubmit: false, isDisabled: true },
      { label: '好', value: { a: 1 }, isSubmit: true, isDisabled: false, formName: 'form' },
    ]);
  });

  it('is its fields, with their labels, options and what they hold', () => {
    const person = { tag: 'select_person', name: 'p', initial_option: 'ou_known' };
    expect(
      fieldsOf(card(form(md('金额'), { tag: 'input', name: 'i', required: true }, select('1'), person))),
    ).toEqual([
      { name: 'i', label: '金额', tag: 'input', required: true, formName: 'form' },
      {
        name: 'choice',
        tag: 'select_static',
        required: false,
        formName: 'form',
        options: [{ value: '1', label: '选项1' }],
      },
      // Somebody who is not among the options is not chosen.
      { name: 'p', tag: 'select_person', required: false, formName: 'form' },
    ]);
  });
});
