import { expect, test } from 'vitest';
import { entryDigest } from '../../../ledger/audit/digest.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import { contentsOf } from '../../../ledger/entry.ts';
import type { IntercessionContents } from '../../../ledger/intercession/contents.ts';
import { flawsOf } from '../../../ledger/receipt/flaws.ts';
import type { Store } from '../../../ledger/store.ts';
import { freshCopies } from '../../fresh-record.ts';
import { personNamed } from '../../sample-record.ts';
import { rewriteChain } from '../audit/rewritten-chain.ts';
import { fileWithReceipt } from './given-receipts.ts';

const AT = new Date('2026-11-25T02:00:00.123Z');

let store: Store;
freshCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  store = copy.store;
});

/** Somebody with the database and the keys puts another story into an entry, and writes the chain to it. */
async function tellOtherwise(ref: string): Promise<string> {
  return store.database.write(async (rows) => {
    const { id, sealed } = await rows.entry.findUniqueOrThrow({ where: { ref } });
    const contents = store.keys.unseal<IntercessionContents>(sealed ?? new Uint8Array(), contentsOf(id));
    const told = { ...contents, report: { ...contents.report, content: '什么也没有发生。' } };
    const changed = await rows.entry.update({
      where: { id },
      data: { sealed: store.keys.seal(told, contentsOf(id)) },
      include: { people: true, recusals: true },
    });
    const digest = entryDigest(changed);
    await rewriteChain(rows, (body) =>
      body.subject?.id === id ? { ...body, subject: { ...body.subject, digest } } : body,
    );
    return id;
  });
}

test('a story put in place of the filed one, with the chain written to fit, does not fit the receipt', async () => {
  const { ref } = await fileWithReceipt(store, await personNamed(store, '许星阑'), AT);
  const { id } = await store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
  expect(await flawsOf(store, store.database.rows, id)).toEqual([]);
  await tellOtherwise(ref);
  expect((await verify(store.database.rows)).problems).toEqual([]);
  expect(await flawsOf(store, store.database.rows, id)).toEqual(['commitment']);
});

test('a receipt that states another time than the record is told, and an entry that is gone', async () => {
  const { ref } = await fileWithReceipt(store, await personNamed(store, '许星阑'), AT);
  const { rows } = store.database;
  const { id } = await rows.entry.findUniqueOrThrow({ where: { ref } });
  expect(await flawsOf(store, rows, id, AT)).toEqual([]);
  expect(await flawsOf(store, rows, id, new Date(AT.getTime() + 1))).toEqual(['record']);
  expect(await flawsOf(store, rows, 'nobody')).toEqual(['entry']);
});

test('an entry for which no receipt was given has no flaw for that', async () => {
  const { id } = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-3-1' } });
  expect(await flawsOf(store, store.database.rows, id)).toEqual([]);
});
