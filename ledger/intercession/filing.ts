import type { Entry, Filing } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import { type RawValues, readForm } from '../form.ts';
import type { Content } from '../message.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import type { Role } from '../role.ts';
import { concerned } from './concerned.ts';
import type { IntercessionData } from './contents.ts';
import { contentsSchema, newRef } from './contents.ts';
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
    '提交后立即给您回执。内容加密保存；写出全名（或姓加职务）的本局人员看不到。',
    `请在事发后 ${rules.intercession.recordWithinHours} 小时内记录；超过也可以补报，请写明原因。`,
  ],
  fields: reportFields,
  inline: 'content',
  understand: understandSentence,
  file,
};

async function file(operation: Operation, actor: Person, raw: RawValues): Promise<Content> {
  const report = readForm(reportFields, raw);
  const late = checkTime(operation, report);
  const contents = contentsSchema.parse({ report, supplements: [] });
  const recused = concerned(operation.directory, contents).filter((id) => id !== actor.id);
  const standingIn = standIns(operation.directory, recused, actor);
  const entry = await operation.create({
    ledger: 'intercession',
    ref: await unusedRef(operation),
    state: 'submitted',
    title: '说情打招呼记录',
    data: { late } satisfies IntercessionData,
    contents,
    facets: facetsOf(report),
    people: { reporter: [actor.id], receiver: standingIn },
    recused,
  });
  await tellReceivers(operation, entry);
  const isReceived =
    standingIn.length > 0 || free(operation.directory, 'discipline', recused, actor).length > 0;
  return wording.receipt(entry.ref, operation.store.calendar.display(operation.at), { late, isReceived });
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

/**
 * Who receives it beside or in place of the 纪检监察员: the 派驻纪检组, when a leader is concerned or no officer may see
 * it. The officers themselves are not listed with the entry: who is missing from such a list would tell who was named.
 */
function standIns(directory: Directory, recused: readonly string[], reporter: Person): string[] {
  const namesLeader = recused.some((id) =>
    directory.byId(id)?.roles.some((role) => role === 'leader' || role === 'secretary'),
  );
  if (!namesLeader && free(directory, 'discipline', recused, reporter).length > 0) return [];
  return free(directory, 'resident', recused, reporter);
}

const free = (directory: Directory, role: Role, recused: readonly string[], reporter: Person): string[] =>
  directory
    .withRole(role)
    .map(({ id }) => id)
    .filter((id) => !recused.includes(id) && id !== reporter.id);

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
