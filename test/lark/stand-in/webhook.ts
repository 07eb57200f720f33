import { Agent, request } from 'node:http';
import type { SealedPush } from './seal.ts';

/** How a push ended, whichever way it went. */
export type Reply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'late' | 'unreachable' | 'cut' };

/** Posts to the request URL of the app. */
export class Webhook {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });

  /** @param withinMs how long it waits for the whole answer */
  post(url: string, { body, headers }: SealedPush, withinMs: number): Promise<Reply> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(withinMs);
      let connected = false;
      const outgoing = request(url, {
        method: 'POST',
        agent: this.#agent,
        signal,
        headers: { ...headers, 'content-length': body.length },
      });
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) connected = true;
        else socket.once('connect', () => (connected = true));
      });
      outgoing.on('error', ({ code }: NodeJS.ErrnoException) => {
        if (signal.aborted) resolve({ kind: 'late' });
        // The other side had closed a connection that was kept: this is no attempt yet.
        else if (outgoing.reusedSocket && code === 'ECONNRESET')
          resolve(this.post(url, { body, headers }, withinMs));
        else resolve({ kind: connected ? 'cut' : 'unreachable' });
      });
      outgoing.on('response', async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk as Buffer);
          resolve({
            kind: 'answered',
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
          });
        } catch {
          resolve({ kind: signal.aborted ? 'late' : 'cut' });
        }
      });
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
