import { connect } from 'node:net';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { close, listen, webServer } from '../../web/server.ts';

it('a body of which nothing more comes is given up, while one that comes slowly is read whole', async () => {
  const ended: unknown[] = [];
  const server = webServer(
    [
      {
        method: 'POST',
        path: '/take',
        handle: async ({ body }) => ({ status: 200, type: 'text/plain', body: `${body.length} bytes` }),
        ended: ({ headers }) => ended.push(headers['x-name']),
      },
    ],
    pino({ level: 'silent' }),
    { patience: { stillMs: 300 } },
  );
  const { port, hostname } = new URL(await listen(server, '127.0.0.1', 0));
  onTestFinished(() => close(server));
  const begin = (name: string) => {
    const socket = connect(Number(port), hostname);
    const answer = new Promise<string>((resolve) => {
      let said = '';
      socket.on('data', (piece) => (said += piece));
      socket.on('error', () => undefined).on('close', () => resolve(said));
    });
    socket.write(
      `POST /take HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-name: ${name}\r\ncontent-length: 6\r\n\r\n`,
    );
    return { socket, answer };
  };
  const silent = begin('silent');
  const slow = begin('slow');
  for (const sign of 'slowly') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    slow.socket.write(sign);
  }
  expect(await slow.answer).toContain('6 bytes');
  await silent.answer;
  expect(ended).toEqual(['silent', 'slow']);
});
