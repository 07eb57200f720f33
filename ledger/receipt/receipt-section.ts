import type { Section } from '../message.ts';

/** The word that has a receipt checked. */
export const VERIFY = '核验';

/** The part of a card that gives somebody his receipt: as text to be kept, and to be photographed. */
export const receiptSection = (receipt: string): Section => ({
  heading: '签名回执',
  lines: [
    receipt,
    `这段文字证明您何时登记过，不含内容和编号。请复制或拍下二维码自行保存；日后发送「${VERIFY}」和这段文字，可确认记录仍在、未被改动。`,
  ],
  qr: receipt,
});
