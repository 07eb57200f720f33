import type { Filing } from '../../../ledger/define.ts';
import { readForm } from '../../../ledger/form.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import { reportFields } from './fields.ts';
import * as wording from './wording.ts';

/** A work that somebody is about to begin: 「下月拟实施科技奖励采购」. */
const ABOUT_TO = /拟(?:于.{1,10})?(?:开展|实施)(.{2,40})/u;

export const filing: Filing = {
  word: '报备',
  help: '重点工作实施前报备',
  title: '重点工作报备',
  intro: () => ['备案后方可实施。'],
  fields: reportFields,
  understand(sentence) {
    const matter = ABOUT_TO.exec(sentence)?.[1];
    return matter === undefined ? undefined : { matter, plan: sentence };
  },
  async file(operation, actor, raw) {
    const { matter, area, beginsOn, plan } = readForm(reportFields, raw);
    if (beginsOn < operation.today) {
      const sentence = `${beginsOn} 已经过去，应在实施前报备`;
      throw new Refusal('invalid-input', `${sentence}。`, { beginsOn: sentence });
    }
    const known = await operation.rows.entry.count({ where: { ledger: 'advance-report' } });
    const entry = await operation.create({
      ledger: 'advance-report',
      ref: `B${known + 1}`,
      state: 'reported',
      title: matter,
      dueOn: beginsOn,
      departmentId: actor.departmentId,
      data: { area, beginsOn },
      contents: { plan },
      facets: { area },
      people: { reporter: [actor.id] },
    });
    const told = { to: { role: 'discipline' }, content: wording.waiting(entry) } as const;
    await operation.notify(entry, told, `advance-report.file:${entry.id}`);
    return wording.received(entry);
  },
};
