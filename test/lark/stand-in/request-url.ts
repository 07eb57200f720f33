import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AESCipher } from '@larksuiteoapi/node-sdk';
import { closeLater } from './opened.ts';
import type { StandIn } from './stand-in.ts';

/** What was pushed. */
export interface Request {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request URL that answers as the test says, and what came to it. */
export async function listen(
  answer: (request: Request, count: number) => Promise<[number, string]> | [number, string],
) {
  const requests: Request[] = [];
  const server: Server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = { headers: incoming.headers, body: Buffer.concat(chunks) };
    requests.push(request);
    const [status, body] = await answer(request, requests.length);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => {
    server.close();
    server.closeAllConnections();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lark` };
}

/** What stands in it, as the SDK decrypts it. */
export const decrypted = (standIn: StandIn, { body }: Request) =>
  JSON.parse(new AESCipher(standIn.encryptKey).decrypt(JSON.parse(body.toString()).encrypt));
