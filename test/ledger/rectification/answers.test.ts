import { describe, expect, it } from 'vitest';
import {
  answered,
  requireInTime,
  requireNews,
  withProgress,
} from '../../../ledger/rectification/moves/answered.ts';
import { answerBefore, withAnswerBefore } from '../../../ledger/rectification/moves/as-before.ts';
import { closingsKept } from '../../../ledger/rectification/moves/closings-kept.ts';
import { hasProgress } from '../../../ledger/rectification/moves/has-progress.ts';
import { answerIn } from '../../../ledger/rectification/supervision.ts';
import { someone } from '../plain-bureau.ts';
import { plainItem } from './plain-item.ts';

const THIS_WEEK = '2026-W48';
const deferral = { to: '2027-01-15', reason: '示例', by: '做事人' };
const stall = { until: '2027-01-15', reason: '示例', by: '做事人' };

describe('an answer to 周督查', () => {
  it('is of the week in which it is given; what is difficult stays told when something else is answered', () => {
    const here = plainItem({ data: { difficulty: { week: '2026-W47', text: '先前的困难' } } });
    expect(answered(here, 'progress', '已修订')).toMatchObject({
      weekly: { week: THIS_WEEK, answer: 'progress', text: '已修订' },
      difficulty: { week: '2026-W47', text: '先前的困难' },
    });
    const difficult = answered(here, 'difficult', '缺人手');
    expect(difficult.difficulty).toEqual({ week: THIS_WEEK, text: '缺人手' });
    expect(answered(here, 'difficult').difficulty?.text).toBe('先前的困难');
    expect(answered(here, 'planned').weekly).toEqual({ week: THIS_WEEK, answer: 'planned' });
  });

  it('with progress keeps the progress before beside it, and no older one', () => {
    const first = withProgress(plainItem(), '第一次');
    expect(first.progress).toEqual({ on: '2026-11-23', text: '第一次' });
    expect(first).not.toHaveProperty('progressBefore');
    const second = withProgress(plainItem({ data: first, today: '2026-11-30' }), '第二次');
    expect(second.progressBefore).toEqual({ on: '2026-11-23', text: '第一次' });
    expect(second.progress).toEqual({ on: '2026-11-30', text: '第二次' });
  });

  it('is not 按计划 from the day after the date on, while the work is with the 责任人', () => {
    const planned =
      (dueOn: string | null, state = 'progressing') =>
      () =>
        requireInTime(plainItem({ entry: { dueOn, state } }));
    expect(planned('2026-11-22')).toThrow('Z1-1-1 已过 2026-11-22 的时限，不能答复「按计划」');
    expect(planned('2026-11-23')).not.toThrow();
    expect(planned(null)).not.toThrow();
    expect(planned('2026-11-22', 'applied')).not.toThrow();
    expect(() => answered(plainItem({ entry: { dueOn: '2026-11-22' } }), 'planned')).toThrow('按计划');
    expect(answered(plainItem({ entry: { dueOn: '2026-11-22' } }), 'difficult', '缺人').weekly?.text).toBe(
      '缺人',
    );
  });

  it('offers instead what can be answered for what is over its date', () => {
    const words = ['进展', '有困难', '申请暂难'];
    expect(() => requireInTime(plainItem({ entry: { dueOn: '2026-11-22' } }))).toThrow(
      expect.objectContaining({
        code: 'wrong-state',
        offers: words.map((word) => ({ action: `${word} Z1-1-1`, label: word })),
      }),
    );
  });

  it('is written down once a week, unless something else is said', () => {
    const weekly = { week: THIS_WEEK, answer: 'difficult', text: '缺人手' } as const;
    const again =
      (answer: 'difficult' | 'planned', said?: string, today = '2026-11-29') =>
      () =>
        requireNews(plainItem({ data: { weekly }, today }), answer, said);
    expect(again('difficult', '缺人手')).toThrow('Z1-1-1 本周的这一答复已经记录，不用再报。');
    expect(again('difficult')).toThrow('已经记录');
    expect(again('difficult', '缺经费')).not.toThrow();
    expect(again('planned')).not.toThrow();
    expect(again('difficult', '缺人手', '2026-11-30')).not.toThrow();
    expect(() => requireNews(plainItem(), 'planned')).not.toThrow();
  });
});

describe('what was asked for and nobody has decided', () => {
  const answer = (state: string, data: Parameters<typeof answerIn>[0]['data']) =>
    answerIn({ state, data }, THIS_WEEK);
  const weekly = { week: THIS_WEEK, answer: 'difficult', text: '缺人手' } as const;

  it('is an answer in every week, before what was answered in this one', () => {
    expect(answer('progressing', { deferral })).toBe('申请延期待审批');
    expect(answer('returned', { stall })).toBe('申请暂难待审批');
    expect(answer('signed', { deferral, weekly })).toBe('申请延期待审批；有困难，缺人手');
    expect(answer('signed', { deferral, weekly: { ...weekly, week: '2026-W47' } })).toBe('申请延期待审批');
  });

  it('is not said twice where the week’s answer was that it was asked for', () => {
    const asked = { week: THIS_WEEK, answer: 'defer' } as const;
    expect(answer('signed', { deferral, weekly: asked })).toBe('申请延期待审批');
    expect(answer('signed', { weekly: asked })).toBe('申请延期');
  });

  it('is none any more once the item is set aside or its closing is asked for', () => {
    expect(answer('stalled', { stall })).toBeUndefined();
    expect(answer('applied', { deferral })).toBeUndefined();
    expect(answer('applied', { weekly })).toBe('有困难，缺人手');
    expect(answer('signed', { weekly: { ...weekly, week: '2026-W47' } })).toBeUndefined();
  });

  it('lets no second request be made, and offers to take it back to who made it', () => {
    const second =
      (data: object, actor = '做事人') =>
      () =>
        answerBefore(plainItem({ data, actor: someone(actor) }));
    const offers = [{ action: '撤回申请 Z1-1-1', label: '撤回申请' }];
    expect(second({ deferral })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('Z1-1-1 已申请延期至 2027-01-15，'),
        offers,
      }),
    );
    expect(second({ stall })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('已申请列为暂难整改，'), offers }),
    );
    expect(second({ stall }, '同事')).toThrow(expect.objectContaining({ offers: [] }));
  });
});

describe('a request that is taken back', () => {
  const before = {
    weekly: { week: '2026-W47', answer: 'planned' as const },
    difficulty: { week: '2026-W46', text: '先前的困难' },
  };
  const now = {
    ...{ level: 'measure' as const, number: 1 },
    weekly: { week: THIS_WEEK, answer: 'difficult' as const, text: '缺人手' },
    difficulty: { week: THIS_WEEK, text: '缺人手' },
  };

  it('leaves the answer of before, and the difficulty only where it told one itself', () => {
    expect(answerBefore(plainItem({ data: before }))).toEqual(before);
    expect(answerBefore(plainItem())).toEqual({});
    expect(withAnswerBefore(now, before, { answer: true, difficulty: true })).toMatchObject(before);
    expect(withAnswerBefore(now, before, { answer: true })).toMatchObject({
      weekly: before.weekly,
      difficulty: now.difficulty,
    });
    expect(withAnswerBefore(now, {}, { answer: true, difficulty: true })).toEqual({
      level: 'measure',
      number: 1,
    });
  });

  it('leaves what was answered since then, and everything where it was not kept what was before', () => {
    expect(withAnswerBefore(now, before, { answer: false })).toEqual(now);
    expect(withAnswerBefore(now, undefined, { answer: true, difficulty: true })).toEqual(now);
  });
});

describe('a closing that did not last', () => {
  const item = { level: 'measure' as const, number: 1 };
  const earlier = { by: '甲', reviewedBy: '乙', approvedBy: '丙', relapsedOn: '2026-05-01' };

  it('is kept with who asked for it and who let it pass, behind those before', () => {
    const application = { on: '2026-11-02', by: '丁', responsible: ['丁', '戊'], summary: '示例' };
    expect(
      closingsKept(
        { ...item, application, reviewedBy: '己', approvedBy: '庚', earlierClosings: [earlier] },
        '2026-11-23',
      ),
    ).toEqual({
      earlierClosings: [
        earlier,
        { by: '丁', responsible: ['丁', '戊'], reviewedBy: '己', approvedBy: '庚', relapsedOn: '2026-11-23' },
      ],
    });
    const alone = { on: '2026-11-02', by: '丁', summary: '示例' };
    expect(closingsKept({ ...item, application: alone }, '2026-11-23')).toEqual({
      earlierClosings: [{ by: '丁', relapsedOn: '2026-11-23' }],
    });
  });

  it('is none where none was asked for: those before stay', () => {
    expect(closingsKept(item, '2026-11-23')).toEqual({});
    expect(closingsKept({ ...item, earlierClosings: [] }, '2026-11-23')).toEqual({});
    expect(closingsKept({ ...item, earlierClosings: [earlier] }, '2026-11-23')).toEqual({
      earlierClosings: [earlier],
    });
  });
});

it('an item has no progress by 按计划, an empty list of files or another date, and has by anything that was done or asked for', () => {
  const item = { level: 'measure' as const, number: 1 };
  const idle = {
    weekly: { week: THIS_WEEK, answer: 'planned' as const },
    files: [],
    deferredFrom: ['2026-10-01'],
    earlierDates: [{ on: '2026-10-01', by: 'assign' as const }],
  };
  expect(hasProgress({ ...item, ...idle })).toBe(false);
  const done = [
    { progress: { on: '2026-11-20', text: '示例' } },
    { difficulty: { week: THIS_WEEK, text: '示例' } },
    { application: { on: '2026-11-20', by: '甲', summary: '示例' } },
    { withdrawn: [{ on: '2026-11-20', by: '甲' }] },
    { deferral },
    { stall },
    { earlierClosings: [{ by: '甲', relapsedOn: '2026-05-01' }] },
    { lookBackOn: '2027-02-01' },
    { returnReason: '示例' },
  ];
  for (const each of done) expect(hasProgress({ ...item, ...each }), JSON.stringify(each)).toBe(true);
});
