/** A ref such that the order of texts is the order of its numbers: Z1-3-2 → Z0001-0003-0002. Refs that count nothing stay. */
export const refOrderOf = (ref: string): string =>
  /^Z\d+(-\d+)*$/.test(ref) ? ref.replace(/\d+/g, (digits) => digits.padStart(4, '0')) : ref;

/** The orders of everything that stands below the ref: from the first, up to and without the other. */
export const ordersBelow = (ref: string): { gte: string; lt: string } => ({
  gte: `${refOrderOf(ref)}-`,
  // The sign behind the hyphen.
  lt: `${refOrderOf(ref)}.`,
});
