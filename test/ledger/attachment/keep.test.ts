import { describe, expect, it } from 'vitest';
import { claimFile, filesOf, keepFile, readFile, receiveFile } from '../../../ledger/attachment.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Entry } from '../../../ledger/define.ts';
import type { Person } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { addEvidence } from '../../../ledger/evidence.ts';
import { type Operation, operate } from '../../../ledger/operation.ts';
import type { Store } from '../../../ledger/store.ts';
import { sweepFiles } from '../../../ledger/sweep-files.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed } from '../../sample-record.ts';
import * as sample from './sample-files.ts';

const AT = new Date('2026-11-23T01:00:00.000Z');
const LATER = new Date('2026-11-23T02:00:00.000Z');
const MEGABYTE = 1024 * 1024;

let store: Store;
let reporter: Person;
let entry: Entry;
freshCopies(AT, async (copy) => {
  store = copy.store;
  reporter = await personNamed(store, '许星阑');
  const ref = await fileReport(store, reporter, AT);
  entry = await entriesFor(store, store.database.rows, reporter).get(ref);
});

const act = <T>(decide: (operation: Operation) => Promise<T>) =>
  operate(store, { actor: reporter, at: LATER }, decide);

/** A file that came and was added, as people add it. */
async function add(bytes: Uint8Array, name = '来函.png') {
  const { id } = await receiveFile(store, { personId: reporter.id, at: LATER }, { name, bytes });
  return act(async (operation) =>
    addEvidence(operation, reporter, await operation.entries.get(entry.ref), { id, occasion: 'once' }),
  );
}

const problems = async () => (await verify(store.database.rows, [], store.keys)).problems;

describe('a file of an entry', () => {
  it('is read as it came, named in the entry and covered by the chain', async () => {
    const bytes = Buffer.concat([sample.png(), Buffer.alloc(700_000, 'ab')]);
    const { file } = await add(bytes);
    const read = await readFile(store, store.database.rows, file.id, { entry });
    expect(Buffer.from(read.bytes).equals(bytes)).toBe(true);
    expect(read.file).toMatchObject({ name: '来函.png', type: 'image/png', size: bytes.length });
    expect(await problems()).toEqual([]);
  });

  it('is not to be had by way of another entry', async () => {
    const { file } = await add(sample.png());
    const other = { ...entry, id: 'another' };
    await expect(readFile(store, store.database.rows, file.id, { entry: other })).rejects.toThrow(
      '没有这个文件',
    );
  });

  it('leaves neither name, type, digest nor bytes in any row', async () => {
    const { file } = await add(sample.png('说情来函原件'), '关照某项目.png');
    const rows = await Promise.all([
      store.database.rows.attachment.findMany(),
      store.database.rows.attachmentBody.findMany(),
      store.database.rows.auditRecord.findMany(),
    ]);
    const raw = rows
      .flat()
      .flatMap((row) =>
        Object.values(row).map((value) => Buffer.from(value instanceof Uint8Array ? value : String(value))),
      );
    for (const secret of ['关照某项目', '说情来函原件', 'image/png', file.sha256]) {
      expect(raw.filter((bytes) => bytes.includes(secret))).toEqual([]);
    }
  });

  it('that comes twice is kept once', async () => {
    const first = await add(sample.png());
    const again = await add(sample.png(), '换个名字.png');
    expect(again).toMatchObject({ isNew: false, count: 1 });
    expect(again.file.id).toBe(first.file.id);
    expect(await store.database.rows.attachment.count()).toBe(1);
    expect(await problems()).toEqual([]);
  });

  it('that was changed, removed or put under another entry is found by verify', async () => {
    const { file } = await add(sample.png());
    await add(sample.jpg(), '照片.jpg');
    const { rows } = store.database;
    const where = { attachmentId_part: { attachmentId: file.id, part: 0 } };
    const body = await rows.attachmentBody.findUniqueOrThrow({ where });
    const flipped = body.bytes.map((byte, index) => (index === 30 ? byte ^ 1 : byte));
    await rows.attachmentBody.update({ where, data: { bytes: new Uint8Array(flipped) } });
    expect(await problems()).toEqual([`File 1 of entry ${entry.ref} does not open: it was changed`]);
    await rows.attachment.delete({ where: { id: file.id } });
    expect(await problems()).toEqual([`File 1 of entry ${entry.ref} is missing`]);
  });
});

describe('what is not kept', () => {
  it('an empty file, one that is too large, and one of another kind; each is told why', async () => {
    await expect(add(Buffer.alloc(0))).rejects.toThrow('0 字节');
    await expect(add(Buffer.alloc(21 * MEGABYTE))).rejects.toThrow(
      '这个文件有 21.0 MB，单个文件不能超过 20 MB',
    );
    await expect(add(sample.docm(), '来函.docx')).rejects.toThrow('这种文件不能作为佐证');
    await expect(add(sample.text(), '来函.bat')).rejects.toThrow('这种文件不能作为佐证');
    expect(await store.database.rows.attachment.count()).toBe(0);
  });

  it('one more than there may be, also when many come at once', async () => {
    const sent = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => add(sample.png(`${index}`), `${index}.png`)),
    );
    const { maxFiles } = store.rules.files;
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxFiles);
    expect(await filesOf(store, store.database.rows, { entry })).toHaveLength(maxFiles);
    const refused = sent.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(new Set(refused)).toEqual(
      new Set([`Refusal: 已有 ${maxFiles} 个文件，每条记录最多 ${maxFiles} 个，这个文件未作保存。`]),
    );
    expect(await problems()).toEqual([]);
  });

  it('what nobody claims, once the days are over; what an entry has stays', async () => {
    await add(sample.png());
    await receiveFile(store, { personId: reporter.id, at: AT }, { name: 'a.jpg', bytes: sample.jpg() });
    await store.database.write((rows) => sweepFiles(rows, AT));
    expect(await store.database.rows.attachment.count()).toBe(2);
    await store.database.write((rows) => sweepFiles(rows, new Date('2026-12-30')));
    expect(await store.database.rows.attachment.findMany({ select: { entryId: true } })).toEqual([
      { entryId: entry.id },
    ]);
  });

  it("somebody else's file, or one that belongs somewhere already", async () => {
    const other = await personNamed(store, '程一禾');
    const { id } = await receiveFile(
      store,
      { personId: other.id, at: AT },
      { name: 'a.png', bytes: sample.png() },
    );
    const claim = (file: string) =>
      act((operation) => claimFile(operation, { entry, personId: reporter.id }, file));
    await expect(claim(id)).rejects.toThrow('没有保存下来');
    const { file } = await add(sample.jpg());
    await expect(claim(file.id)).rejects.toThrow('没有保存下来');
  });

  it('a file for a form that is not open, or is not his', async () => {
    const owner = { draftId: 'none', personId: reporter.id };
    const keep = act((operation) => keepFile(operation, owner, { name: 'a.png', bytes: sample.png() }));
    await expect(keep).rejects.toThrow('这份表单已经结束');
    expect(await store.database.rows.attachment.count()).toBe(0);
  });
});
