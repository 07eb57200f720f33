import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { close, listen } from './server.ts';

/** Stands at the door while the house is closed: whoever asks hears that the process lives and is not ready. */
export interface Doorkeeper {
  /** From now on, as soon as the door is free. */
  stand(): void;
  /** Leaves the door to the house. */
  leave(): Promise<void>;
}

const LOOK_AGAIN_MS = 50;
const RETRY_AFTER_S = '5';
const MOST_CONNECTIONS = 250;

/** @param why in English, for the operator: what is waited for */
export function openDoorkeeper(host: string, port: number, why: string): Doorkeeper {
  const open = async () => {
    const door = doorOf(why);
    await listen(door, host, port);
    return door;
  };
  let standing: { isOver: boolean; ended: Promise<void> } | undefined;
  return {
    stand() {
      // A port that the system chooses is another each time: nobody asks at the former one.
      if (standing || port === 0) return;
      const mine = { isOver: false, ended: Promise.resolve() };
      mine.ended = standAt(open, () => mine.isOver);
      standing = mine;
    },
    async leave() {
      if (!standing) return;
      const { ended } = standing;
      standing.isOver = true;
      standing = undefined;
      await ended;
    },
  };
}

async function standAt(open: () => Promise<Server>, isOver: () => boolean): Promise<void> {
  let door: Server | undefined;
  while (!isOver()) {
    // The house may not have let go of it yet.
    door ??= await open().catch(() => undefined);
    await wait(LOOK_AGAIN_MS);
  }
  if (!door) return;
  const closed = close(door);
  door.closeAllConnections();
  await closed;
}

function doorOf(why: string): Server {
  const door = createServer(({ method, url }, response) => {
    if (method === 'GET' && url === '/healthz') return answer(response, 200, { status: 'ok' });
    response.setHeader('Retry-After', RETRY_AFTER_S);
    answer(response, 503, { ready: false, database: false, problems: [why] });
  });
  door.maxConnections = MOST_CONNECTIONS;
  return door;
}

function answer(response: ServerResponse, status: number, said: object): void {
  response.setHeader('Connection', 'close');
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(said));
}
