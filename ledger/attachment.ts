import { v7 as uuidv7 } from 'uuid';
import { digestOf, newFileKey, readBytes, type WritePiece, writeBytes } from './attachment-bytes.ts';
import { KIND_LABELS, kindOf, TAKEN } from './attachment-kind.ts';
import { isRefusedName, keptName } from './attachment-name.ts';
import type { CalendarDate } from './calendar.ts';
import type { Entry } from './define.ts';
import { documentDate } from './document-date.ts';
import type { SealingKeys } from './key-ring.ts';
import type { Operation } from './operation.ts';
import { Refusal } from './refusal.ts';
import { aboutAttachment } from './sealed-places.ts';
import type { Row, Rows, Store } from './store.ts';

/** 佐证: a file that is kept. Its name is content: it is shown with the entry and nowhere else. */
export interface KeptFile {
  id: string;
  name: string;
  /** Media type, by its content. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of its bytes, hexadecimal. */
  sha256: string;
  /** The date that the document has of itself, where it names one. */
  madeOn?: CalendarDate;
  keptAt: Date;
}

/** What a file belongs to: somebody's form that is still open, or an entry. */
export type FileOwner = { draftId: string; personId: string } | { entry: Entry; personId: string };

export interface GivenFile {
  name: string;
  bytes: Uint8Array;
}

interface SealedFile {
  name: string;
  type: string;
  size: number;
  sha256: string;
  madeOn?: CalendarDate;
  /** What its bytes are encrypted with, in base64. */
  key: string;
}

const MEGABYTE = 1024 * 1024;

/** 0.3 MB, as people are told. */
export const sizeForPeople = (size: number): string =>
  size < MEGABYTE / 10 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MEGABYTE).toFixed(1)} MB`;

/** 图片, 文档 or 语音. */
export const kindForPeople = (type: string): string =>
  KIND_LABELS[type.startsWith('image/') ? 'image' : type.startsWith('audio/') ? 'voice' : 'document'];

/** @throws Refusal `too-long` where a file of so many bytes is not taken */
export function requireSize({ rules }: Pick<Store, 'rules'>, size: number): void {
  const most = rules.files.maxMegabytes;
  if (size > most * MEGABYTE) {
    const sentence = `这个文件有 ${sizeForPeople(size)}，单个文件不能超过 ${most} MB，未作保存。请压缩或拆分后再发。`;
    throw new Refusal('too-long', sentence);
  }
  if (size === 0)
    throw new Refusal('invalid-input', '这个文件是空的（0 字节），未作保存。请检查后重新发送。');
}

/** What opens sealed values. */
interface Opening {
  readonly keys: SealingKeys;
}

/** A file that was judged. */
type Judged = Omit<SealedFile, 'key'>;

/** @throws Refusal that says what was found and what is taken */
async function judge(store: Pick<Store, 'rules' | 'calendar'>, { name, bytes }: GivenFile): Promise<Judged> {
  requireSize(store, bytes.length);
  const kind = isRefusedName(name) ? undefined : await kindOf(bytes);
  if (!kind) {
    const sentence =
      '这种文件不能作为佐证，未作保存（按内容判断；程序、压缩包、网页和带宏的文档不收）。可以发送：';
    throw new Refusal('invalid-input', `${sentence}${TAKEN}。`);
  }
  const { type, endings } = kind;
  const madeOn = documentDate(bytes, type, store.calendar);
  return {
    ...{ name: keptName(name, endings), type, size: bytes.length, sha256: await digestOf(bytes) },
    ...(madeOn !== undefined && { madeOn }),
  };
}

/**
 * Keeps a file with a form or an entry, all in the operation's transaction. The same bytes twice are kept once. What the
 * entry says of its files is not changed: `addEvidence` does both. A large file is better received first.
 * @throws Refusal for a kind that is not taken, too large, or one too many
 */
export async function keepFile(
  operation: Pick<Operation, 'store' | 'rows' | 'at'>,
  owner: FileOwner,
  file: GivenFile,
): Promise<KeptFile> {
  const { store, rows, at } = operation;
  const judged = await judge(store, file);
  const write: WritePiece = (work) => work(rows);
  const kept = await keepJudged(store, write, { at, personId: owner.personId, judged, bytes: file.bytes });
  return claimFile(operation, owner, kept.id);
}

/**
 * Takes a file in that belongs to nothing yet, a piece in each transaction, so that others are served between them. It is
 * stored durably when this resolves; `claimFile` says what it belongs to, and what nothing claims is swept.
 * @throws Refusal for a kind that is not taken, or too large
 */
export async function receiveFile(
  store: Store,
  from: { personId: string; at: Date },
  file: GivenFile,
): Promise<KeptFile> {
  const judged = await judge(store, file);
  const write: WritePiece = (work) => store.database.write(work);
  return keepJudged(store, write, { ...from, judged, bytes: file.bytes });
}

async function keepJudged(
  store: Store,
  write: WritePiece,
  { at, personId, judged, bytes }: { at: Date; personId: string; judged: Judged; bytes: Uint8Array },
): Promise<KeptFile> {
  const id = uuidv7({ msecs: at.getTime() });
  const key = newFileKey();
  const sealed = store.keys.seal({ ...judged, key } satisfies SealedFile, aboutAttachment(id));
  await write(
    async (rows) => void (await rows.attachment.create({ data: { id, personId, sealed, keptAt: at } })),
  );
  await writeBytes(write, id, key, bytes);
  return { id, ...judged, keptAt: at };
}

/**
 * A file that was received belongs to a form or an entry from now on.
 * @returns the file; where the same bytes are there already, the one that is there
 * @throws Refusal when it is one too many, the form is not open any more, or there is no such file of this person
 */
export async function claimFile(
  { store, rows }: Pick<Operation, 'store' | 'rows'>,
  owner: FileOwner,
  id: string,
): Promise<KeptFile> {
  const received = await rows.attachment.findUnique({ where: { id } });
  if (received?.personId !== owner.personId || received.entryId !== null || received.draftId !== null)
    throw new Refusal('invalid-input', '这个文件没有保存下来，请重新发送。');
  await requireOwner(rows, owner);
  const file = keptOf(store, received);
  const others = await filesOf(store, rows, owner);
  const same = others.find(({ sha256 }) => sha256 === file.sha256);
  if (same) {
    await rows.attachment.delete({ where: { id } });
    return same;
  }
  const { maxFiles } = store.rules.files;
  if (others.length >= maxFiles) {
    const sentence = `已有 ${others.length} 个文件，每条记录最多 ${maxFiles} 个，这个文件未作保存。`;
    throw new Refusal('invalid-input', sentence);
  }
  await rows.attachment.update({ where: { id }, data: placeOf(owner) });
  return file;
}

async function requireOwner(rows: Rows, owner: FileOwner): Promise<void> {
  if ('entry' in owner) return;
  const draft = await rows.draft.findUnique({ where: { id: owner.draftId } });
  if (draft?.personId === owner.personId && draft.state === 'open') return;
  throw new Refusal('form-closed', '这份表单已经结束，文件未作保存。');
}

const placeOf = (owner: FileOwner) =>
  'entry' in owner ? { entryId: owner.entry.id } : { draftId: owner.draftId };

/** The files of a form or an entry, in the order in which they came. */
export async function filesOf(
  store: Opening,
  rows: Rows,
  owner: FileOwner | Pick<FileOwner & { entry: Entry }, 'entry'>,
): Promise<KeptFile[]> {
  const where =
    'entry' in owner ? { entryId: owner.entry.id } : { draftId: owner.draftId, personId: owner.personId };
  const found = await rows.attachment.findMany({ where, orderBy: [{ keptAt: 'asc' }, { id: 'asc' }] });
  return found.map((row) => keptOf(store, row));
}

/**
 * A file and its bytes. Whoever calls this has made sure that it is for the reader: with `of`, that it belongs there.
 * @throws Refusal when there is no such file
 * @throws SealBroken when what is stored was changed
 */
export async function readFile(
  store: Opening,
  rows: Rows,
  id: string,
  of?: { entry: Entry } | { draftId: string },
): Promise<{ file: KeptFile; bytes: Uint8Array<ArrayBuffer> }> {
  const row = await rows.attachment.findUnique({ where: { id } });
  const isThere =
    of === undefined || ('entry' in of ? row?.entryId === of.entry.id : row?.draftId === of.draftId);
  if (!row || !isThere) throw new Refusal('unknown-entry', '没有这个文件，或它不在您可以查看的范围内。');
  const file = keptOf(store, row);
  const { key } = opened(store, row);
  return { file, bytes: await readBytes(rows, id, key, file.size) };
}

/** The files of a form become the entry's that was filed with it, whose contents name them already. */
export async function adoptFiles(
  { rows }: Pick<Operation, 'rows'>,
  draftId: string,
  entry: Entry,
): Promise<void> {
  await rows.attachment.updateMany({ where: { draftId }, data: { draftId: null, entryId: entry.id } });
  // A file that was sent before the form was, and arrives later, finds the entry by it.
  await rows.draft.updateMany({ where: { id: draftId }, data: { subject: entry.ref } });
}

/** Forgets a file that was received and that nothing has claimed. */
export async function dropReceived(rows: Rows, id: string): Promise<void> {
  await rows.attachment.deleteMany({ where: { id, entryId: null, draftId: null } });
}

/** Forgets the files of a form that was given up. */
export async function dropFilesOf(rows: Rows, draftId: string): Promise<void> {
  await rows.attachment.deleteMany({ where: { draftId, entryId: null } });
}

const opened = ({ keys }: Opening, { id, sealed }: Row.AttachmentModel): SealedFile =>
  keys.unseal<SealedFile>(sealed, aboutAttachment(id));

function keptOf(store: Opening, row: Row.AttachmentModel): KeptFile {
  const { key: _, ...file } = opened(store, row);
  return { id: row.id, ...file, keptAt: row.keptAt };
}
