import type { Entry, Filing } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import { type RawValues, readForm } from '../form.ts';
import type { Content } from '../message.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import type { IntercessionData } from './contents.ts';
import { newRef } from './contents.ts';
import { type Report, reportFields } from './fields.ts';
import { RECEIVERS } from './receivers.ts';
import { understandSentence } from './understand-sentence.ts';
import * as wording from './wording.ts';

const HOUR_MS = 3_600_000;

export const filing: Filing = {
  word: '我要报告',
  also: ['报告', '说情报告', '记录说情'],
  help: '记录一次说情打招呼，也可以直接用一句话说',
  title: '说情打招呼记录',
  intro: (rules) => [
    '提交后立即给您回执。内容加密保存，被反映人看不到。',
    `请在事发后 ${rules.intercession.recordWithinHours} 小时内记录；超过也可以补报，请写明原因。`,
  ],
  fields: reportFields,
  understand: understandSentence,
  file,
};

async function file(operation: Operation, actor: Person, raw: RawValues): Promise<Content> {
  const report = readForm(reportFields, raw);
  const late = checkTime(operation, report);
  const recused = concerned(operation.directory, report).filter((id) => id !== actor.id);
  const entry = await operation.create({
    ledger: 'intercession',
    ref: await unusedRef(operation),
    state: 'submitted',
    title: '说情打招呼记录',
    data: { late } satisfies IntercessionData,
    contents: { report, supplements: [] },
    facets: facetsOf(report),
    people: { reporter: [actor.id], receiver: standIns(operation.directory, recused, actor) },
    recused,
  });
  await tellReceivers(operation, entry);
  return wording.receipt(entry.ref, operation.store.calendar.display(operation.at), late);
}

/**
 * @returns whether this is 补报
 * @throws Refusal when the event lies ahead, or the record is late and gives no reason
 */
function checkTime({ at, store }: Operation, report: Report): boolean {
  const { calendar, rules } = store;
  const [on = '', time = ''] = report.happenedAt.split('T');
  const happenedAt = calendar.instantOf(on, time);
  if (happenedAt > at) {
    const sentence = `事发时间 ${report.happenedAt.replace('T', ' ')} 还没有到，现在是 ${calendar.display(at)}`;
    throw new Refusal('invalid-input', `${sentence}。`, { happenedAt: sentence });
  }
  const { recordWithinHours } = rules.intercession;
  const late = at.getTime() - happenedAt.getTime() > recordWithinHours * HOUR_MS;
  if (late && !report.lateReason) {
    const sentence = `事发已超过 ${recordWithinHours} 小时，请简单写明补报原因`;
    throw new Refusal('invalid-input', `${sentence}。`, { lateReason: sentence });
  }
  return late;
}

/** 回避: whoever bears a name that the report gives as asking, passing on, or to be kept away. */
function concerned(directory: Directory, report: Report): string[] {
  const names = [report.intercessorName, report.goBetween, ...(report.recuse ?? '').split(/[\s、，,；;]+/u)];
  const named = names.filter((name): name is string => Boolean(name));
  return directory.people
    .filter((person) => named.some((name) => name.includes(person.name)))
    .map(({ id }) => id);
}

/**
 * Who receives it in place of the 纪检监察员: nobody as long as one of them may, else the 派驻纪检组. The officers
 * themselves are not listed with the entry: who is missing from such a list would tell who was named.
 */
function standIns(directory: Directory, recused: readonly string[], reporter: Person): string[] {
  const free = (role: 'discipline' | 'resident') =>
    directory
      .withRole(role)
      .map(({ id }) => id)
      .filter((id) => !recused.includes(id) && id !== reporter.id);
  return free('discipline').length > 0 ? [] : free('resident');
}

/** Enumerations only: they may be counted without opening anything. */
const facetsOf = (report: Report) => ({
  channel: report.channel,
  intercessorKind: report.intercessorKind,
  stage: report.stage,
  circumstances: report.circumstances,
  reply: report.reply,
});

async function unusedRef({ rows }: Operation): Promise<string> {
  const ref = newRef();
  const taken = await rows.entry.findUnique({ where: { ref }, select: { id: true } });
  return taken ? newRef() : ref;
}

async function tellReceivers(operation: Operation, entry: Entry): Promise<void> {
  for (const to of RECEIVERS) {
    await operation.notify(entry, { to, content: wording.filed(entry) }, `intercession.file:${entry.id}`);
  }
}
