import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'undici';
import type { SealedPush } from '../test/lark/stand-in/seal.ts';

/** A push that waits to be made. */
export interface Push {
  sealed: SealedPush;
  account: string;
}

/** What came of the pushes. */
export interface Driven {
  /** Of all, from the first to the last end. */
  tookMs: number;
  /** Of each, sorted. */
  eachMs: number[];
  /** Answered with something else than 200. */
  refused: number;
}

setFlagsFromString('--expose-gc');
/** Collects what the pushes left that were made and driven before: a collection that falls into the next ones would be counted as theirs. */
const collectGarbage: () => void = runInNewContext('gc');

/**
 * Pushes over as many connections as there are lines, each connection one push after the other.
 * @param to one address, or one for each instance: the connections are shared out among them
 * @param until what is waited for behind an acknowledgement; without it, nothing is
 */
export async function drive(
  to: string | readonly string[],
  lines: readonly (readonly Push[])[],
  until: (push: Push) => Promise<void> = async () => undefined,
): Promise<Driven> {
  const urls = [to].flat();
  const eachMs: number[] = [];
  let refused = 0;
  collectGarbage();
  const begun = performance.now();
  await Promise.all(
    lines.map(async (line, index) => {
      const url = new URL(urls[index % urls.length] ?? '');
      const client = new Client(url.origin);
      for (const push of line) {
        const sentAt = performance.now();
        const done = until(push);
        const status = await post(client, url.pathname, push.sealed);
        if (status === 200) await done;
        else refused += 1;
        eachMs.push(performance.now() - sentAt);
      }
      await client.close();
    }),
  );
  const tookMs = performance.now() - begun;
  return { tookMs, eachMs: eachMs.sort((one, other) => one - other), refused };
}

/** Without a body to read and without a promise for each part, so that the machine is left to whoever is measured. @returns the status */
const post = (client: Client, path: string, { body, headers }: SealedPush): Promise<number> =>
  new Promise((resolve, reject) => {
    let status = 0;
    client.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(status),
        onResponseError: (_controller, fault) => reject(fault),
      },
    );
  });

/** The value below which a share of them lie. @param sorted from the least on */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
