import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame, type Frame, headerOf } from './frame.ts';
import { newId } from './ids.ts';
import { isObject, type JsonObject, parsed } from './json.ts';
import type { Credentials } from './tokens.ts';
import type { Reply } from './webhook.ts';

/** What the endpoint and each pong tell the client, in seconds. */
export interface ClientConfig {
  PingInterval: number;
  ReconnectCount: number;
  ReconnectInterval: number;
  ReconnectNonce: number;
}

/** What the endpoint answers instead of an address; with `data: null` there is none in it. */
export interface EndpointAnswer {
  code: number;
  msg: string;
  data?: null;
}

const SERVICE = 1;
const MOST = 50;

interface Pending {
  socket: WebSocket;
  settle(reply: Reply): void;
}

/** The long connections of the app: each push goes to one of them, whichever. */
export class Connections {
  endpointAnswer: EndpointAnswer | undefined;
  readonly #credentials: Credentials;
  readonly #config: ClientConfig;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, Pending>();

  constructor(credentials: Credentials, config: ClientConfig) {
    this.#credentials = credentials;
    this.#config = config;
  }

  get count(): number {
    return this.#server.clients.size;
  }

  /** What `POST /callback/ws/endpoint` answers. @param address of the stand-in, such as `ws://127.0.0.1:PORT` */
  endpoint(body: JsonObject, address: string): JsonObject {
    if (this.endpointAnswer) {
      const { data, ...said } = this.endpointAnswer;
      return data === null ? said : { ...said, data: {} };
    }
    if (body.AppID !== this.#credentials.appId || body.AppSecret !== this.#credentials.appSecret) {
      return { code: 514, msg: 'app_id or app_secret is invalid', data: {} };
    }
    if (this.count >= MOST)
      return { code: 1000040350, msg: 'the number of connections exceeded the limit', data: {} };
    const ticket = newId();
    this.#tickets.add(ticket);
    const query = `device_id=${newId()}&service_id=${SERVICE}&ticket=${ticket}`;
    return { code: 0, msg: '', data: { URL: `${address}/ws/v2?${query}`, ClientConfig: this.#config } };
  }

  /** Lets in whoever brings a ticket that was not used yet. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://stand-in').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => {
      client.on('message', (bytes) => this.#receive(client, bytes as Buffer));
      client.on('error', () => client.terminate());
      client.on('close', () => {
        for (const pending of this.#pending.values()) {
          if (pending.socket === client) pending.settle({ kind: 'cut' });
        }
      });
    });
  }

  /** @param fragments into how many frames the payload is split */
  deliver(content: object, withinMs: number, fragments = 1): Promise<Reply> {
    const open = [...this.#server.clients].filter((client) => client.readyState === client.OPEN);
    const socket = open[Math.floor(Math.random() * open.length)];
    if (!socket) return Promise.resolve({ kind: 'unreachable' });
    const id = newId();
    return new Promise((resolve) => {
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        this.#pending.delete(id);
        resolve(reply);
      };
      const timer = setTimeout(() => settle({ kind: 'late' }), withinMs);
      this.#pending.set(id, { socket, settle });
      for (const frame of framesOf(content, id, fragments)) socket.send(encodeFrame(frame));
    });
  }

  /** All connections end at once, without a word. */
  cut(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #receive(client: WebSocket, bytes: Buffer): void {
    const frame = decodeFrame(bytes);
    const type = headerOf(frame, 'type');
    if (frame.method === 0 && type === 'ping') {
      const payload = Buffer.from(JSON.stringify(this.#config));
      client.send(encodeFrame({ ...frame, headers: [{ key: 'type', value: 'pong' }], payload }));
      return;
    }
    const pending = this.#pending.get(headerOf(frame, 'message_id') ?? '');
    // An answer that comes over another connection than the push went is worth nothing.
    if (frame.method !== 1 || pending?.socket !== client) return;
    pending.settle(replyOf(frame));
  }
}

function framesOf(content: object, id: string, fragments: number): Frame[] {
  const whole = Buffer.from(JSON.stringify(content));
  const size = Math.ceil(whole.length / fragments);
  const trace = newId();
  return Array.from({ length: fragments }, (_, seq) => ({
    SeqID: 0,
    LogID: 0,
    service: SERVICE,
    method: 1,
    headers: Object.entries({
      type: 'event',
      message_id: id,
      sum: String(fragments),
      seq: String(seq),
      trace_id: trace,
      timestamp: String(Date.now()),
    }).map(([key, value]) => ({ key, value })),
    payload: whole.subarray(seq * size, (seq + 1) * size),
  }));
}

function replyOf({ payload }: Frame): Reply {
  const said = parsed(Buffer.from(payload ?? []).toString());
  if (!isObject(said)) return { kind: 'answered', status: 0, body: '' };
  return {
    kind: 'answered',
    status: typeof said.code === 'number' ? said.code : 0,
    body: typeof said.data === 'string' ? Buffer.from(said.data, 'base64').toString() : '',
  };
}
