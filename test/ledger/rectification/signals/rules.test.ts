import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../../config/rules.ts';
import type { ItemData, Signal } from '../../../../ledger/rectification/data.ts';
import {
  lastDay,
  ofWithdrawn,
  oldEvidence,
  repeatedProgress,
  sameFile,
  similarText,
} from '../../../../ledger/rectification/signals/rules.ts';

const LIMITS = defaultRules.paperClosing;
const SAID = '已修订差旅费管理办法并经局党组会审议通过，组织全体人员学习后印发执行。';
/** Of the same matter, in words of its own. */
const OTHERWISE = '对照反馈意见逐项清理历年差旅费报销凭证，追回超标准支出三笔，相关人员作出书面检查。';

const file = (id: string, name: string, madeOn?: string) => ({
  ...{ id, name, sha256: id.padStart(64, '0'), type: 'application/pdf', size: 10 },
  at: '2026-11-23T01:00:00.000Z',
  ...(madeOn !== undefined && { madeOn }),
});
const item = (more: Partial<ItemData> = {}): ItemData => ({ level: 'measure', number: 1, ...more });
const applied = (summary: string) =>
  item({ application: { on: '2026-11-20', by: 'somebody', summary, evidence: '' } });
const found = (signals: readonly Signal[]) => signals.map((signal) => signal.found);

describe('the same file under two items', () => {
  it('is found, with the items', () => {
    const under = new Map([['1', ['Z1-1-2', 'Z2-3']]]);
    expect(sameFile([file('1', '会议纪要.pdf'), file('2', '制度.pdf')], under)).toEqual([
      { kind: 'same-file', found: '「会议纪要.pdf」同时是 Z1-1-2、Z2-3 的佐证文件' },
    ]);
  });

  it('under many names five of them and counts them all', () => {
    const refs = ['Z1-1', 'Z1-2', 'Z1-3', 'Z1-4', 'Z1-5', 'Z1-6'];
    const under = (...names: string[]) => found(sameFile([file('1', '纪要.pdf')], new Map([['1', names]])));
    expect(under(...refs)[0]).toContain('Z1-4、Z1-5 等 6 项');
    expect(under(...refs.slice(1))).toEqual(['「纪要.pdf」同时是 Z1-2、Z1-3、Z1-4、Z1-5、Z1-6 的佐证文件']);
  });

  it('under names in any order says them in the order of their numbers', () => {
    const under = new Map([['1', ['Z1-10', 'Z2-1', 'Z1-2']]]);
    expect(found(sameFile([file('1', '纪要.pdf')], under))).toEqual([
      '「纪要.pdf」同时是 Z1-2、Z1-10、Z2-1 的佐证文件',
    ]);
  });

  it('that is under no other item is silent', () => {
    expect(sameFile([file('1', '会议纪要.pdf')], new Map([['1', []]]))).toEqual([]);
  });
});

describe('near-identical text', () => {
  it('is found in a summary and in progress, whichever of them the other item has', () => {
    const others = [
      { ref: 'Z1-1-2', data: applied(SAID) },
      { ref: 'Z1-1-3', data: item({ progress: { on: '2026-11-20', text: `${SAID}同时` } }) },
    ];
    expect(
      found(
        similarText(
          item({ ...applied(SAID), progress: { on: '2026-11-20', text: OTHERWISE } }),
          others,
          LIMITS,
        ),
      ),
    ).toEqual(['完成情况与 Z1-1-2、Z1-1-3 的文字近乎相同（相似度 100%）']);
    expect(
      found(
        similarText(
          item({ ...applied(OTHERWISE), progress: { on: '2026-11-20', text: SAID } }),
          others,
          LIMITS,
        ),
      ),
    ).toEqual(['最新进展与 Z1-1-2、Z1-1-3 的文字近乎相同（相似度 100%）']);
  });

  it('with another number of its document is still found', () => {
    const one = '已印发示科发〔2026〕12号文件，明确经费审批权限和流程，并组织学习。';
    const others = [{ ref: 'Z1-2', data: applied(one.replace('12号', '13号')) }];
    expect(similarText(applied(one), others, LIMITS)).toHaveLength(1);
  });

  it('of the same matter in other words is silent', () => {
    expect(similarText(applied(SAID), [{ ref: 'Z1-1-2', data: applied(OTHERWISE) }], LIMITS)).toEqual([]);
  });

  it('that is short is silent, also where it is the same', () => {
    const short = '已按要求完成整改，制度已印发。';
    expect(similarText(applied(short), [{ ref: 'Z1-1-2', data: applied(short) }], LIMITS)).toEqual([]);
    const long = '整'.repeat(LIMITS.shortestText);
    expect(similarText(applied(long), [{ ref: 'Z1-1-2', data: applied(long) }], LIMITS)).toEqual([
      { kind: 'similar-text', found: '完成情况与 Z1-1-2 的文字近乎相同（相似度 100%）' },
    ]);
    const others = [{ ref: 'Z1-1-2', data: applied(long.slice(1)) }];
    expect(similarText(applied(long.slice(1)), others, LIMITS)).toEqual([]);
  });
});

describe('evidence older than the feedback', () => {
  it('is found by the date that the document has of itself', () => {
    expect(oldEvidence([file('1', '制度.docx', '2026-09-13')], item({ feedbackOn: '2026-09-14' }))).toEqual([
      { kind: 'old-evidence', found: '「制度.docx」自身日期为 2026-09-13，早于反馈日期 2026-09-14' },
    ]);
  });

  it.each([
    ['of the day itself', '2026-09-14', '2026-09-14'],
    ['without a date', undefined, '2026-09-14'],
    ['of an item without a feedback date', '2020-01-01', undefined],
  ])('%s is silent', (_, madeOn, feedbackOn) => {
    expect(
      oldEvidence([file('1', '制度.docx', madeOn)], item(feedbackOn === undefined ? {} : { feedbackOn })),
    ).toEqual([]);
  });
});

describe('closing on the last day in bulk', () => {
  it('is found from the third of a 科室 on, and not before', () => {
    const refs = ['Z1-1-1', 'Z1-1-2', 'Z1-1-3'];
    const said = '责任科室在时限当日（2026-12-14）已有 3 项申请销号：Z1-1-1、Z1-1-2、Z1-1-3';
    expect(lastDay(refs, '2026-12-14', LIMITS)).toEqual([{ kind: 'last-day', found: said }]);
    expect(lastDay(refs.slice(1), '2026-12-14', LIMITS)).toEqual([]);
  });
});

describe('progress that repeats what was said before', () => {
  const said = (text: string, before: string, on = '2026-11-20') =>
    repeatedProgress(
      item({ progress: { on, text }, progressBefore: { on: '2026-11-13', text: before } }),
      LIMITS,
    );

  it('is found', () => {
    expect(said(SAID, SAID)).toEqual([
      { kind: 'repeated-progress', found: '2026-11-20 的进展与 2026-11-13 的近乎相同（相似度 100%）' },
    ]);
    expect(said(`${SAID}继续`, SAID)).toHaveLength(1);
    const long = '推'.repeat(LIMITS.shortestText);
    expect(said(long, long)).toHaveLength(1);
    expect(said(long.slice(1), long.slice(1))).toEqual([]);
  });

  it('is silent where it says something else, is short, or corrects what was said on the same day', () => {
    expect(said(OTHERWISE, SAID)).toEqual([]);
    expect(said('按计划推进', '按计划推进')).toEqual([]);
    expect(said(SAID, SAID, '2026-11-13')).toEqual([]);
    expect(repeatedProgress(item({ progress: { on: '2026-11-20', text: SAID } }), LIMITS)).toEqual([]);
  });
});

describe('what was found of a closing that was withdrawn', () => {
  const old: Signal = { kind: 'old-evidence', found: '「制度.docx」早于反馈日期' };
  const alike: Signal = { kind: 'similar-text', found: '完成情况与 Z1-1-2 的文字近乎相同' };
  const withdrawn = (on: string, ...signals: Signal[]) => ({ on, by: 'somebody', signals });

  it('is said with its day, once, as of the last time', () => {
    expect(ofWithdrawn([withdrawn('2026-11-18', old, alike), withdrawn('2026-11-19', old)], [])).toEqual([
      { ...old, found: `2026-11-19 申请、后撤回的一次：${old.found}`, withdrawnOn: '2026-11-19' },
      { ...alike, found: `2026-11-18 申请、后撤回的一次：${alike.found}`, withdrawnOn: '2026-11-18' },
    ]);
  });

  it('is silent where it is found again, or where nothing was', () => {
    expect(found(ofWithdrawn([withdrawn('2026-11-18', old, alike)], [alike]))).toEqual([
      `2026-11-18 申请、后撤回的一次：${old.found}`,
    ]);
    expect(ofWithdrawn([{ on: '2026-11-18', by: 'somebody' }], [])).toEqual([]);
  });
});
