import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { freePort } from '../../campaign/running-program.ts';
import { openDoorkeeper } from '../../web/doorkeeper.ts';
import { close, listen } from '../../web/server.ts';

const HOST = '127.0.0.1';
const WHY = 'the database does not answer';
const NOT_READY = { ready: false, database: false, problems: [WHY] };

/** @returns status and what was said; 0: nobody answers */
const asked = (port: number, path: string) =>
  fetch(`http://${HOST}:${port}${path}`).then(
    async (response) => [response.status, await response.json()],
    () => [0],
  );

it('while the house is closed the process is said to live and not to be ready, and nothing is taken', async () => {
  const port = await freePort();
  const doorkeeper = openDoorkeeper(HOST, port, WHY);
  doorkeeper.stand();
  doorkeeper.stand();
  await expect.poll(() => asked(port, '/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await asked(port, '/readyz')).toEqual([503, NOT_READY]);
  const push = await fetch(`http://${HOST}:${port}/lark/webhook`, { method: 'POST', body: '{}' });
  expect([push.status, push.headers.get('retry-after')]).toEqual([503, '5']);
  await doorkeeper.leave();
  expect(await asked(port, '/healthz')).toEqual([0]);
});

it('the door is taken once the house lets go of it, and left to the house when it opens again', async () => {
  const port = await freePort();
  const house = createServer((_, response) => response.end('{"house":true}'));
  await listen(house, HOST, port);
  const doorkeeper = openDoorkeeper(HOST, port, WHY);
  doorkeeper.stand();
  expect(await asked(port, '/readyz')).toEqual([200, { house: true }]);
  await close(house);
  await expect.poll(() => asked(port, '/readyz')).toEqual([503, NOT_READY]);
  await doorkeeper.leave();
  await listen(house, HOST, port);
  expect(await asked(port, '/readyz')).toEqual([200, { house: true }]);
  await close(house);
});

it('nobody stands at a door that nobody knows, and whoever does not stand need not leave', async () => {
  const doorkeeper = openDoorkeeper(HOST, 0, WHY);
  doorkeeper.stand();
  await doorkeeper.leave();
  await doorkeeper.leave();
});
