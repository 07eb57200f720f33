import type { KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { walkChain } from '../ledger/audit/walk-chain.ts';
import { findReceipts } from '../ledger/receipt/find-receipts.ts';
import { type Flaw, flawsOf } from '../ledger/receipt/flaws.ts';
import { isSigned, type Receipt, readReceipt } from '../ledger/receipt/signed-receipt.ts';
import { publicKeyPem, readPublicKey } from '../ledger/receipt/signer.ts';
import type { Store } from '../ledger/store.ts';
import { CommandFailed } from './command-failed.ts';
import type { Desk } from './commands.ts';

interface Result {
  /** When the receipt says it was given, ISO 8601. */
  at: string;
  /** Hexadecimal. */
  commitment: string;
  signature: 'valid' | 'not ours';
  /** Whether the record stands as it was; absent where no database was opened. */
  stands?: boolean;
  problems: string[];
}

export function addVerifyReceipt(program: Command, desk: Desk): void {
  program
    .command('verify-receipt <file>')
    .description(
      'check the receipt that stands somewhere in a text file: its signature, and that the record of it still stands in the chain; exit 1 when something does not fit',
    )
    .option('--public-key <file>', 'check the signature alone against this key; needs no database')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: { publicKey?: string; json?: boolean }) => {
      const receipt = await receiptIn(file);
      const result = options.publicKey
        ? checkSignature(receipt, await keyIn(options.publicKey))
        : await desk.withStore((store) => checkRecord(store, receipt));
      desk.print(result, options.json, sentences(result));
      if (result.problems.length > 0) throw new CommandFailed('verify-receipt failed');
    });
  program
    .command('receipt-key')
    .description(
      'print the public key that receipts are checked against; give it to whoever is to check them',
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      const pem = await desk.withStore(async ({ signer }) => publicKeyPem(signer.publicKey));
      desk.print({ publicKey: pem }, options.json, [pem.trimEnd()]);
    });
}

/** Larger files hold no copied card. */
const MOST_BYTES = 1024 * 1024;

/** @throws Error in English when the file holds no receipt, or several */
async function receiptIn(file: string): Promise<Receipt> {
  const { size } = await stat(file);
  if (size > MOST_BYTES)
    throw new Error(`${file} has ${size} bytes, expected a text of at most ${MOST_BYTES}`);
  const found = findReceipts(await readFile(file, 'utf8'));
  const [receipt] = found.map(readReceipt);
  if (found.length > 1) throw new Error(`${file} holds ${found.length} receipts, expected one`);
  if (!receipt) throw new Error(`${file} holds no whole receipt: expected QL1. and 140 letters`);
  return receipt;
}

async function keyIn(file: string): Promise<KeyObject> {
  const pem = await readFile(file, 'utf8');
  try {
    return readPublicKey(pem);
  } catch (fault) {
    throw new Error(`${file}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

function checkSignature(receipt: Receipt, publicKey: KeyObject): Result {
  const signed = isSigned(receipt, publicKey);
  return {
    at: receipt.at.toISOString(),
    commitment: Buffer.from(receipt.commitment).toString('hex'),
    signature: signed ? 'valid' : 'not ours',
    problems: signed ? [] : ['The signature is not of this key: the receipt was changed, or given elsewhere'],
  };
}

/** The chain is read from its first record to its head, so that nothing before or behind the record was changed. */
async function checkRecord(store: Store, receipt: Receipt): Promise<Result> {
  const result = checkSignature(receipt, store.signer.publicKey);
  if (result.signature !== 'valid') return result;
  const { rows } = store.database;
  const { receipts, problems } = await walkChain(rows);
  const record = receipts.get(result.commitment);
  const found = [...problems];
  if (!record) found.push('No record in the chain, as far as it holds, has this commitment');
  else if (record.at !== result.at)
    found.push(`The record was made at ${record.at}, not when the receipt says`);
  const flaws = record?.entryId === undefined ? [] : await flawsOf(store, rows, record.entryId, receipt.at);
  found.push(...flaws.map((flaw) => FLAWS[flaw]));
  return { ...result, stands: found.length === 0, problems: found };
}

const FLAWS: Readonly<Record<Flaw, string>> = {
  record: 'The record of the filing is not as it was',
  link: 'The record of the filing is not linked with its neighbours',
  entry: 'The entry differs from its last record',
  commitment: 'The entry does not say any more what the receipt was given for',
};

function sentences({ at, signature, stands, problems }: Result): string[] {
  const [date, time] = at.split(/[T.]/);
  return [
    ...(signature === 'valid' ? [`The signature is valid: given at ${date} ${time} UTC.`] : []),
    ...(stands ? ['The record stands in the chain as it was, from the first record to the head.'] : []),
    ...(signature === 'valid' && stands === undefined
      ? ['The record was not looked for: no database was opened.']
      : []),
    ...problems,
  ];
}
