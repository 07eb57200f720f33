import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../config/rules.ts';
import {
  requireNotAsked,
  requireOtherDepartment,
  requireOtherPerson,
} from '../../../ledger/rectification/four-eyes.ts';
import { plainBureau, someone } from '../plain-bureau.ts';
import { plainItem } from './plain-item.ts';

const asked = { application: { on: '2026-11-20', by: '申请人', summary: '示例' } };
const at =
  (actor: string, act: string, part = 'responsible') =>
  () =>
    requireOtherPerson(
      plainItem({
        actor: someone(actor),
        data: { ...asked, reviewedBy: '审核人' },
        entry: { people: [{ personId: '做事人', part }] },
      }),
      act,
    );

describe('who decides on a closing', () => {
  it('is neither who asked for it nor who works on it, whatever part of the work is his', () => {
    for (const act of ['审核', '复核', '审定', '退回', '回头看']) {
      const own = `您是 Z1-1-1 的责任人或申请人，不能${act}自己的销号申请。（四眼原则·申请、审核、复核分属三人；`;
      expect(at('申请人', act)).toThrow(own);
      expect(at('做事人', act)).toThrow(own);
      expect(at('做事人', act, 'assistant')).toThrow(own);
      expect(at('旁人', act)).not.toThrow();
    }
  });

  it('may be its 责任领导, whose part is to decide', () => {
    expect(at('做事人', '审核', 'leader')).not.toThrow();
  });

  it('once reviewed is another than who reviewed; who reviewed may still send it back', () => {
    expect(at('审核人', '复核')).toThrow('Z1-1-1 是您审核的，须由另一人复核。（四眼原则·');
    expect(at('审核人', '退回')).not.toThrow();
    expect(at('审核人', '审核')).not.toThrow();
  });
});

describe('where the bureau asks for another 科室', () => {
  const rules = { fourEyes: { ...defaultRules.fourEyes, otherDepartment: true } };
  const applicant = someone('申请人', { departmentId: '甲', department: '甲科' });
  const decides =
    (actor: string, departmentId: string, more = {}) =>
    () =>
      requireOtherDepartment(
        {
          ...plainItem({
            actor: someone(actor, { departmentId, department: '甲科' }),
            data: asked,
            rules,
            ...more,
          }),
          directory: plainBureau([applicant]),
        },
        '复核',
      );

  it('nobody of the applicant’s decides, and is told whose it is', () => {
    expect(decides('同科人', '甲')).toThrow(
      '您与 Z1-1-1 的申请人申请人同属甲科，须由其他科室的人员复核。（四眼原则·申请人与审核、复核人不属同一科室；',
    );
  });

  it('others decide, and so does anybody where the bureau does not ask for it', () => {
    expect(decides('外科人', '乙')).not.toThrow();
    expect(decides('同科人', '甲', { rules: {} })).not.toThrow();
  });

  it('an item whose applicant is not known is decided on', () => {
    expect(decides('同科人', '甲', { data: {} })).not.toThrow();
    const gone = { application: { ...asked.application, by: '已删除' } };
    expect(decides('同科人', '甲', { data: gone })).not.toThrow();
  });
});

it('who asks for more time does not grant it, also as 责任领导', () => {
  const here = plainItem({ actor: someone('申请人') });
  expect(() => requireNotAsked(here, { by: '申请人' }, '延期')).toThrow(
    'Z1-1-1 的延期是您申请的，须由另一人审批。（四眼原则·申请与审批分属两人；',
  );
  expect(() => requireNotAsked(here, { by: '旁人' }, '延期')).not.toThrow();
  expect(() => requireNotAsked(here, undefined, '延期')).not.toThrow();
});
