import type { RawValues } from '../../ledger/form.ts';
import { enqueue, settleFailed } from '../../ledger/outbox.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed, takeStep } from '../sample-record.ts';
import { NAMED, OFFICER, REPORTER, RESIDENT } from './bureaus.ts';
import { type OfficersPages, openAsOfficer } from './visits.ts';
import type { World } from './world.ts';

/** Names everybody in its words; whoever asked the favour is nobody of the bureau, so that one officer is left. */
const CONTENT = `来电人称受${Object.values(NAMED).join('、')}之托，请求关照某项目。`;

/** What was filed, for whoever would look for it. */
export interface Filed {
  /** Of one that lies where it was filed, and of one that went its whole way and was asked for again. */
  refs: readonly [string, string];
  receipt: string;
  /** Of the one that lies. */
  pages: OfficersPages;
}

/** Two reports, one handled to the end; a message about it that could not be delivered. */
export async function fileAndHandle(world: World): Promise<Filed> {
  const { store, at } = world;
  const reporter = await personNamed(store, REPORTER);
  const values = { content: CONTENT, intercessorName: '某人' };
  const [first, second] = [new Date(at.getTime() + 1), new Date(at.getTime() + 2)];
  const lying = await fileReport(store, reporter, first, values);
  const handled = await fileReport(store, reporter, second, values);
  await world.settle();
  const step = async (name: string, word: string, raw: RawValues = {}) => {
    await takeStep(store, { person: await personNamed(store, name), word, ref: handled, at, values: raw });
    await world.settle();
  };
  await step(OFFICER, '受理');
  await step(OFFICER, '追问', { question: '几点来电？' });
  await step(REPORTER, '回复', { answer: '下午三点。' });
  await step(OFFICER, '甄别', { conclusion: 'suspected', reason: '示例' });
  await step(RESIDENT, '处置', { disposal: 'reminder', detail: '示例' });
  await step(OFFICER, '反馈', { feedback: '示例' });
  await step(OFFICER, '归档');
  await step(OFFICER, '申请解封', { reason: '示例' });
  await failToTell(world, handled);
  const receipt = await receiptOf(world, handled);
  return { refs: [lying, handled], receipt, pages: await openAsOfficer(world, OFFICER, lying) };
}

/** Later an officer sees who is meant. */
export async function goOn(world: World, [lying, handled]: Filed['refs']): Promise<void> {
  const { store, at } = world;
  const step = async (name: string, word: string, ref: string, values: RawValues = {}) => {
    await takeStep(store, { person: await personNamed(store, name), word, ref, at, values });
    await world.settle();
  };
  await step(RESIDENT, '批准解封', handled);
  await step(OFFICER, '受理', lying);
  await step(OFFICER, '认定', lying, { person: (await personNamed(store, NAMED.tally)).id });
}

/** A message about the report that nothing could deliver. */
async function failToTell({ store, at }: World, ref: string): Promise<void> {
  const { id: personId } = await personNamed(store, REPORTER);
  const content = {
    kind: 'notice',
    title: '您的记录有新进展',
    tone: 'plain',
    sections: [],
    actions: [{ action: `查看 ${ref}`, label: '查看' }],
  } as const;
  const key = `undelivered:${ref}`;
  await store.database.write((rows) =>
    enqueue(store, rows, at, {
      key,
      personId,
      content: { ...content, sections: [], actions: [...content.actions] },
      notBefore: at,
    }),
  );
  const row = await store.database.rows.outbox.findUniqueOrThrow({ where: { key } });
  await settleFailed(store, row, at, { reason: 'refused', lasting: true });
}

async function receiptOf({ store }: World, ref: string): Promise<string> {
  const { receiptText } = await import('../../ledger/receipt/keep-receipt.ts');
  const entry = await store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
  return (await receiptText(store, store.database.rows, entry.id)) ?? '';
}
