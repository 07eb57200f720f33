/** The one person and the one picture that there are. */
export const known = {
  person: (id: string) => id === 'ou_known',
  image: (key: string) => key === 'img_known',
};
export const plain = (content: string) => ({ tag: 'plain_text', content });
export const md = (content: string) => ({ tag: 'markdown', content });
export const callback = (value: unknown) => [{ type: 'callback', value }];
export const button = (more: object = {}) => ({
  tag: 'button',
  text: plain('好'),
  behaviors: callback({ a: 1 }),
  ...more,
});
/** The button that sends a form. */
export const submit = { ...button(), name: 'submit', form_action_type: 'submit' };
/** A form that can be sent. */
export const form = (...elements: object[]) => ({
  tag: 'form',
  name: 'form',
  elements: [...elements, submit],
});
export const card = (...elements: object[]) => ({ schema: '2.0', body: { elements } });
export const column = (...elements: object[]) => ({ tag: 'column', elements });
export const columns = (...elements: object[]) => ({ tag: 'column_set', columns: [column(...elements)] });
export const panel = (...elements: object[]) => ({
  tag: 'collapsible_panel',
  header: { title: plain('更多') },
  elements,
});
export const table = (more: object = {}) => ({
  tag: 'table',
  columns: [{ name: 'a', display_name: '事项', data_type: 'text' }],
  rows: [{ a: '一' }],
  ...more,
});
/** A table of one cell. */
export const cell = (type: string, a: unknown) =>
  table({ columns: [{ name: 'a', data_type: type }], rows: [{ a }] });
/** The figures of a chart. */
export const values = [{ week: '一', count: 1 }];
export const chart = (spec: object) => ({ tag: 'chart', chart_spec: spec });
export const bars = {
  type: 'bar',
  data: { values },
  xField: 'week',
  yField: 'count',
  title: { text: '每周' },
};
export const select = (...options: string[]) => ({
  tag: 'select_static',
  name: 'choice',
  options: options.map((value) => ({ text: plain(`选项${value}`), value })),
});
/** Containers that stand in each other, so many deep. */
export const nested = (depth: number): object => (depth === 0 ? md('底') : columns(nested(depth - 1)));
export const repeat = (count: number, element: (index: number) => object) =>
  Array.from({ length: count }, (_, i) => element(i));
/** A card with something else beside its elements. */
export const whole = (more: object) => ({ ...card(md('一')), ...more });
export const header = (more: object) => whole({ header: { title: plain('标题'), ...more } });
