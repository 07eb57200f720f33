import { request } from 'node:http';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Endpoint } from '../../bot/platform.ts';
import { defaultRules } from '../../config/rules.ts';
import { close, listen, type ServerOptions, webServer } from '../../web/server.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** A web server behind a proxy on this machine: whoever asks says by `x-forwarded-for` where the proxy was asked from. */
export async function limitedServer(
  endpoints: readonly Endpoint[],
  limits: Partial<typeof defaultRules.limits>,
  { log = pino({ level: 'silent' }), ...options }: Omit<ServerOptions, 'limits'> & { log?: Logger } = {},
) {
  const server = webServer(endpoints, log, {
    limits: { ...defaultRules.limits, ...limits },
    trustedProxies: ['127.0.0.1'],
    ...options,
  });
  const address = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => close(server));
  return {
    address,
    get: (from: string | undefined, path: string, headers: Record<string, string> = {}) =>
      asked(address + path, 'GET', { ...headers, ...(from && { 'x-forwarded-for': from }) }),
    post: (from: string, path: string, body: string, headers: Record<string, string> = {}) =>
      asked(address + path, 'POST', { ...headers, 'x-forwarded-for': from }, body),
  };
}

function asked(
  address: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(address, { method, headers, agent: false }, (response) => {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece));
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(pieces).toString('utf8'),
      }),
    );
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

/** As many as asked for at once. @returns how they were answered, counted */
export async function counted(times: number, ask: () => Promise<Answer>): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: times }, ask));
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
