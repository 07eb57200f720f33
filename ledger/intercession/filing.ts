import { adoptFiles } from '../attachment.ts';
import type { Entry, Filing } from '../define.ts';
import type { Person } from '../directory.ts';
import { filesOfForm } from '../entry-file.ts';
import { type RawValues, readForm } from '../form.ts';
import { tellLedgers } from '../happening.ts';
import type { Content } from '../message.ts';
import type { Operation } from '../operation.ts';
import { unusedRef } from '../unused-ref.ts';
import { concerned } from './concerned.ts';
import type { IntercessionData } from './contents.ts';
import { contentsSchema } from './contents.ts';
import { type Report, reportFields } from './fields.ts';
import { keptAway } from './kept-away.ts';
import { RECEIVERS } from './receivers.ts';
import { isReceived, standIns } from './routing.ts';
import { START, understandReport } from './starting-values.ts';
import { acceptBy } from './terms.ts';
import { fieldsAsked, timingOf, wrongWithTime } from './timing.ts';
import * as wording from './wording.ts';

export const filing: Filing = {
  word: '我要报告',
  also: ['报告', '说情报告', '记录说情'],
  help: '记录一次说情打招呼，也可以直接用一句话说',
  title: '说情打招呼记录',
  intro: (rules) => [
    '提交后立即给您回执。内容加密保存；写出全名（或姓加职务）的本局人员看不到。',
    `请在事发后 ${rules.intercession.recordWithinHours} 小时内记录；超过也可以补报，请写明原因。`,
    '有图片、文件或语音可作佐证的，可随表单一并归入（在网页上填写的，在网页上选择文件；在聊天里填写的，直接发到私聊里）；提交后也可以补充。',
  ],
  fields: reportFields,
  inline: 'content',
  understand: understandReport,
  start: START,
  asked: fieldsAsked,
  file,
};

async function file(operation: Operation, actor: Person, raw: RawValues, draftId?: string): Promise<Content> {
  const here = { at: operation.at, ...operation.store };
  const report = readForm(reportFields, raw, wrongWithTime(raw, here));
  const late = timingOf(raw, here) === 'late';
  const files = await filesOfForm(operation, actor, draftId);
  const contents = contentsSchema.parse({ report, supplements: [], files });
  const { directory, store } = operation;
  const recused = concerned(directory, contents, store.rules).filter((id) => id !== actor.id);
  const entry = await operation.create({
    ledger: 'intercession',
    ref: await unusedRef(operation),
    state: 'submitted',
    title: '说情打招呼记录',
    data: { late } satisfies IntercessionData,
    contents,
    facets: { ...facetsOf(report), late },
    dueOn: acceptBy(operation.store, operation.today),
    people: { reporter: [actor.id], receiver: standIns(directory, recused, actor) },
    recused,
    receipt: true,
  });
  if (draftId !== undefined) await adoptFiles(operation, draftId, entry);
  await tellReceivers(operation, entry);
  const followed = await tellLedgers(operation, { by: actor, on: report.happenedAt.slice(0, 10) });
  const away = keptAway(directory, report.recuse ?? '');
  return wording.receipt(entry.ref, operation.store.calendar.display(operation.at), {
    late,
    keepsNobodyAway: report.recuse !== undefined && away.length === 0,
    ...(!isReceived(directory, recused, actor) && { turnTo: store.rules.intercession.upperLevel }),
    receipt: await operation.receiptFor(entry),
    followed,
  });
}

/** Enumerations only: they may be counted without opening anything. */
const facetsOf = (report: Report) => ({
  channel: report.channel,
  intercessorKind: report.intercessorKind,
  stage: report.stage,
  circumstances: report.circumstances,
  reply: report.reply,
});

async function tellReceivers(operation: Operation, entry: Entry): Promise<void> {
  for (const to of RECEIVERS) {
    await operation.notify(entry, { to, content: wording.filed(entry) }, `intercession.file:${entry.id}`);
  }
}
