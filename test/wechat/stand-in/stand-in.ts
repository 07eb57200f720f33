import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FromPuppet, StandInContact, StandInRoom, ToPuppet } from './wire.ts';

/** The puppet as WECHAT_PUPPET names it. */
export const PUPPET = fileURLToPath(new URL('stand-in-puppet.ts', import.meta.url));

/** Who is there in one login. */
export interface Members {
  self: StandInContact;
  contacts: StandInContact[];
  rooms: StandInRoom[];
}

/** WeChat, as far as a puppet sees of it: people write, scan and log out here, and what is sent to them ends here. */
export interface StandIn {
  /** What a service needs to reach it. */
  readonly variables: Record<string, string>;
  /** What puppets said, in order. */
  readonly said: FromPuppet[];
  /** Puppets that began, one after the other. */
  readonly lives: number;
  /** The process in which the latest one runs. */
  readonly pid: number;
  /** What happens when a puppet begins; by default its account is still logged in. */
  onBegin(happens: (standIn: StandIn) => void): void;
  members: Members;
  order(order: ToPuppet): void;
  logIn(): void;
  /** The texts that somebody, or a room, got. */
  textsTo(id: string): string[];
  until(holds: () => boolean, ms?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openStandIn(members: Members): Promise<StandIn> {
  const said: FromPuppet[] = [];
  let lives = 0;
  let pid = 0;
  let wire: Socket | undefined;
  let begin = (standIn: StandIn) => standIn.logIn();
  const server = createServer((socket) => {
    wire = socket;
    socket.on('error', () => undefined);
    createInterface({ input: socket })
      .on('line', (line) => {
        const heard = JSON.parse(line) as FromPuppet;
        said.push(heard);
        if (heard.said !== 'hello') return;
        lives += 1;
        pid = heard.pid;
        begin(standIn);
      })
      .on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const standIn: StandIn = {
    variables: { WECHAT_PUPPET: PUPPET, WECHATY_STAND_IN: String(port) },
    said,
    members,
    get lives() {
      return lives;
    },
    get pid() {
      return pid;
    },
    onBegin(happens) {
      begin = happens;
    },
    order: (order) => void wire?.write(`${JSON.stringify(order)}\n`),
    logIn: () => standIn.order({ do: 'login', ...standIn.members }),
    textsTo: (id) => said.flatMap((each) => (each.said === 'text' && each.to === id ? [each.text] : [])),
    async until(holds, ms = 20_000) {
      const giveUpAt = performance.now() + ms;
      while (!holds()) {
        if (performance.now() > giveUpAt) throw new Error('What was waited for did not come');
        await wait(20);
      }
    },
    async close() {
      wire?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}
