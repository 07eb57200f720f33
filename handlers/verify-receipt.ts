import type { Entry } from '../ledger/define.ts';
import type { NoticeContent, Section } from '../ledger/message.ts';
import { findReceipts, isMeantAsReceipt } from '../ledger/receipt/find-receipts.ts';
import { type Flaw, flawsOf } from '../ledger/receipt/flaws.ts';
import { receiptText } from '../ledger/receipt/keep-receipt.ts';
import { receiptSection, VERIFY } from '../ledger/receipt/receipt-section.ts';
import { isSigned, type Receipt, readReceipt } from '../ledger/receipt/signed-receipt.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Query } from './define.ts';

/** 核验 <回执或编号>: whether a record stands as it was filed and as its last step left it, for whoever may see it. */
export const verifyReceipt: Query = {
  kind: 'query',
  name: 'verify-receipt',
  words: [VERIFY],
  usage: '核验 <回执或编号>',
  help: '确认一条记录仍在、未被改动',
  group: '查询',
  may: () => true,
  async answer(asking, typed) {
    if (typed.trim() === '')
      throw new Refusal('invalid-input', '请写明编号，或粘贴整段回执，例如「核验 2345-ABCD」。');
    if (!isMeantAsReceipt(typed)) return answerFor(asking, await asking.entries.get(typed));
    const found = await entryOfReceipt(asking, typed);
    if (!found) throw unknownReceipt();
    return answerFor(asking, found.entry, found.at);
  },
};

/** Looked for in place of what is no receipt, so that every question costs the same. */
const NONE: Receipt = {
  at: new Date(0),
  commitment: new Uint8Array(32),
  signature: new Uint8Array(64),
};

/** One look with the asker's eyes: what is forged, what was never given and what is not for him take the same steps. */
async function entryOfReceipt(
  { entries, store }: Asking,
  typed: string,
): Promise<{ entry: Entry; at: Date } | undefined> {
  const [text = '', ...others] = findReceipts(typed);
  const receipt = readReceipt(text) ?? NONE;
  const signed = isSigned(receipt, store.signer.publicKey);
  const [entry] = await entries.list({ commitment: receipt.commitment });
  return entry && signed && others.length === 0 ? { entry, at: receipt.at } : undefined;
}

/** The same sentence, whatever is wrong: nobody learns from it whether something was filed. */
const unknownReceipt = (): Refusal =>
  new Refusal(
    'unknown-entry',
    '没有与这段回执对应、且您可以查看的记录。请把「QL1.」开头的整段文字原样粘贴，一次一份。',
  );

/** @param givenAt when the receipt was given, where it was asked by that */
async function answerFor(asking: Asking, entry: Entry, givenAt?: Date): Promise<NoticeContent> {
  const { store, rows } = asking;
  const flaws = await flawsOf(store, rows, entry.id, givenAt);
  const isWhole = flaws.length === 0;
  const lines = [
    `登记时间：${store.calendar.display(entry.createdAt)}`,
    ...(givenAt ? ['回执签名有效，是本单位给出的。'] : []),
    ...(isWhole
      ? ['登记时的存证记录仍在链上，与前后记录相连；内容与存证链中的指纹一致，未被改动。']
      : [...flaws.map((flaw) => FLAWS[flaw]), '请保存好回执，并立即告知纪检监察员。']),
  ];
  return {
    kind: 'notice',
    title: isWhole ? `${entry.ref} 完好` : `${entry.ref} 与存证不一致`,
    tone: isWhole ? 'green' : 'red',
    sections: [{ lines }, ...(givenAt ? [] : await ownReceipt(asking, entry))],
    actions: [{ action: `查看 ${entry.ref}`, label: '查看' }],
  };
}

const FLAWS: Readonly<Record<Flaw, string>> = {
  record: '登记时的存证记录不在或已被改动。',
  link: '登记时的存证记录与前后记录不再相连。',
  entry: '内容与存证链中的指纹不一致。',
  commitment: '内容与给出回执时登记的不一致。',
};

/** Who filed it and knows only its number gets his receipt once more. */
async function ownReceipt({ store, rows, entries, person }: Asking, entry: Entry): Promise<Section[]> {
  const [filing] = await entries.history(entry);
  if (filing?.actor !== person.id) return [];
  const receipt = await receiptText(store, rows, entry.id);
  return receipt === undefined ? [] : [receiptSection(receipt)];
}
