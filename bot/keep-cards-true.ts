import { setTimeout as wait } from 'node:timers/promises';
import { type Directory, readDirectory } from '../ledger/directory.ts';
import {
  claimStale,
  forgetCard,
  type HeldCard,
  postponeShown,
  type ShownCard,
  settleShown as settleAllShown,
  showsAlready,
} from '../ledger/held-card.ts';
import type { Content } from '../ledger/message.ts';
import { backoffSeconds, enqueue } from '../ledger/outbox.ts';
import { asksForSomething, asThingsStand, GONE } from './as-things-stand.ts';
import { askingAs } from './asking.ts';
import type { House } from './house.ts';
import { personIdsOf } from './identify.ts';
import { type ChatPlatform, SendFailure, type Updated } from './platform.ts';
import { inGroups } from './rounds.ts';
import { view } from './view.ts';
import { openWorker, type Round, type Worker } from './worker.ts';

/** Cards shown anew at the same time. */
const BATCH = 20;
/** While others of them are under way, it is waited so often for so long: they are settled with the same commit. */
const GATHER_TIMES = 10;
const GATHER_MS = 5;
/** After so many vain attempts a card stays as it is; its buttons still say when they are too old. */
const MAX_ATTEMPTS = 8;

/** When an entry changes, everybody's card that shows it is shown as things stand, each with its holder's eyes. */
export const keepCardsTrue = (house: House): Worker =>
  openWorker(house, {
    name: 'keeping cards true',
    round: (isStopping) => showStale(house, isStopping),
  });

async function showStale(house: House, isStopping: () => boolean): Promise<Round> {
  let underWay = 0;
  const { add: settleShown } = inGroups<ShownCard>(
    (shown) => settleAllShown(house.store, shown),
    async (waiting) => {
      for (let times = 0; times < GATHER_TIMES && waiting() < underWay; times++) await wait(GATHER_MS);
    },
  );
  let done = 0;
  let nextDueAt: Date | undefined;
  while (!isStopping()) {
    const stale = await claimStale(house.store, house.now(), BATCH);
    ({ nextDueAt } = stale);
    if (stale.cards.length === 0) break;
    const directory = await readDirectory(house.store.database.rows);
    const owners = await ownersOf(house, stale.cards);
    underWay = stale.cards.length;
    const look = async (card: HeldCard) => {
      await showOne(house, { directory, owner: owners.get(card), settleShown }, card);
      underWay -= 1;
    };
    await Promise.all(stale.cards.map(look));
    done += stale.cards.length;
  }
  return { done, nextDueAt };
}

/** What there is to know of a card before it is looked at. */
interface Knowing {
  directory: Directory;
  /** Whose the account is now that has it. */
  owner: string | undefined;
  settleShown: (shown: ShownCard) => Promise<void>;
}

async function showOne(
  house: House,
  { directory, owner, settleShown }: Knowing,
  card: HeldCard,
): Promise<void> {
  const { store, log } = house;
  const { row } = card;
  try {
    const platform = house.platforms.find(({ name }) => name === row.platform);
    const holder = directory.byId(row.personId);
    if (!platform?.update || owner !== row.personId || !holder?.active || row.attempts > MAX_ATTEMPTS)
      return await forget(house, card);
    const asking = askingAs(house, holder, directory, house.now(), row);
    const content =
      row.line === null ? await asThingsStand(asking, card) : ((await view(house, asking, row.line)) ?? GONE);
    if (content.kind === 'form' || showsAlready(card, content))
      return await settleShown({ card, shown: content });
    const asks = asksForSomething(asking, content);
    const updated = await show(platform, card, content);
    if (updated === 'updated') return await settleShown({ card, shown: content });
    await sendAnew(house, card, { content, mayBe: updated === 'too-old' && asks });
  } catch (fault) {
    const waitMs = fault instanceof SendFailure ? fault.waitMs : undefined;
    const lasting = fault instanceof SendFailure && fault.lasting;
    log.warn({ err: fault, platform: row.platform, attempt: row.attempts }, 'a card was not shown anew');
    if (lasting) return forget(house, card);
    const { maxBackoffSeconds } = store.rules.delivery;
    const pauseMs = waitMs ?? backoffSeconds(row.attempts, maxBackoffSeconds) * 1000;
    const notBefore = new Date(house.now().getTime() + pauseMs);
    await postponeShown(store, card, notBefore, waitMs === undefined);
  }
}

/** Whose the accounts are now that have the cards. */
async function ownersOf(
  { store, platforms }: House,
  cards: readonly HeldCard[],
): Promise<ReadonlyMap<HeldCard, string>> {
  const accounts = cards.map(({ row }) => ({ platform: row.platform, account: row.externalId }));
  const owners = await personIdsOf(store.database.rows, platforms, accounts);
  return new Map(
    cards.flatMap((card, index) => {
      const owner = owners[index];
      return owner === undefined ? [] : [[card, owner] as const];
    }),
  );
}

async function show({ update }: ChatPlatform, { row }: HeldCard, content: Content): Promise<Updated> {
  const { platform, externalId, messageId, sentAt } = row;
  const address = { platform, externalId, isGroup: false };
  return (await update?.({ messageId, address, sentAt, content })) ?? 'gone';
}

/** What the platform changes no more is sent as a new message, where it still asks for something. */
async function sendAnew(
  { store, now, wake }: House,
  { row }: HeldCard,
  { content, mayBe }: { content: Content; mayBe: boolean },
): Promise<void> {
  const { platform, messageId, personId } = row;
  const at = now();
  await store.database.write(async (rows) => {
    await forgetCard(rows, row);
    if (!mayBe) return;
    await enqueue(store, rows, at, {
      key: `renewed:${platform}:${messageId}`,
      personId,
      content,
      notBefore: store.calendar.afterQuietHours(at, store.rules.quietHours),
    });
  });
  wake();
}

const forget = ({ store }: House, { row }: HeldCard): Promise<void> =>
  store.database.write((rows) => forgetCard(rows, row));
