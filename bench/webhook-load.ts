import { Agent, request } from 'node:http';
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
  const agent = new Agent({ keepAlive: true, maxSockets: lines.length });
  const eachMs: number[] = [];
  let refused = 0;
  const begun = performance.now();
  await Promise.all(
    lines.map(async (line, index) => {
      const url = urls[index % urls.length] ?? '';
      for (const push of line) {
        const sentAt = performance.now();
        const done = until(push);
        const status = await post(url, agent, push.sealed);
        if (status === 200) await done;
        else refused += 1;
        eachMs.push(performance.now() - sentAt);
      }
    }),
  );
  const tookMs = performance.now() - begun;
  agent.destroy();
  return { tookMs, eachMs: eachMs.sort((one, other) => one - other), refused };
}

const post = (url: string, agent: Agent, { body, headers }: SealedPush): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } };
    const sent = request(url, options, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });

/** The value below which a share of them lie. @param sorted from the least on */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
