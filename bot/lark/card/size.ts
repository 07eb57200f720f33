import type { Element } from './element.ts';

/** What a card takes of the platform's limits. */
export interface Size {
  /** UTF-8 bytes of its JSON. */
  bytes: number;
  /** Objects with a `tag`. */
  elements: number;
  /** Tables and charts. */
  figures: number;
}

/** Below the platform's own limits (30 KB, 200, 5), which may count otherwise than we do. */
export const MOST: Readonly<Size> = { bytes: 28 * 1024, elements: 180, figures: 5 };

export function sizeOf(part: unknown): Size {
  const size = { bytes: Buffer.byteLength(JSON.stringify(part)), elements: 0, figures: 0 };
  count(part, size);
  return size;
}

function count(part: unknown, size: Size): void {
  if (typeof part !== 'object' || part === null) return;
  const tag = 'tag' in part ? part.tag : undefined;
  if (typeof tag === 'string') size.elements += 1;
  if (tag === 'table' || tag === 'chart') size.figures += 1;
  for (const inner of Object.values(part)) count(inner, size);
}

export const fits = (size: Size): boolean =>
  size.bytes <= MOST.bytes && size.elements <= MOST.elements && size.figures <= MOST.figures;

/** What is left of the limits while a card is being filled. */
export class Room {
  private size: Size;

  /** @param taken by what stands on the card in any case */
  constructor(...taken: readonly Size[]) {
    this.size = taken.reduce(sum, { bytes: 0, elements: 0, figures: 0 });
  }

  /** Takes the room that the elements need, all together; if there is not so much, takes none. */
  take(elements: readonly Element[]): boolean {
    const size = sum(this.size, sizeOf(elements));
    if (!fits(size)) return false;
    this.size = size;
    return true;
  }
}

const sum = (one: Size, other: Size): Size => ({
  bytes: one.bytes + other.bytes,
  elements: one.elements + other.elements,
  figures: one.figures + other.figures,
});
