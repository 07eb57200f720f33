import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formValues } from '../../bot/lark/card/form-values.ts';
import { buttonValue, keptFields, pressedLine } from '../../bot/lark/card/pressed.ts';

/** Halves of characters among them. */
const anyUnit = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code));

const reading = {
  personIdOf: (openId: string) => (openId.startsWith('ou_') ? openId.slice(3) : undefined),
  personTyped: (typed: string) => ({ 张三: 'p1', Li: 'p2', 'Wang Wu': 'p3', '1007': 'p7' })[typed],
  timeZone: 'Asia/Shanghai',
};

describe('what comes back from a form', () => {
  it.each<[string, unknown, unknown]>([
    ['text__a', '某人 ', '某人 '],
    ['textarea__a', '一\n二', '一\n二'],
    ['select__a', 'b', 'b'],
    ['multiselect__a', ['a', '', 'b', 'a'], ['a', 'b']],
    ['multiselect__a', 'a', ['a']],
    ['date__a', '2024-04-01 +0800', '2024-04-01'],
    ['date__a', '四月一日', '四月一日'],
    ['datetime__a', '2024-04-29 07:07 +0800', '2024-04-29T07:07'],
    ['datetime__a', '2024-04-29 00:30 +0900', '2024-04-28T23:30'],
    ['datetime__a', '2024-04-28 20:30 -0330', '2024-04-29T08:00'],
    ['datetime__a', '2024-04-29 07:07', '2024-04-29T07:07'],
    ['datetime__a', '2024-13-45 07:07 +0800', '2024-13-45 07:07 +0800'],
    ['checkbox__a', true, true],
    ['checkbox__a', 'true', true],
    ['person__a', 'ou_p1', 'p1'],
    ['person__a', 'p1', 'p1'],
    ['people__a', ['ou_p1', 'x9'], ['p1', 'x9']],
    ['person_typed__a', ' Wang Wu ', 'p3'],
    ['person_typed__a', '赵钱孙李', '赵钱孙李'],
    ['people_typed__a', '张三、1007，Wang Wu;Li 不详 张三', ['p1', 'p7', 'p3', 'p2', '不详']],
    ['select_typed__a', ' k3 ', 'k3'],
    ['multiselect_typed__a', 'k3、k4', ['k3', 'k4']],
  ])('%s %j is read as %j', (name, answer, value) => {
    expect(formValues({ [name]: answer }, reading)).toEqual({ a: value });
  });

  it('is left out where nothing was filled in or nothing can be understood', () => {
    const nothing = ['', ' ', null, undefined, [], [''], {}, [null], [[]], Number.NaN];
    const kinds = ['text', 'date', 'datetime', 'select', 'multiselect', 'checkbox', 'person', 'people'];
    for (const kind of [...kinds, 'person_typed', 'people_typed', 'multiselect_typed'])
      for (const answer of nothing) expect(formValues({ [`${kind}__a`]: answer }, reading)).toEqual({});
    expect(formValues({ checkbox__a: false, what__a: 'x', text__: 'x', x: 'x' }, reading)).toEqual({});
    for (const answer of [null, undefined, 'text__a', 7, [['text__a', 'x']]])
      expect(formValues(answer, reading)).toEqual({});
  });

  it('never throws and never changes what an object is', () => {
    const name = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('text', 'date', 'datetime', 'people', 'people_typed', 'checkbox'), fc.string())
        .map((parts) => parts.join('__')),
      fc.constantFrom('__proto__', 'text____proto__', 'text__constructor', 'people__toString'),
    );
    const answer = fc.oneof(
      fc.anything(),
      fc.constant('x'.repeat(200_000)),
      fc.constant('2024-04-29 07:07 +9999'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, answer)), (entries) => {
        const hostile = JSON.parse(`{"__proto__":{"polluted":1},"text____proto__":"x"}`) as object;
        const values = formValues(Object.assign(Object.fromEntries(entries), hostile), reading);
        expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
        expect(Object.hasOwn(values, '__proto__')).toBe(false);
        expect('polluted' in {}).toBe(false);
      }),
    );
  });
});

describe('what stands behind a button', () => {
  it('is the line that a person could have typed', () => {
    expect(buttonValue('查看 3-2')).toEqual({ line: '查看 3-2' });
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, minLength: 1 }), (line) => {
        expect(pressedLine(JSON.parse(JSON.stringify(buttonValue(line))))).toBe(line);
      }),
    );
  });

  it('says which fields the draft keeps', () => {
    expect(keptFields(buttonValue('提交 d', ['content']))).toEqual(['content']);
    expect(keptFields({ line: '提交 d', kept: ['a', 7, null] })).toEqual(['a']);
  });

  it('is nothing where it is none of ours', () => {
    for (const value of [
      undefined,
      null,
      'x',
      7,
      [],
      {},
      { line: '' },
      { line: 7 },
      Object.create({ line: 'x' }),
    ]) {
      expect(pressedLine(value)).toBeUndefined();
      expect(keptFields(value)).toEqual([]);
    }
  });
});
