import { hideFrom } from '../../ledger/hide-entry.ts';
import type { Store } from '../../ledger/store.ts';
import { say } from '../jobs/at-work.ts';
import { apply, close } from '../ledger/rectification/at-closing.ts';
import { buildRound } from '../ledger/rectification/round-by-words.ts';
import { personNamed } from '../sample-record.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import { targetsIn } from './table-shown.ts';
import { bulk } from './tick-rows.ts';
import type { Shown, Visitor } from './visitor.ts';

/** 督查员, of different 科室. */
export const [ONE, OTHER] = ['程一禾', '叶知秋'] as const;
export const LEADER = '孟知行';
export const STAFF = '方远山';
export const DISCIPLINE = '唐文澜';

/** They wait for 督查复核; 程一禾 reviewed one himself; and two wait for the meeting. */
export const REVIEWED = ['Z1-1-1', 'Z1-1-2', 'Z1-1-3', 'Z1-2-1', 'Z1-2-2'];
export const BY_ONE = 'Z1-2-3';
export const APPROVED = ['Z2-1', 'Z2-2-1'];
/** 叶知秋’s own was closed by 程一禾, whose own waits now. */
export const [MUTUAL, OF_ONE] = ['Z1-3-1', 'Z1-3-2'] as const;
/** From 叶知秋. */
export const HIDDEN = 'Z1-6-3';

/** What was done before the service opened. */
async function before(store: Store, at: Date): Promise<void> {
  for (const ref of [...REVIEWED, HIDDEN]) {
    await apply(store, ref, at);
    await say(store, LEADER, ['审核通过', ref], at);
  }
  await apply(store, BY_ONE, at, { leader: ONE });
  await say(store, ONE, ['审核通过', BY_ONE], at);
  await close(store, MUTUAL, at, { responsible: OTHER, approver: ONE });
  await apply(store, OF_ONE, at, { responsible: ONE });
  await say(store, LEADER, ['审核通过', OF_ONE], at);
  await buildRound(store, at);
  const hidden = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: HIDDEN } });
  const other = await personNamed(store, OTHER);
  await store.database.write((rows) =>
    hideFrom({ store, rows, at }, { id: hidden.id, ref: HIDDEN, ownedBy: [] }, [other.id]),
  );
  for (const ref of APPROVED) await close(store, ref, at);
}

/** The sample bureau, with items that wait for a decision. */
export const openWaitingBureau = (): Promise<PageBureau> => openPageBureau('page', before);

export async function enter(
  bureau: PageBureau,
  name: string,
  query: string,
): Promise<{ visitor: Visitor; shown: Shown }> {
  const { url, code } = wayIn((await bureau.say(name, '台账页')).content);
  const visitor = bureau.visitor();
  const { place } = await visitor.open(url, code);
  return { visitor, shown: await visitor.get(`${place}&${query}`) };
}

/** As a press names the row, with its version. */
export const targetOf = (shown: Shown, ref: string): string =>
  targetsIn(shown).find((target) => target.startsWith(`${ref}@`)) ?? '';

/** Ticks these rows and presses the button. */
export const tick = (visitor: Visitor, shown: Shown, word: string, refs: readonly string[]): Promise<Shown> =>
  bulk(
    visitor,
    shown,
    word,
    refs.map((ref) => targetOf(shown, ref)),
  );

/** What the row says, to somebody who sees all of them. */
export async function stateOf(bureau: PageBureau, ref: string): Promise<string | undefined> {
  const { shown } = await enter(bureau, ONE, 'state=all');
  const row = shown.html.split('<tr role="row">').find((each) => each.includes(`>${ref}</a>`)) ?? '';
  return /class="state[^"]*">([^<]+)</u.exec(row)?.[1];
}

/** How often the word was said of it. */
export async function timesOf(bureau: PageBureau, ref: string, word: string): Promise<number> {
  const { visitor, shown } = await enter(bureau, ONE, 'state=all');
  const { html } = await visitor.get(`${shown.place.replace('/items', '/item')}&r=${ref}`);
  return html.split(`<td>${word}</td>`).length - 1;
}
