import fc from 'fast-check';
import type { Content, FormContent, FormField, NoticeContent, Section } from '../../ledger/message.ts';

/** Contents as nobody of good will would write them, and more of them than any card can hold. */

const pieces = [
  '<at user_id="all"></at>',
  '<at id=all></at>',
  '[请点击](https://example.com)',
  '**粗** _斜_ ~~删~~ `码` <font color=red>红</font>',
  ':OK: 😀👨‍👩‍👧‍👦',
  'עברית العربية \u202eabc',
  '"引\\号"',
  '第一行\n第二行\r\n\n第三段',
  '\u0000\u0007\ud800',
  'e\u0301\u0301\u0301',
  ' ',
  '示例',
];

/** Halves of characters among them. */
const anyUnit = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code));
const piece = fc.constantFrom(...pieces);
const words = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 3 }).map((some) => some.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: anyUnit }) },
  {
    weight: 2,
    arbitrary: fc.tuple(piece, fc.integer({ min: 1, max: 6000 })).map(([some, times]) => some.repeat(times)),
  },
);
const line = fc.oneof(
  fc.tuple(fc.constantFrom('查看', '提交', '回复'), fc.uuid()).map((said) => said.join(' ')),
  words,
);
const action = fc.record(
  { action: line, label: words, style: fc.constantFrom('primary' as const, 'danger' as const) },
  { requiredKeys: ['action', 'label'] },
);
const actions = fc.array(action, { maxLength: 30 });

/** Few different things, many times over: a big content is made fast. */
const times = <T>(things: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> =>
  fc
    .tuple(fc.array(things, { maxLength: 6 }), fc.oneof(fc.constant(1), fc.integer({ min: 1, max: most })))
    .map(([some, count]) => Array.from({ length: count }, () => some).flat());

const chart = fc.record({
  shape: fc.constantFrom('bars' as const, 'lines' as const),
  title: words,
  labels: times(words, 20),
  series: fc.array(fc.record({ name: words, values: times(fc.double(), 20) }), { maxLength: 3 }),
});
const section: fc.Arbitrary<Section> = fc.record(
  { heading: words, lines: times(words, 50), chart, qr: words, actions },
  { requiredKeys: ['lines'] },
);
const notice: fc.Arbitrary<NoticeContent> = fc.record({
  kind: fc.constant('notice' as const),
  title: words,
  tone: fc.constantFrom('plain', 'green', 'yellow', 'red'),
  sections: fc.oneof(times(section, 4), times(section, 1700)),
  actions,
});
const table = fc.record({
  kind: fc.constant('table' as const),
  title: words,
  columns: times(words, 12),
  rows: times(times(words, 12), 500),
  footer: times(words, 20),
  actions,
});

const choice = fc.record({ value: fc.oneof(fc.uuid(), words), label: words });
const choices = fc.oneof(
  fc.array(choice, { maxLength: 8 }),
  fc.integer({ min: 1, max: 3000 }).map((count) =>
    Array.from({ length: count }, (_, index) => ({
      value: `p-${index}`,
      label: `示例${index % 900}（处）`,
    })),
  ),
);
const kind = fc.constantFrom(
  ...(['text', 'textarea', 'date', 'datetime', 'select', 'multiselect', 'person', 'people'] as const),
  'checkbox' as const,
);
const value = fc.oneof(
  words,
  fc.array(words, { maxLength: 3 }),
  fc.boolean(),
  fc.constant('2026-04-01T09:00'),
);
const field = fc.record(
  { label: words, type: kind, required: fc.boolean(), hint: words, options: choices, value, error: words },
  { requiredKeys: ['label', 'type', 'required'] },
);

/** Up to 30 fields, as many as a form of the house may ever have. */
export const hostileForms: fc.Arbitrary<FormContent> = fc.record({
  kind: fc.constant('form' as const),
  title: words,
  intro: times(words, 30),
  fields: times(field, 30).map((fields) =>
    fields.slice(0, 30).map((each, index): FormField => ({ ...each, name: `field_${index}` })),
  ),
  actions: fc
    .array(action, { maxLength: 4 })
    .map((some) => [
      { action: '提交 01890a5d-ac96-774b-bcce-b302099a8057', label: '提交', style: 'primary' as const },
      ...some,
    ]),
});

export const hostileContents: fc.Arbitrary<Content> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  notice,
  table,
  hostileForms,
);
