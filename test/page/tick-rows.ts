import type { PageBureau } from './page-bureau.ts';
import { formWith, type Shown, type Visitor } from './visitor.ts';

/** Ticks rows and presses a button. @returns the form that comes, or what is answered */
export async function bulk(visitor: Visitor, shown: Shown, word: string, target: string[]): Promise<Shown> {
  const { place, values } = formWith(shown.html, `${word}（本页 ${countOf(shown, word)} 项可办）`);
  return visitor.post(place, { ...values, do: word, target });
}
/** For how many rows of the page the word stands open. */
export const countOf = ({ html }: Shown, word: string) =>
  new RegExp(`${word}（本页 (\\d+) 项可办）`, 'u').exec(html)?.[1];

/** Ticks rows and fills in the form of 指派: always the same persons. */
export async function assign(
  bureau: PageBureau,
  visitor: Visitor,
  shown: Shown,
  target: string[],
  dueOn = '2026-12-31',
): Promise<Shown> {
  const form = await bulk(visitor, shown, '指派', target);
  const { place, values } = formWith(form.html, '提交');
  return visitor.send(place, {
    ...values,
    leader: bureau.idOf('孟知行'),
    responsible: bureau.idOf('许星阑'),
    dueOn,
    do: 'send',
  });
}
