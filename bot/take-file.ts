import { DONE, OnPageOnly } from '../handlers/add-files.ts';
import type { Asking } from '../handlers/define.ts';
import { type FilePlace, goOn, placeOfFile } from '../handlers/file-wait.ts';
import {
  claimFile,
  dropReceived,
  filesOf,
  type KeptFile,
  kindForPeople,
  requireSize,
  sizeForPeople,
} from '../ledger/attachment.ts';
import { isRef } from '../ledger/entry.ts';
import { addEvidence, mayAddFiles } from '../ledger/evidence.ts';
import { type Content, text } from '../ledger/message.ts';
import { type Operation, operate } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';
import { ask } from './asking.ts';
import { type FormAsked, formAsked } from './dialogue/form-asked.ts';
import { keepRunning } from './dialogue/running.ts';
import { saidBehind } from './dialogue/said-behind.ts';
import { question } from './dialogue/wording.ts';
import type { House } from './house.ts';
import type { Inbound, InboundFile } from './platform.ts';
import { type Outcome, settle, settledBefore } from './settle.ts';
import type { Whereto } from './show-way.ts';

/**
 * A file that somebody sent goes to the form that he has open, or to the entry that he said. It was received before, and
 * belongs to nothing until this commits.
 * @throws Refusal where it belongs nowhere, or is not taken
 */
export async function takeFile(
  house: House,
  inbound: Inbound,
  file: InboundFile,
  asking: Asking,
  asked?: FormAsked,
): Promise<Outcome> {
  if (file.refused !== undefined) throw new Refusal('invalid-input', file.refused);
  const place = await requirePlace(house, inbound, file, asking, asked);
  const { keptAs } = file;
  if (keptAs === undefined) throw new Error('A file is to be taken that was not received');
  const { person, at } = asking;
  return operate(house.store, { actor: person, at }, async (operation) => {
    const before = await settledBefore(house.store, operation.rows, inbound.key);
    if (before) return before;
    const content =
      place.kind === 'form'
        ? await toForm(operation, asking, place.draftId, keptAs)
        : await toEntry(operation, asking, place, keptAs);
    await goOn(operation.rows, place.draftId, at);
    const outcome: Outcome = { reply: await askedOn(operation, inbound, asking, content, asked), answer: {} };
    await settle(house, operation.rows, { inbound, person, outcome, at });
    return outcome;
  });
}

/** The form that is being asked goes on with the question that it stands at. */
async function askedOn(
  { store, rows }: Operation,
  inbound: Inbound,
  { person, at }: Asking,
  content: Content,
  asked: FormAsked | undefined,
): Promise<Content> {
  if (!asked) return content;
  const { draft, form, place } = asked;
  await keepRunning(rows, inbound, { draftId: draft.id, place, changedAt: at });
  const owner = { draftId: draft.id, personId: person.id };
  const files = form.files === undefined ? {} : { files: (await filesOf(store, rows, owner)).length };
  return saidBehind(content, question({ ...form, ...files }, place));
}

/** @returns who sent it, where a file that the platform holds is to be fetched at all: nothing is, that would belong nowhere */
export async function isWanted(
  house: House,
  inbound: Inbound,
  file: InboundFile,
): Promise<string | undefined> {
  if (inbound.group !== undefined) return undefined;
  try {
    const asking = await ask(house, inbound, house.now());
    await requirePlace(house, inbound, file, asking, await formAsked(house, inbound, asking));
    return asking.person.id;
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

/** What was refused is not kept. */
export async function forgetFile({ store }: House, { file }: Inbound): Promise<void> {
  const id = file?.keptAs;
  if (id !== undefined) await store.database.write((rows) => dropReceived(rows, id));
}

const nowhere = (way = '补充佐证 <编号>」或「我要报告'): string =>
  `收到文件，但不知道归入哪条记录，未作保存。请先发送「${way}」，再发文件。`;
const nowhereByPage = (way = '我要报告」或「打开 <编号>'): string =>
  `佐证文件不经聊天传递，没有保存。请发送「${way}」，在页面上上传；刚才的文件还留在聊天记录里，请您自行撤回或删除。`;

/** A form that takes no files is asked: its entry may. */
async function wayOfAsked({ entries, person }: Asking, asked?: FormAsked): Promise<string | undefined> {
  const ref = asked?.draft.subject.replace(/@\d+/gu, '');
  if (!ref || !isRef(ref)) return undefined;
  const entry = await entries.get(ref);
  const ledger = entries.ledgerOf(entry);
  return mayAddFiles(ledger, person, entry) ? `${ledger.files?.word} ${entry.ref}` : undefined;
}

async function requirePlace(
  house: House,
  inbound: Inbound,
  { size }: InboundFile,
  asking: Asking,
  asked: FormAsked | undefined,
): Promise<FilePlace> {
  const { person, rows, keepsBack } = asking;
  // What is being asked goes before what was opened last.
  const own = asked?.form.files === undefined ? undefined : asked.draft.id;
  const place: FilePlace | undefined =
    own === undefined
      ? await placeOfFile(rows, person, house.handlers, inbound.at)
      : { kind: 'form', draftId: own };
  if (!place) {
    const way = await wayOfAsked(asking, asked);
    throw new Refusal('invalid-input', keepsBack ? nowhereByPage(way) : nowhere(way));
  }
  if (keepsBack) throw new OnPageOnly(wayTo(place));
  if (size !== undefined) requireSize(house.store, size);
  return place;
}

const wayTo = (place: FilePlace): Whereto =>
  place.kind === 'entry'
    ? { subject: { kind: 'entry', ref: place.ref }, title: `补充佐证 ${place.ref}` }
    : { subject: { kind: 'form', draftId: place.draftId }, title: '佐证文件' };

/** What a file is, without its name: a name is content. */
const shortly = ({ type, size }: KeptFile): string => `${kindForPeople(type)}，${sizeForPeople(size)}`;

async function toForm(
  { store, rows }: Operation,
  { person }: Asking,
  draftId: string,
  keptAs: string,
): Promise<Content> {
  const owner = { draftId, personId: person.id };
  const file = await claimFile({ store, rows }, owner, keptAs);
  const count = (await filesOf(store, rows, owner)).length;
  if (file.id !== keptAs) return text(`这个文件已经在表单里了，没有重复保存。现有 ${count} 个文件。`);
  return text(`已收到 1 个文件（${shortly(file)}），提交表单时一并归入；现有 ${count} 个。`);
}

async function toEntry(
  operation: Operation,
  { person }: Asking,
  { ref, draftId }: FilePlace & { kind: 'entry' },
  keptAs: string,
): Promise<Content> {
  const entry = await operation.entries.get(ref);
  const { file, isNew, count } = await addEvidence(operation, person, entry, {
    id: keptAs,
    occasion: draftId,
  });
  const title = isNew
    ? `已收到 1 个文件（${shortly(file)}），归入 ${entry.ref}`
    : `这个文件 ${entry.ref} 已经有了，没有重复保存`;
  return {
    kind: 'notice',
    title,
    tone: 'green',
    sections: [{ lines: [`现有 ${count} 个佐证文件。可以继续发送；发完请点「${DONE}」。`] }],
    actions: [{ action: DONE, label: DONE }],
  };
}
