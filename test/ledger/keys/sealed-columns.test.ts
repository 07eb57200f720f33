import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sealedColumns } from '../../../ledger/sealed-columns.ts';

/** Columns of bytes that are not sealed under the key ring, each with the reason. */
const NOT_SEALED: Readonly<Record<string, string>> = {
  'auditRecord.body': 'the very bytes that the chain covers; they carry no contents',
  'auditRecord.hash': 'a hash',
  'receipt.commitment': 'a salted hash, by which a receipt is found',
  'attachmentBody.bytes': 'encrypted with the key that stands in attachment.sealed, which rotation wraps',
  'anchor.hash': 'a hash that was given out',
};
/** Sealed bytes that stand in a column of text. */
const AS_TEXT = ['meta.value'];

test('every column of bytes is in the list of sealed columns, or is known not to be sealed', async () => {
  const columns = bytesIn(await readFile('prisma/models.prisma', 'utf8'));
  expect(columns).toContain('entry.sealed');
  const listed = sealedColumns.map(({ model, column }) => `${model}.${column}`);
  expect([...listed, ...Object.keys(NOT_SEALED)].sort()).toEqual([...columns, ...AS_TEXT].sort());
});

function bytesIn(models: string): string[] {
  return [...models.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model = '', fields = '']) =>
    [...fields.matchAll(/^ {2}(\w+)\s+Bytes\b/gm)].map(
      ([, column]) => `${model[0]?.toLowerCase()}${model.slice(1)}.${column}`,
    ),
  );
}
