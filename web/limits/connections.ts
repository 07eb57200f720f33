import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { openStretches } from '../../bot/limits/rate.ts';
import { isThisMachine, type Proxies, plainAddress } from './source.ts';

const MINUTE_MS = 60_000;

/** Open connections by address. */
export class Connections {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  /** @param most of one address */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns whether there is room; then it is counted until `end` */
  begin(address: string): boolean {
    const open = this.#open.get(address) ?? 0;
    if (open >= this.#most) return false;
    this.#open.set(address, open + 1);
    return true;
  }

  end(address: string): void {
    const open = (this.#open.get(address) ?? 0) - 1;
    if (open > 0) this.#open.set(address, open);
    else this.#open.delete(address);
  }
}

export interface ConnectionLimits {
  connections: number;
  connectionsPerAddress: number;
}

/**
 * Closes at once what is more than one address may have open, so that nobody holds all of them. This machine's own
 * programs and the proxies in front have as many as they like.
 */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  { proxies, log }: { proxies: Proxies; log: Logger },
): void {
  const open = new Connections(limits.connectionsPerAddress);
  const refusals = openStretches(MINUTE_MS);
  const say = async (key: string, said: string) => {
    if (await refusals.isFirst(key)) log.warn(key === '' ? {} : { source: key }, said);
  };
  server.maxConnections = limits.connections;
  server.on('drop', () => void say('', 'there are as many connections as may be: more are closed'));
  server.on('connection', (socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (isThisMachine(address) || proxies.has(address)) return;
    if (open.begin(address)) {
      socket.once('close', () => open.end(address));
      return;
    }
    socket.destroy();
    void say(address, 'one address has as many connections as it may: more are closed');
  });
}
