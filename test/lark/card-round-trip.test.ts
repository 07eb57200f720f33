import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cardOf } from '../../bot/lark/card/card.ts';
import { formValues } from '../../bot/lark/card/form-values.ts';
import { keptFields } from '../../bot/lark/card/pressed.ts';
import type { FieldOption, FormField } from '../../ledger/message.ts';

const staffOf = (count: number): FieldOption[] =>
  Array.from({ length: count }, (_, index) => ({
    value: `p${index}`,
    // Every tenth bears a name that another bears too.
    label: `${index % 10 === 0 ? '示例同名' : `示例${index}`}（某处职务、兼 ${index}）`,
  }));

const choicesOf = (count: number): FieldOption[] =>
  Array.from({ length: count }, (_, index) => ({ value: `k${index}`, label: `第${index}类` }));

const bools = fc.boolean();
const texts = fc.oneof(
  fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  fc.integer({ min: 900, max: 5000 }).map((count) => '字'.repeat(count)),
);

function filled(staff: FieldOption[], choices: FieldOption[]): fc.Arbitrary<Omit<FormField, 'name'>> {
  const among = (options: FieldOption[]) => fc.constantFrom(...options.map(({ value }) => value));
  const some = (options: FieldOption[]) => fc.uniqueArray(among(options), { minLength: 1, maxLength: 5 });
  const field = (type: FormField['type'], value: fc.Arbitrary<FormField['value']>, options?: FieldOption[]) =>
    fc.tuple(value, bools).map(([given, required]) => ({
      label: '事项',
      type,
      required,
      ...(given !== undefined && { value: given }),
      ...(options && { options }),
    }));
  return fc.oneof(
    field('text', texts),
    field('textarea', texts),
    field('date', fc.constant('2026-04-01')),
    field('datetime', fc.constant('2026-04-01T15:07')),
    field('checkbox', fc.constant(true)),
    field('select', among(choices), choices),
    field('multiselect', some(choices), choices),
    field('person', among(staff), staff),
    field('people', some(staff), staff),
  );
}

const forms = fc
  .tuple(fc.constantFrom(1, 12, 80, 400, 3000), fc.constantFrom(1, 6, 40, 300), bools)
  .chain(([people, choices, haveAccounts]) => {
    const staff = staffOf(people);
    const fields = fc
      .array(filled(staff, choicesOf(choices)), { minLength: 1, maxLength: 30 })
      .map((all) => all.map((one, index): FormField => ({ ...one, name: `field${index}` })));
    return fields.map((all) => ({ fields: all, staff, haveAccounts }));
  });

type Part = Record<string, unknown>;

/** What a client sends when somebody presses the button without changing anything. */
function sent(form: Part[]): { values: Part; button: Part } {
  const values: Part = {};
  const all = form.flatMap(inside);
  for (const part of all) {
    if (typeof part.name !== 'string' || part.tag === 'button') continue;
    if (part.tag === 'date_picker') values[part.name] = `${part.initial_date} +0800`;
    else if (part.tag === 'picker_datetime') values[part.name] = `${part.initial_datetime} +0800`;
    else
      values[part.name] =
        part.default_value ?? part.initial_option ?? part.selected_values ?? part.checked ?? '';
  }
  return { values, button: all.find(({ form_action_type }) => form_action_type === 'submit') ?? {} };
}

const inside = (part: Part): Part[] => [
  part,
  ...[...((part.columns as Part[]) ?? []), ...((part.elements as Part[]) ?? [])].flatMap(inside),
];

it('a form that is sent back as it was shown gives the values it was shown with', () => {
  fc.assert(
    fc.property(forms, ({ fields, staff, haveAccounts }) => {
      const openIdOf = (id: string) => (haveAccounts ? `ou_${id}` : undefined);
      const actions = [{ action: '提交 d', label: '提交', style: 'primary' as const }];
      const card = cardOf({ kind: 'form', title: '登记', intro: [], fields, actions }, { openIdOf });
      const { values, button } = sent(card.body.elements);
      const read = formValues(values, {
        personIdOf: (openId) => (openId.startsWith('ou_') ? openId.slice(3) : undefined),
        personTyped(typed) {
          const bearers = staff.filter(({ label }) => label.startsWith(`${typed}（`));
          return bearers.length === 1 ? bearers[0]?.value : undefined;
        },
        timeZone: 'Asia/Shanghai',
      });
      const kept = keptFields((button.behaviors as Part[])[0]?.value);
      for (const { name, value } of fields) {
        if (kept.includes(name)) expect(read).not.toHaveProperty(name);
        else expect(read[name]).toEqual(value);
      }
    }),
    { numRuns: 80 },
  );
});
