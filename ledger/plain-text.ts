/**
 * What was typed, as text that every database keeps: PostgreSQL takes no NUL, and no half of a character. A half is shown as
 * U+FFFD, as it would be anyway.
 */
export const plainText = (typed: string): string => typed.replaceAll('\u0000', '').toWellFormed();
