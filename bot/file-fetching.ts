import { setTimeout as wait } from 'node:timers/promises';
import { receiveFile } from '../ledger/attachment.ts';
import { Refusal } from '../ledger/refusal.ts';
import { aboutInbox } from '../ledger/sealed-places.ts';
import type { House } from './house.ts';
import { type ChatPlatform, type Inbound, type InboundFile, SendFailure } from './platform.ts';

/** Files that are under way at the same time: each takes some times its size in memory. */
const AT_ONCE = 2;
/** Waiting times between attempts; after the last one it is given up. */
const PAUSES_MS = [500, 4000, 20_000];
/** For one attempt, whatever limit the platform's own calls have. */
const LONGEST_MS = 5 * 60_000;
const MEGABYTE = 1024 * 1024;

const GONE = '这个文件没有取到，可能已撤回或过期，未作保存。请重新发送。';
const TOO_MANY = '现在收到的文件较多，这个文件没有保存。请几分钟后重新发送。';
const tooManyOfYours = (own: number): string =>
  `您发来的文件还有 ${own} 个没有收完，这个文件没有保存。请等收完后重新发送。`;
const UNREACHABLE = '暂时没有取到这个文件，未作保存。请稍后重新发送。';

/** Brings the files that a platform holds into the house, beside the messages, so that nobody waits for them. */
export interface FileFetching {
  /** The keys of the messages whose files are under way or wait for their turn. */
  readonly underWay: ReadonlySet<string>;
  /** @param personId who sent it. @returns why it is not fetched, where more wait than may */
  fetch(inbound: Inbound, file: InboundFile, personId: string): string | undefined;
  /** Resolves once none is under way. */
  idle(): Promise<void>;
  /** Gives up what is under way; it is begun anew at the next start. */
  stop(): Promise<void>;
}

/** @param fetched called after a message has its file, or the sentence why it has none */
export function openFileFetching(house: House, fetched: () => void): FileFetching {
  const underWay = new Set<string>();
  const senders = new Map<string, number>();
  const { files: most, filesPerPerson } = house.store.rules.limits;
  const lanes = new Set<Promise<void>>();
  const queue: (() => Promise<void>)[] = [];
  const stopping = new AbortController();
  const lane = async () => {
    for (let next = queue.shift(); next && !stopping.signal.aborted; next = queue.shift()) await next();
  };
  const openLane = () => {
    const running: Promise<void> = lane().finally(() => lanes.delete(running));
    lanes.add(running);
  };
  const idle = async () => {
    while (lanes.size > 0) await Promise.all(lanes);
  };
  return {
    underWay,
    fetch(inbound, file, personId) {
      const own = senders.get(personId) ?? 0;
      if (own >= filesPerPerson) return tooManyOfYours(own);
      if (underWay.size >= most) return TOO_MANY;
      senders.set(personId, own + 1);
      underWay.add(inbound.key);
      queue.push(async () => {
        try {
          const result = await bring(house, inbound, file, personId, stopping.signal);
          await remember(house, { ...inbound, file: { ...file, ...result } });
        } catch (fault) {
          // It stays as it is and is begun anew, at the next start at the latest.
          if (!stopping.signal.aborted) house.log.error({ err: fault }, 'a file could not be received');
        } finally {
          underWay.delete(inbound.key);
          const left = (senders.get(personId) ?? 0) - 1;
          if (left > 0) senders.set(personId, left);
          else senders.delete(personId);
        }
        if (!stopping.signal.aborted) fetched();
      });
      if (lanes.size < AT_ONCE) openLane();
      return undefined;
    },
    idle,
    async stop() {
      stopping.abort();
      await idle();
    },
  };
}

type Result = Pick<InboundFile, 'keptAs' | 'refused'>;

async function bring(
  house: House,
  inbound: Inbound,
  file: InboundFile,
  personId: string,
  signal: AbortSignal,
): Promise<Result> {
  const platform = house.platforms.find(({ name }) => name === inbound.platform);
  for (let attempt = 0; ; attempt++) {
    try {
      return await bringOnce(house, platform, file, personId, signal);
    } catch (fault) {
      signal.throwIfAborted();
      if (fault instanceof Refusal) return { refused: fault.message };
      if (fault instanceof SendFailure && fault.lasting) return { refused: GONE };
      const pauseMs = PAUSES_MS[attempt];
      house.log.warn(
        { err: fault, platform: inbound.platform, attempt: attempt + 1 },
        'a file was not fetched',
      );
      if (pauseMs === undefined) return { refused: UNREACHABLE };
      await wait(fault instanceof SendFailure ? (fault.waitMs ?? pauseMs) : pauseMs, undefined, { signal });
    }
  }
}

async function bringOnce(
  { store, now }: House,
  platform: ChatPlatform | undefined,
  { name, source }: InboundFile,
  personId: string,
  signal: AbortSignal,
): Promise<Result> {
  const { maxMegabytes } = store.rules.files;
  const maxBytes = maxMegabytes * MEGABYTE;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
  const bytes = await platform?.fetchFile?.(source ?? {}, { maxBytes, signal: inTime });
  if (bytes === undefined) return { refused: GONE };
  if (bytes === 'too-large') {
    return { refused: `这个文件超过 ${maxMegabytes} MB，未作保存。请压缩或拆分后再发。` };
  }
  const kept = await receiveFile(store, { personId, at: now() }, { name, bytes });
  return { keptAs: kept.id };
}

/** The message goes on with what came of its file. */
async function remember({ store }: House, inbound: Inbound): Promise<void> {
  const { key } = inbound;
  const sealed = store.keys.seal(inbound, aboutInbox(key));
  await store.database.write((rows) => rows.inbox.updateMany({ where: { key }, data: { sealed } }));
}
