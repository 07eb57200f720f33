import { describe, expect, it } from 'vitest';
import {
  bars,
  button,
  callback,
  card,
  cell,
  chart,
  column,
  columns,
  form,
  header,
  known,
  md,
  nested,
  panel,
  plain,
  repeat,
  select,
  submit,
  table,
  values,
  whole,
} from './card-to-check.ts';
import { cardProblem } from './check-card.ts';

const GOOD: Readonly<Record<string, object>> = {
  'no body': { schema: '2.0' },
  'every part of a header': header({
    subtitle: plain('副题'),
    template: 'wathet',
    text_tag_list: [{ tag: 'text_tag', text: plain('急'), color: 'red' }],
    icon: { tag: 'standard_icon', token: 'chat_outlined', color: 'light_grey' },
    padding: '12px 12px 12px 20px',
  }),
  'a configuration': whole({
    config: {
      update_multi: true,
      summary: { content: '摘要' },
      style: { text_size: { own: { default: 'normal', pc: 'normal', mobile: 'heading' } } },
    },
    body: {
      padding: '0',
      vertical_spacing: 'large',
      elements: [{ ...md('一'), text_size: 'own', margin: '4px 0' }],
    },
  }),
  '200 elements': card(...repeat(100, () => ({ tag: 'div', text: plain('一') }))),
  'five tables': card(...repeat(5, () => table())),
  'cells of every type': card(
    cell('number', 1.5),
    cell('options', [{ text: '甲', color: 'blue' }]),
    cell('persons', ['ou_known']),
    cell('date', 1699341315000),
    table({
      rows: [{}],
      page_size: 10,
      header_style: { bold: true, background_style: 'grey' },
      row_height: '40px',
    }),
  ),
  'a chart': card({ ...chart(bars), aspect_ratio: '16:9', height: '200px', preview: false }),
  'a pie': card(
    chart({ type: 'pie', data: [{ id: 'd', values }], categoryField: 'week', valueField: 'count' }),
  ),
  'a panel': card({
    ...panel(md('一'), button()),
    expanded: false,
    border: { color: 'grey', corner_radius: '5px' },
  }),
  'containers five deep': card(nested(5)),
  'an area that can be pressed': card({
    tag: 'interactive_container',
    behaviors: callback({}),
    elements: [md('一')],
    corner_radius: '8px',
  }),
  'a form with all its fields': card(
    form(
      {
        tag: 'input',
        name: 'i',
        label: plain('名称'),
        max_length: 1000,
        input_type: 'multiline_text',
        rows: 3,
      },
      {
        ...select('1', '2'),
        initial_option: '2',
        required: true,
        placeholder: plain('请选择'),
        width: 'fill',
      },
      { ...select('1', '2'), tag: 'multi_select_static', name: 'm', selected_values: ['1'] },
      columns({
        tag: 'select_person',
        name: 'p',
        options: [{ value: 'ou_known' }],
        initial_option: 'ou_known',
      }),
      {
        tag: 'multi_select_person',
        name: 'pp',
        options: [{ value: 'ou_known' }],
        selected_values: ['ou_known'],
      },
      { tag: 'date_picker', name: 'd', initial_date: '2026-11-23' },
      { tag: 'picker_time', name: 't', initial_time: '09:30' },
      { tag: 'picker_datetime', name: 'dt', initial_datetime: '2026-11-23 09:30' },
      { tag: 'checker', name: 'c', checked: true, text: plain('已核实') },
      { ...button(), name: 'reset', form_action_type: 'reset' },
    ),
  ),
  'people and pictures that exist': card(
    md('<at id=ou_known></at> <at id=all></at> ![图](img_known)'),
    { tag: 'person', user_id: 'ou_known' },
    { tag: 'person_list', persons: [{ id: 'ou_known' }] },
    { tag: 'img', img_key: 'img_known', alt: plain('图') },
  ),
  'somebody unknown in plain text': card({ tag: 'div', text: plain('<at id=ou_other></at>') }),
  'somebody unknown in escaped markdown': card(
    md('&#60;at id=ou_other&#62;&#60;/at&#62; \\<at id=ou_other>'),
  ),
};

const BAD: Readonly<Record<string, [number, object]>> = {
  'no version': [200621, { body: { elements: [] } }],
  'elements at the root': [200621, { schema: '2.0', elements: [] }],
  'an unknown property of a component': [200621, card({ ...md('一'), colour: 'red' })],
  'an unknown property of a text': [200621, card({ tag: 'div', text: { ...plain('一'), bold: true } })],
  'a value at the root of a button': [200621, card(button({ value: { a: 1 } }))],
  'an unknown component': [200621, card({ tag: 'slider' })],
  'a note': [200861, card({ tag: 'note', elements: [] })],
  'an action': [200861, card({ tag: 'action', actions: [] })],
  'a card of its own for each': [200621, whole({ config: { update_multi: false } })],
  'an unknown colour of the header': [200621, header({ template: 'pink' })],
  'a header without a title': [200621, whole({ header: { template: 'red' } })],
  'four tags in the header': [
    200621,
    header({ text_tag_list: repeat(4, () => ({ tag: 'text_tag', text: plain('一') })) }),
  ],
  '201 elements': [11310, card(...repeat(100, () => ({ tag: 'div', text: plain('一') })), md('一'))],
  'six tables': [11310, card(...repeat(6, () => table()))],
  'a table in a column': [200621, card(columns(table()))],
  'a table in a panel': [200621, card(panel(table()))],
  'a table in a form': [200621, card(form(table()))],
  'a form in a panel': [200621, card(panel(form()))],
  'a form in a form': [200621, card(form({ ...form(), name: 'other' }))],
  'a chart in a form': [200621, card(form(chart(bars)))],
  'a column outside of columns': [200621, card(column(md('一')))],
  'columns without a column': [200621, card({ tag: 'column_set', columns: [md('一')] })],
  'containers six deep': [200621, card(nested(6))],
  'two forms of one name': [200621, card(form(), { ...form(), elements: [{ ...submit, name: 'other' }] })],
  'two fields of one name': [
    200621,
    card(form({ tag: 'input', name: 'i' }, { tag: 'date_picker', name: 'i' })),
  ],
  'fields of one name in two forms': [200621, card(form(), { ...form(), name: 'other' })],
  'a field without a name': [200530, card(form({ tag: 'input' }))],
  'a button of a form without a name': [200530, card(form(button()))],
  'a form that nothing submits': [
    200621,
    card({ tag: 'form', name: 'f', elements: [{ tag: 'input', name: 'i' }] }),
  ],
  'a submit button that calls back with nothing': [
    200621,
    card(form({ ...submit, name: 's', behaviors: [] })),
  ],
  'a callback with a string': [200621, card(button({ behaviors: callback('a') }))],
  'a submit button outside of a form': [200621, card(submit)],
  'a choice of several outside of a form': [200621, card({ ...select('1'), tag: 'multi_select_static' })],
  'a text longer than 1000': [200621, card(form({ tag: 'input', name: 'i', max_length: 1001 }))],
  'a default longer than 1000': [
    200621,
    card(form({ tag: 'input', name: 'i', default_value: '一'.repeat(1001) })),
  ],
  'a placeholder longer than 100': [
    200621,
    card(form({ tag: 'input', name: 'i', placeholder: plain('一'.repeat(101)) })),
  ],
  'a label that is longer than a button': [200621, card(button({ text: plain('一'.repeat(101)) }))],
  'options of the same value': [200621, card(form(select('1', '1')))],
  'an option of no value': [200621, card(form(select('')))],
  'a date that is none': [200621, card(form({ tag: 'date_picker', name: 'd', initial_date: '2026-02-30' }))],
  'an id that begins with a digit': [200621, card({ ...md('一'), element_id: '1a' })],
  'an id of 21 characters': [200621, card({ ...md('一'), element_id: 'a'.repeat(21) })],
  'two elements of one id': [200621, card(...repeat(2, () => ({ ...md('一'), element_id: 'a' })))],
  'a margin of 100': [200621, card({ ...md('一'), margin: '100px' })],
  'an unknown size of text': [200621, card({ ...md('一'), text_size: 'huge' })],
  'a row of an unknown column': [200915, card(table({ rows: [{ b: '一' }] }))],
  'a number in a column of text': [200914, card(cell('text', 1))],
  'a text in a column of numbers': [200914, card(cell('number', '1'))],
  'a page of eleven rows': [200621, card(table({ page_size: 11 }))],
  'a chart of no kind': [200550, card(chart({ data: { values } }))],
  'a chart without data': [200550, card(chart({ ...bars, data: undefined }))],
  'a chart without axes': [200550, card(chart({ type: 'line', data: { values } }))],
  'a chart of a field that is not in the data': [200550, card(chart({ ...bars, yField: 'sum' }))],
  'a chart that is drawn by code': [200621, card(chart('() => ({})' as unknown as object))],
  'somebody unknown who is mentioned': [100290, card(md('<at id="ou_other"></at>'))],
  'somebody unknown among several': [100290, card(md('<at ids=ou_known,ou_other></at>'))],
  'somebody unknown in a text': [
    100290,
    card({ tag: 'div', text: { tag: 'lark_md', content: '<at id=ou_other></at>' } }),
  ],
  'somebody unknown to be chosen': [
    100290,
    card(form({ tag: 'select_person', name: 'p', options: [{ value: 'ou_other' }] })),
  ],
  'somebody unknown in a table': [100290, card(cell('persons', 'ou_other'))],
  'somebody unknown who is mentioned in a table': [100290, card(cell('lark_md', '<at id=ou_other></at>'))],
  'a person who is unknown': [100290, card({ tag: 'person', user_id: 'ou_other' })],
  'a picture that was not uploaded': [200570, card({ tag: 'img', img_key: 'img_other', alt: plain('图') })],
  'a picture in a text that was not uploaded': [200570, card(md('![图](https://example.com/a.png)'))],
};

describe('the check of a card', () => {
  it.each(Object.entries(GOOD))('accepts %s', (_, good) => {
    expect(cardProblem(good, known)).toBeUndefined();
  });

  it.each(Object.entries(BAD))('refuses %s', (_, [code, bad]) => {
    expect(cardProblem(bad, known)?.code).toBe(code);
  });

  it('says where in the card the fault is', () => {
    expect(cardProblem(card(md('一'), panel({ ...md('二'), colour: 'red' })), known)).toMatchObject({
      path: 'ROOT -> body -> elements -> [1] -> elements -> [0]',
      value: expect.stringContaining('colour'),
    });
  });
});
