import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { newSigningKey, openSigner, publicKeyPem } from '../../ledger/receipt/signer.ts';
import type { Rows } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { fileWithReceipt, type Given } from '../ledger/receipt/given-receipts.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../sample-record.ts';
import type { Said } from './desk.ts';

const AT = new Date('2026-11-25T02:00:00.123Z');

let given: Given;
let record: SampleRecord;
freshCopies(openWithReceipt, (copy) => {
  record = copy;
});

async function openWithReceipt(): Promise<SampleRecord> {
  const opened = await openSampleRecord(new Date('2026-11-23T01:00:00Z'));
  given = await fileWithReceipt(opened.store, await personNamed(opened.store, '许星阑'), AT);
  await fileWithReceipt(opened.store, await personNamed(opened.store, '林砚秋'), AT);
  return opened;
}

/** Runs the command on the record, or on whatever another folder holds. */
async function qinglian(words: string[], dataDir = record.folder): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await run(words, {
    variables: { DATA_DIR: dataDir, QINGLIAN_CONFIG: join(record.folder, 'rules.yaml') },
    now: () => AT,
    write: (text) => {
      said.out += text;
    },
    writeError: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}

/** Puts the text into a file of the record's folder. */
async function fileOf(text: string, name = 'receipt.txt'): Promise<string> {
  const path = join(record.folder, name);
  await writeFile(path, text);
  return path;
}

const tamper = (how: (rows: Rows) => Promise<unknown>) => record.store.database.write(how);

test('a receipt within a copied card is checked against signature, chain and entry', async () => {
  const card = given.card.sections.flatMap(({ lines }) => lines).join('\n');
  const { code, out, err } = await qinglian(['verify-receipt', await fileOf(`${given.card.title}\n${card}`)]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(
    'The signature is valid: given at 2026-11-25 02:00:00 UTC.\nThe record stands in the chain as it was, from the first record to the head.\n',
  );
});

test('with the public key alone it needs no database, and says what it did not look for', async () => {
  const key = await qinglian(['receipt-key']);
  expect(key).toMatchObject({ code: 0, err: '' });
  expect(key.out).toMatch(/^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=]{60}\n-----END PUBLIC KEY-----\n$/);
  const words = [
    'verify-receipt',
    await fileOf(given.text),
    '--public-key',
    await fileOf(key.out, 'receipt-key.pem'),
  ];
  const { code, out } = await qinglian(words, '/nowhere');
  expect(code).toBe(0);
  expect(out).toContain('The record was not looked for');
  const { commitment } = JSON.parse((await qinglian([...words, '--json'], '/nowhere')).out);
  expect(commitment).toMatch(/^[0-9a-f]{64}$/);
});

test('a changed receipt, and one of another installation, exit 1', async () => {
  const key = await fileOf(publicKeyPem(openSigner(newSigningKey()).publicKey), 'other.pem');
  const changed = given.text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const file = await fileOf(changed, 'changed.txt');
  for (const words of [[await fileOf(given.text), '--public-key', key], [file]]) {
    const { code, out } = await qinglian(['verify-receipt', ...words, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ signature: 'not ours' });
    expect(JSON.parse(out)).not.toHaveProperty('stands');
  }
});

test('what is no receipt, no key or no usage is said so', async () => {
  const file = await fileOf(given.text);
  const noReceipt = await qinglian(['verify-receipt', await fileOf('QL1.abc', 'none.txt')]);
  expect(noReceipt).toMatchObject({ code: 1, out: '' });
  expect(noReceipt.err).toContain('none.txt holds no whole receipt');
  const noKey = await qinglian(['verify-receipt', file, '--public-key', file]);
  expect(noKey.code).toBe(1);
  expect(noKey.err).toContain('expected the public key that `receipt-key` prints');
  expect((await qinglian(['verify-receipt'])).code).toBe(2);
});

const seqOf = async (rows: Rows) => {
  const entry = await rows.entry.findUniqueOrThrow({ where: { ref: given.ref } });
  return (await rows.receipt.findFirstOrThrow({ where: { entryId: entry.id } })).seq;
};

const TAMPERED: [string, string, (rows: Rows) => Promise<unknown>][] = [
  [
    'the entry was changed behind the chain',
    'The entry differs from its last record',
    (rows) => rows.entry.update({ where: { ref: given.ref }, data: { state: 'withdrawn' } }),
  ],
  [
    'an earlier record was changed',
    'Record 3: its bytes do not give its hash',
    (rows) => rows.auditRecord.update({ where: { seq: 3 }, data: { body: new Uint8Array(20) } }),
  ],
  [
    'a later record was changed',
    'its column actor differs from its bytes',
    async (rows) =>
      rows.auditRecord.update({ where: { seq: (await seqOf(rows)) + 1 }, data: { actor: 'job:sweep' } }),
  ],
  [
    'everything since the filing was removed',
    'No record in the chain, as far as it holds, has this commitment',
    async (rows) => {
      const seq = await seqOf(rows);
      await rows.receipt.deleteMany({ where: { seq: { gte: seq } } });
      await rows.auditRecord.deleteMany({ where: { seq: { gte: seq } } });
    },
  ],
];

test.each(TAMPERED)('it exits 1 when %s', async (_, problem, how) => {
  await tamper(how);
  const { code, out } = await qinglian(['verify-receipt', await fileOf(given.text), '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ signature: 'valid', stands: false });
  expect(out).toContain(problem);
});

test('verify names a receipt that is not kept as the chain has it', async () => {
  const seq = await tamper(seqOf);
  const problems = async () => JSON.parse((await qinglian(['verify', '--json'])).out).problems;
  await tamper((rows) =>
    rows.receipt.update({ where: { seq: Number(seq) }, data: { givenAt: new Date(0) } }),
  );
  expect(await problems()).toContain(`The receipt kept for record ${seq} differs from record ${seq}`);
  await tamper((rows) => rows.receipt.delete({ where: { seq: Number(seq) } }));
  expect(await problems()).toContain(`The receipt of record ${seq} is no longer kept`);
});
