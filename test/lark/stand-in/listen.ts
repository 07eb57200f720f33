import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Connections } from './connections.ts';
import type { Gateway } from './gateway.ts';
import { isObject, parsed } from './json.ts';

const inFolder = (name: string): string => fileURLToPath(new URL(`tls/${name}`, import.meta.url));

/** What shows that it is the stand-in, where calls go over TLS: nobody trusts it unless told to. Valid until 2126. */
export const CERTIFICATE_FILE = inFolder('certificate.pem');

interface Listening {
  address: string;
  close(): Promise<void>;
}

/** Waits for calls and for long connections on a port of its own. */
export async function listen(
  gateway: Gateway,
  connections: Connections,
  { overTls = false }: { overTls?: boolean },
): Promise<Listening> {
  const s = overTls ? 's' : '';
  let host = '';
  const answer: RequestListener = async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/callback/ws/endpoint')
      return gateway.handle(request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = parsed(Buffer.concat(chunks).toString());
    const address = `ws${s}://${host}`;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(connections.endpoint(isObject(body) ? body : {}, address)));
  };
  const server = overTls ? createSecureServer(secrets(), answer) : createServer(answer);
  server.on('upgrade', (request, socket, head) => connections.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http${s}://${host}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The key is no secret: it opens nothing but this. */
const secrets = () => ({ key: readFileSync(inFolder('key.pem')), cert: readFileSync(CERTIFICATE_FILE) });
