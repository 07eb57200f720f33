import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { askingAs } from '../../bot/asking.ts';
import type { House } from '../../bot/house.ts';
import { verifyReceipt } from '../../handlers/verify-receipt.ts';
import { readDirectory } from '../../ledger/directory.ts';
import type { NoticeContent } from '../../ledger/message.ts';
import { readReceipt, writeReceipt } from '../../ledger/receipt/signed-receipt.ts';
import { newSigningKey, openSigner } from '../../ledger/receipt/signer.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Rows, Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { fileWithReceipt, type Given } from '../ledger/receipt/given-receipts.ts';
import { personNamed, takeStep } from '../sample-record.ts';

const AT = new Date('2026-11-25T02:00:00.123Z');
const REPORTER = '许星阑';
const OFFICER = '唐文澜';
const NAMED = '孟知行';

let store: Store;
let given: Given;
freshCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  store = copy.store;
});
beforeEach(async () => {
  given = await fileWithReceipt(store, await personNamed(store, REPORTER), AT, { intercessorName: NAMED });
});

/** What 核验 answers this person. */
async function verified(name: string, typed: string): Promise<NoticeContent> {
  const person = await personNamed(store, name);
  const house: House = {
    store,
    handlers: [verifyReceipt],
    platforms: [],
    now: () => AT,
    log: pino({ level: 'silent' }),
    wake: () => undefined,
  };
  const asking = askingAs(house, person, await readDirectory(store.database.rows), AT, { platform: 'local' });
  const content = await verifyReceipt.answer(asking, typed);
  if (content.kind !== 'notice') throw new Error('核验 answers with a card');
  return content;
}

const refusal = (name: string, typed: string): Promise<unknown> =>
  verified(name, typed).then(
    ({ title }) => title,
    (fault: unknown) => (fault instanceof Refusal ? [fault.code, fault.message] : fault),
  );

const linesOf = ({ sections }: NoticeContent) => sections.flatMap(({ lines }) => lines).join('\n');

test.each([REPORTER, OFFICER])('%s is told that the record of a receipt stands', async (name) => {
  const answer = await verified(name, given.text);
  expect(answer).toMatchObject({ title: `${given.ref} 完好`, tone: 'green' });
  expect(linesOf(answer)).toContain('回执签名有效');
});

test('a receipt is taken as it comes out of a chat or a mail', async () => {
  const lines = given.text.match(/.{1,37}/g)?.join('\r\n ') ?? '';
  const wide = given.text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const card = linesOf(given.card);
  for (const typed of [lines, wide, card]) expect((await verified(REPORTER, typed)).tone).toBe('green');
});

test('the number does as well, and gives who filed it his receipt once more', async () => {
  const own = await verified(REPORTER, given.ref.toLowerCase());
  expect(own.tone).toBe('green');
  expect(own.sections.at(-1)).toMatchObject({ qr: given.text });
  const officers = await verified(OFFICER, given.ref);
  expect(officers.tone).toBe('green');
  expect(JSON.stringify(officers)).not.toContain('QL1.');
});

test('after the record went on it still stands', async () => {
  const at = new Date(AT.getTime() + 60_000);
  await takeStep(store, { person: await personNamed(store, OFFICER), word: '受理', ref: given.ref, at });
  expect((await verified(REPORTER, given.text)).tone).toBe('green');
});

test("forged, changed, cut, unknown, doubled and somebody else's receipts get one and the same sentence", async () => {
  const receipt = readReceipt(given.text);
  if (!receipt) throw new Error('The card holds no receipt');
  const never = { at: AT, commitment: new Uint8Array(32).fill(7) };
  const other = await fileWithReceipt(store, await personNamed(store, '林砚秋'), AT);
  const asked: [string, string][] = [
    [NAMED, given.text],
    ['方远山', given.text],
    [REPORTER, other.text],
    [REPORTER, writeReceipt(openSigner(newSigningKey()), receipt)],
    [REPORTER, writeReceipt(store.signer, never)],
    [REPORTER, given.text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    [REPORTER, given.text.slice(0, 80)],
    [REPORTER, `${given.text} ${other.text}`],
    [REPORTER, 'QL1.'],
  ];
  const answers = await Promise.all(asked.map(([name, typed]) => refusal(name, typed)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([
      JSON.stringify([
        'unknown-entry',
        '没有与这段回执对应、且您可以查看的记录。请把「QL1.」开头的整段文字原样粘贴，一次一份。',
      ]),
    ]),
  );
});

const filingRecord = async (rows: Rows) => {
  const entry = await rows.entry.findUniqueOrThrow({ where: { ref: given.ref } });
  return rows.auditRecord.findFirstOrThrow({ where: { entryId: entry.id }, orderBy: { seq: 'asc' } });
};

const TAMPERED: [string, string, (rows: Rows) => Promise<unknown>][] = [
  [
    'its contents were put back to those of another time',
    '内容与存证链中的指纹不一致。',
    (rows) => rows.entry.update({ where: { ref: given.ref }, data: { changedAt: new Date(0) } }),
  ],
  [
    'the record of its filing was changed',
    '登记时的存证记录不在或已被改动。',
    async (rows) => {
      const { seq, body } = await filingRecord(rows);
      await rows.auditRecord.update({
        where: { seq },
        data: { body: body.map((b, i) => (i === 30 ? b ^ 1 : b)) },
      });
    },
  ],
  [
    'the record before it was changed',
    '登记时的存证记录与前后记录不再相连。',
    async (rows) => {
      const { seq } = await filingRecord(rows);
      await rows.auditRecord.update({ where: { seq: seq - 1 }, data: { body: new Uint8Array(10) } });
    },
  ],
  [
    'its receipt was opened to something else',
    '内容与给出回执时登记的不一致。',
    (rows) => rows.receipt.updateMany({ data: { sealed: new Uint8Array(80) } }),
  ],
];

test.each(TAMPERED)('it is said in red when %s', async (_, line, tamper) => {
  await store.database.write(tamper);
  for (const typed of [given.text, given.ref]) {
    const answer = await verified(REPORTER, typed);
    expect(answer).toMatchObject({ title: `${given.ref} 与存证不一致`, tone: 'red' });
    expect(linesOf(answer)).toContain(line);
  }
});
