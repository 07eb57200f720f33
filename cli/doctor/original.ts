/**
 * What the program itself said, in a Chinese sentence: faults of settings, key file and database are told in English
 * everywhere, so that the same words are found in the log.
 */
export const original = (fault: unknown): string =>
  `（原文：${fault instanceof Error ? fault.message : String(fault)}）`;
