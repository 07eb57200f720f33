import type { Shown } from './visitor.ts';

/** The numbers of its rows. */
export const refsIn = ({ html }: Shown) =>
  [...html.matchAll(/<th scope="row"[^>]*><a[^>]*>([^<]+)<\/a>/gu)].map(([, ref = '']) => ref);
/** What its groups are called. */
export const headingsIn = ({ html }: Shown) =>
  [...html.matchAll(/<th scope="rowgroup"[^>]*>([^<]*)<\/th>/gu)].map(([, heading = '']) => heading);
/** What can be ticked. */
export const targetsIn = ({ html }: Shown) =>
  [...html.matchAll(/name="target" value="([^"]+)"/gu)].map(([, target = '']) => target);
/** Where the link with these words leads. */
export const wayTo = ({ html }: Shown, words: string) =>
  new RegExp(`<a class="link" href="([^"]+)">${words}</a>`, 'u').exec(html)?.[1]?.replaceAll('&amp;', '&') ??
  '';
