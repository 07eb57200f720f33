import fc from 'fast-check';

/** What comes in, said by somebody or done with the newest form in his window, and what comes in again after it. */
export interface Step {
  kind: 'line' | 'button' | 'form by button' | 'form by line';
  person: string;
  text: string;
  group?: string;
  /** Which of the steps so far, counted around. */
  replays: number[];
}

const say = (person: string, text: string) => ({ kind: 'line', person, text }) as const;
const press = (person: string, text: string) => ({ kind: 'button', person, text }) as const;
const submit = (person: string, by: 'button' | 'line') =>
  ({ kind: `form by ${by}`, person, text: '' }) as const;

/** What makes sense now and then, in one order or another. */
const SENSIBLE = [
  say('程一禾', '指派 Z1-1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31'),
  say('叶知秋', '指派 Z1-1-1,Z1-1-2 责任领导 孟知行 责任人 林砚秋、何望舒 时限 2027-01-15'),
  say('林砚秋', '签收 Z1-1-1'),
  press('林砚秋', '签收 Z1-1-1'),
  say('林砚秋', '进展 Z1-1-1 已开会研究'),
  press('林砚秋', '进展 Z1-1-1'),
  submit('林砚秋', 'button'),
  submit('林砚秋', 'line'),
  press('林砚秋', '申请销号 Z1-1-1'),
  press('孟知行', '审核通过 Z1-1-1 情况属实'),
  press('孟知行', '退回 Z1-1-1 佐证不全'),
  say('何望舒', '昨天下午三点某某打电话让我在示例项目评审中关照'),
  say('何望舒', '我要报告'),
  submit('何望舒', 'button'),
  submit('何望舒', 'line'),
  press('何望舒', '我的报告'),
  say('程一禾', '台账 整改中'),
  { ...say('何望舒', '我的报告'), group: 'everybody' },
];

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc
    .tuple(
      fc.oneof(
        { arbitrary: fc.constantFrom(...SENSIBLE), weight: 4 },
        { arbitrary: fc.string({ maxLength: 30 }).map((text) => say('程一禾', text)), weight: 1 },
      ),
      fc.array(fc.nat({ max: 50 }), { maxLength: 4 }),
    )
    .map(([step, replays]) => ({ ...step, replays })),
  { minLength: 4, maxLength: 14 },
);

const again = (step: Omit<Step, 'replays'>, replays: number[]): Step => ({ ...step, replays });

/** A story that changes the ledger however chance tells the others. */
export const WHOLE_STORY = [
  again(say('程一禾', '指派 Z1-1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31'), [0]),
  again(press('林砚秋', '签收 Z1-1-1'), [0, 1]),
  again(say('林砚秋', '进展 Z1-1-1 已开会研究'), [0, 2, 2]),
  again(say('何望舒', '我要报告'), [1]),
  again(submit('何望舒', 'button'), [3, 4, 0]),
];
