import { entryDigest } from '../ledger/audit/digest.ts';
import { auditBodySchema } from '../ledger/audit/trail.ts';
import type { Entry } from '../ledger/define.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Query } from './define.ts';

/** 核验 <回执号>: whether a record is still what its last step left, for who filed it and who handles it. */
export const verifyReceipt: Query = {
  kind: 'query',
  name: 'verify-receipt',
  words: ['核验'],
  usage: '核验 <回执号>',
  help: '确认一条记录完好、未被改动',
  group: '查询',
  may: () => true,
  async answer(asking, typed) {
    if (typed.trim() === '') throw new Refusal('invalid-input', '请写明回执号，例如「核验 2345-ABCD」。');
    const entry = await asking.entries.get(typed);
    const intact = await isIntact(asking, entry);
    const recordedAt = asking.store.calendar.display(entry.createdAt);
    return {
      kind: 'notice',
      title: intact ? `${entry.ref} 完好` : `${entry.ref} 与存证不一致`,
      tone: intact ? 'green' : 'red',
      sections: [
        {
          lines: [
            `登记时间：${recordedAt}`,
            intact
              ? '内容与存证链中的指纹一致，未被改动。'
              : '内容与存证链中的指纹不一致，请立即告知纪检监察员。',
          ],
        },
      ],
      actions: [{ action: `查看 ${entry.ref}`, label: '查看' }],
    };
  },
};

async function isIntact({ rows }: Asking, { id }: Entry): Promise<boolean> {
  const [entry, record] = await Promise.all([
    rows.entry.findUniqueOrThrow({ where: { id }, include: { people: true, recusals: true } }),
    rows.auditRecord.findFirst({ where: { entryId: id }, orderBy: { seq: 'desc' } }),
  ]);
  if (!record) return false;
  const body = auditBodySchema.parse(JSON.parse(Buffer.from(record.body).toString('utf8')));
  return body.subject?.digest === entryDigest(entry);
}
