import type { Address, OutboxRow } from '../ledger/outbox.ts';
import type { Row } from '../ledger/store.ts';
import { hurryFrom, notByOf } from '../ledger/way-of-message.ts';
import type { House } from './house.ts';
import { type ChatPlatform, SendFailure } from './platform.ts';

/** An account of a person on a platform that is configured. */
export interface Way {
  platform: ChatPlatform;
  externalId: string;
  /** The platform brings nothing to this account any more. */
  isMarked: boolean;
}

type Account = Pick<Row.AccountModel, 'platform' | 'externalId' | 'unreachable'>;

/** Whose ways are asked for. */
export interface Reachable {
  id: string;
  preferredPlatform: string | null;
  accounts: readonly Account[];
}

/**
 * The person's accounts, one a platform, in the order in which a message that nobody asked for tries them: the platform that
 * he prefers, then as they are configured, with those behind on which nothing may depend. Where everybody has an account, it
 * is no way for who has one of his own elsewhere, unless he prefers it: nobody might look there.
 */
export function waysOf(platforms: readonly ChatPlatform[], person: Reachable): Way[] {
  const all = platforms.flatMap((platform) => wayBy(platform, person) ?? []);
  const isPreferred = ({ platform }: Way) => platform.name === person.preferredPlatform;
  const isOwn = ({ platform }: Way) => platform.accounts === 'bound';
  const hasOwn = all.some(isOwn);
  const others = all.filter((way) => !isPreferred(way));
  const own = others.filter(isOwn);
  const open = hasOwn || all.some(isPreferred) ? own : others.slice(0, 1);
  return [
    ...all.filter(isPreferred),
    ...open.filter(({ platform }) => !platform.isExtra),
    ...open.filter(({ platform }) => platform.isExtra),
  ];
}

function wayBy(platform: ChatPlatform, { id, accounts }: Reachable): Way | undefined {
  const here = accounts.filter((account) => account.platform === platform.name);
  if (platform.accounts === 'everybody') {
    const isMarked = here.some(({ externalId, unreachable }) => externalId === id && unreachable !== null);
    return { platform, externalId: id, isMarked };
  }
  const account = here.find(({ unreachable }) => unreachable === null) ?? here[0];
  return account && { platform, externalId: account.externalId, isMarked: account.unreachable !== null };
}

/** By which way a message goes now. */
export interface Chosen {
  platform: ChatPlatform;
  address: Address;
  /** Platforms by which it would rather have gone. */
  passedOver: string[];
  /** Whether there is another way, should this one be of no use. */
  hasOther: boolean;
}

/**
 * The first of his ways that is open to the message: it was not refused there for good, the account is reached, and the platform
 * is not away for long. Where none is, it waits for one. What may have gone out somewhere stays there, whatever else is
 * open: else a second copy could come.
 * @throws SendFailure where there is no way
 */
export function chosenWay(
  row: Pick<OutboxRow, 'via' | 'notBy' | 'uncertainAt'>,
  ways: readonly Way[],
  isAway: (platform: ChatPlatform) => boolean,
): Chosen {
  const ruledOut = notByOf(row);
  const open = ways.filter(({ platform }) => !ruledOut.includes(platform.name));
  const isBound = row.uncertainAt !== null && row.via !== null && !ruledOut.includes(row.via);
  const way = isBound
    ? open.find(({ platform }) => platform.name === row.via)
    : (open.find((each) => !each.isMarked && !isAway(each.platform)) ??
      open.find(({ isMarked }) => !isMarked) ??
      open[0]);
  if (!way) {
    const reason = isBound
      ? `it may have gone out by ${row.via}, where the person has no account now`
      : 'the person has no account on a configured platform';
    throw new SendFailure(reason, false);
  }
  const { platform, externalId } = way;
  return {
    platform,
    address: { platform: platform.name, externalId, isGroup: false },
    passedOver: ways.slice(0, ways.indexOf(way)).map((each) => each.platform.name),
    hasOther: !isBound && open.length > 1,
  };
}

/** Knows for how long each platform has been away. */
export interface Watch {
  /** Looks at them; of one that has been away for too long, what waits for it is due at once. */
  look(): Promise<void>;
  isAway(platform: ChatPlatform): boolean;
}

export function openWatch({ store, platforms, now }: House): Watch {
  const since = new Map<string, number>();
  const hurried = new Set<string>();
  const longestMs = store.rules.delivery.fallbackAfterMinutes * 60_000;
  const isAway = ({ name }: ChatPlatform) =>
    now().getTime() - (since.get(name) ?? Number.POSITIVE_INFINITY) >= longestMs;
  return {
    isAway,
    async look() {
      for (const platform of platforms) {
        const { name } = platform;
        if (platform.ready()) {
          since.delete(name);
          hurried.delete(name);
        } else if (!since.has(name)) since.set(name, now().getTime());
        if (!isAway(platform) || hurried.has(name)) continue;
        await hurryFrom(store, name, now());
        hurried.add(name);
      }
    },
  };
}
