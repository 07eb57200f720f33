import type { Boundary } from './boundary.ts';
import type { Marker } from './marker.ts';

/** A place that may begin a measure. */
export interface Ordinal extends Marker {
  readonly boundary: Boundary;
}

interface Link {
  readonly ordinal: Ordinal;
  readonly weight: number;
  readonly before?: Link;
}

/** So far apart that clearer boundaries always outweigh more of the less clear ones. */
const weights: readonly [number, number, number, number] = [1, 1e3, 1e6, 1e9];

/**
 * Of all the places where 一是, 二是 … stand, those that count: the ascending run with the clearest boundaries.
 * A list may begin again at the start of a line; one number may be missing behind a full stop; a number may be
 * repeated at the start of a line (reports are typed by hand). A number out of turn inside a sentence is text.
 * `ordinals` are of one family, in the order of the file.
 */
export function measureChain(ordinals: readonly Ordinal[]): Ordinal[] {
  const bestTo = new Map<number, Link>();
  let best: Link | undefined;
  for (const ordinal of ordinals) {
    const link = bestLink(ordinal, bestTo, best);
    if (!link) continue;
    if (link.weight > (bestTo.get(ordinal.number)?.weight ?? 0)) bestTo.set(ordinal.number, link);
    if (link.weight > (best?.weight ?? 0)) best = link;
  }
  const chain: Ordinal[] = [];
  for (let link = best; link; link = link.before) chain.push(link.ordinal);
  return chain.reverse();
}

function bestLink(ordinal: Ordinal, bestTo: Map<number, Link>, best: Link | undefined): Link | undefined {
  const { number, boundary } = ordinal;
  const weight = weights[boundary];
  const links: Link[] = [];
  const follow = (before: Link | undefined, share: number) => {
    if (before) links.push({ ordinal, weight: before.weight + weight * share, before });
  };
  follow(bestTo.get(number - 1), 1);
  if (boundary >= 2) follow(bestTo.get(number - 2), 1 / 2);
  if (boundary === 3) follow(bestTo.get(number), 1 / 2);
  if (boundary === 3 && number === 1) follow(best, 1);
  if (number === 1) links.push({ ordinal, weight });
  else if (boundary === 3) links.push({ ordinal, weight: weight / 4 });
  return links.reduce<Link | undefined>((a, b) => (a && a.weight >= b.weight ? a : b), undefined);
}
