/** What a chat or a mail program puts between the letters of what is copied out of it. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
/** Broken into lines or not; not a piece of something longer. */
const SPREAD = /(?<![A-Za-z0-9_-])QL1\s*\.(?:\s*[A-Za-z0-9_-]){140}(?![A-Za-z0-9_-])/gu;

/**
 * The receipts that stand in a text, as `readReceipt` takes them, each once: a copied card holds one among other words, and what
 * was pasted may be broken into lines or have full-width letters.
 */
export function findReceipts(text: string): string[] {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '');
  return [...new Set([...plain.matchAll(SPREAD)].map(([found]) => found.replace(/\s+/gu, '')))];
}

/** Whether a text is meant to hold a receipt, be it whole or not. */
export const isMeantAsReceipt = (text: string): boolean => /QL1\s*\./iu.test(text.normalize('NFKC'));
