import { sha256 } from '../../../ledger/audit/digest.ts';
import { type AuditBody, GENESIS, readBody } from '../../../ledger/audit/trail.ts';
import type { Rows } from '../../../prisma/database.ts';

/** Writes the whole chain anew, as somebody could who has the database: what it gives out itself then fits again. */
export async function rewriteChain(rows: Rows, change: (body: AuditBody) => AuditBody): Promise<void> {
  const records = await rows.auditRecord.findMany({ orderBy: { seq: 'asc' } });
  const newHeads = new Map<string, string>();
  let prev = GENESIS;
  for (const record of records) {
    const body = readBody(record.body);
    if (!body) throw new Error(`Record ${record.seq} is none`);
    const said = change({ ...body, prev });
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(said)));
    const hash = new Uint8Array(sha256(bytes));
    const { actor, action } = said;
    await rows.auditRecord.update({
      where: { seq: record.seq },
      data: { body: bytes, hash, actor, action, at: new Date(said.at) },
    });
    prev = Buffer.from(hash).toString('hex');
    newHeads.set(Buffer.from(record.hash).toString('hex'), prev);
  }
  for (const { hash, givenAt } of await rows.anchor.findMany()) {
    const now = newHeads.get(Buffer.from(hash).toString('hex')) ?? '';
    await rows.anchor.delete({ where: { hash } });
    await rows.anchor.create({ data: { hash: new Uint8Array(Buffer.from(now, 'hex')), givenAt } });
  }
}
