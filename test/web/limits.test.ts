import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Overfull } from '../../bot/limits/overfull.ts';
import type { Endpoint, EndpointReply } from '../../bot/platform.ts';
import { Connections } from '../../web/limits/connections.ts';
import { counted, limitedServer } from './limited-server.ts';

const ONE = '203.0.113.7';
const ANOTHER = '198.51.100.20';

const plain = (body: string, status = 200): EndpointReply => ({ status, type: 'text/plain', body });
const page: Endpoint = { method: 'GET', path: '/page', handle: async () => plain('ok') };
const taking = (more: Partial<Endpoint> = {}): Endpoint => ({
  method: 'POST',
  path: '/take',
  handle: async ({ body }) => plain(`${body.length} bytes`),
  ...more,
});

describe('an address that asks too much', () => {
  // The library that counts reads the clock itself; nothing else is held here.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told when to come again, keeps nobody else waiting, and is served then', async () => {
    const { get } = await limitedServer([page], { requestsPerSecond: 2 });
    expect(await counted(50, () => get(ONE, '/page'))).toEqual({ 200: 20, 429: 30 });
    const refused = await get(ONE, '/page');
    expect(refused.headers['retry-after']).toBe('10');
    expect(JSON.parse(refused.body)).toEqual({
      error: {
        code: 'too-many',
        message: '您所在的网络地址访问太频繁，这一次没有处理。请等 10 秒后再试。',
      },
    });
    expect(await get(ANOTHER, '/page')).toMatchObject({ status: 200, body: 'ok' });
    vi.setSystemTime(Date.now() + 10_000);
    expect(await get(ONE, '/page')).toMatchObject({ status: 200, body: 'ok' });
  });

  it('reads a page in a browser, and finds no way around by addresses that are not there', async () => {
    const { get } = await limitedServer([page], { requestsPerSecond: 1 });
    expect(await counted(10, () => get(ONE, '/nowhere'))).toEqual({ 404: 10 });
    const refused = await get(ONE, '/page', { accept: 'text/html,*/*;q=0.8' });
    expect(refused).toMatchObject({ status: 429, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(refused.body).toContain('请等 10 秒后再试');
  });

  it('is no program of this machine, and no address that somebody only says he has', async () => {
    const { get } = await limitedServer([page], { requestsPerSecond: 1 });
    expect(await counted(30, () => get(undefined, '/page'))).toEqual({ 200: 30 });
    const pretended = Array.from({ length: 30 }, (_, index) => `192.0.2.${index}`);
    const pretending = () => get(`${pretended.pop()}, ${ONE}`, '/page');
    expect(await counted(30, pretending)).toEqual({ 200: 10, 429: 20 });
  });

  it('pushes what a platform signed as often as it likes, and nothing else', async () => {
    const push = taking({
      claimsProof: ({ headers }) => headers['x-signed'] !== undefined,
      handle: async ({ headers }) => plain('', headers['x-signed'] === 'yes' ? 200 : 401),
    });
    const { post } = await limitedServer([push], { requestsPerSecond: 1, pushesPerSecond: 100 });
    const signed = (as: string) => post(ONE, '/take', 'x', { 'x-signed': as });
    expect(await counted(20, () => post(ONE, '/take', 'x'))).toEqual({ 401: 10, 429: 10 });
    expect(await counted(20, () => signed('forged'))).toEqual({ 429: 20 });
    expect(await counted(60, () => signed('yes'))).toEqual({ 200: 60 });
    expect(await counted(60, () => signed('yes'))).toEqual({ 200: 20, 429: 40 });
  });

  it('stands in the log once, however much it asks', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
    const { get } = await limitedServer([page], { requestsPerSecond: 1 }, { log });
    await counted(40, () => get(ONE, '/page'));
    expect(lines).toEqual([expect.objectContaining({ level: 40, source: ONE })]);
  });
});

describe('what is read in', () => {
  it('is 413 where it is too large, whoever sends it, and the next is taken', async () => {
    const { post } = await limitedServer([taking({ maxBytes: 1024 })], {});
    expect(await post(ONE, '/take', 'x'.repeat(100_000))).toMatchObject({ status: 413 });
    expect(await post(ONE, '/take', 'x'.repeat(1024))).toMatchObject({ status: 200, body: '1024 bytes' });
  });

  it('leaves room for others: one address has its share, and is told to come again', async () => {
    const megabyte = 1024 * 1024;
    const { address, post } = await limitedServer([taking({ maxBytes: megabyte })], {
      readingMegabytes: 4,
      readingMegabytesPerAddress: 2,
    });
    const { hostname, port } = new URL(address);
    const begun = [1, 2].map(() => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.write(
        `POST /take HTTP/1.1\r\nhost: a\r\nx-forwarded-for: ${ONE}\r\ncontent-length: ${megabyte}\r\n\r\nx`,
      );
      return socket;
    });
    const refused = () => post(ONE, '/take', 'x');
    await expect.poll(async () => (await refused()).status).toBe(503);
    expect(await refused()).toMatchObject({ headers: { 'retry-after': '5' } });
    expect(await post(ANOTHER, '/take', 'x'.repeat(megabyte))).toMatchObject({ status: 200 });
    for (const socket of begun) socket.destroy();
    await expect.poll(async () => (await refused()).status).toBe(200);
  });
});

it('who never ends the head of a request is shut out, while others are answered', async () => {
  const { address, get } = await limitedServer([page], {}, { patience: { headMs: 200, checkMs: 50 } });
  const { hostname, port } = new URL(address);
  const dribbling = Array.from({ length: 20 }, () => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write('GET /page HTTP/1.1\r\nhost: a\r\n');
    const drip = setInterval(() => socket.write('x: y\r\n'), 40);
    return new Promise<string>((resolve) => {
      let said = '';
      socket.on('data', (piece) => (said += piece));
      socket.on('close', () => {
        clearInterval(drip);
        resolve(said);
      });
    });
  });
  expect(await get(ONE, '/page')).toMatchObject({ status: 200 });
  for (const said of await Promise.all(dribbling)) expect(said).toMatch(/^HTTP\/1\.1 408 /);
});

it('of one address so many connections are open at once, and of another as many again', () => {
  const open = new Connections(2);
  expect([ONE, ONE, ONE, ANOTHER].map((address) => open.begin(address))).toEqual([true, true, false, true]);
  open.end(ONE);
  expect([ONE, ONE].map((address) => open.begin(address))).toEqual([true, false]);
});

describe('each request', () => {
  it('has an id, which the answer names, and under which a fault stands in the log, without what was sent', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
    const broken = taking({
      path: '/take/:secret',
      handle: () => Promise.reject(new Error('the house is broken')),
    });
    const { post } = await limitedServer([broken], {}, { log });
    const answer = await post(ONE, '/take/示例之钥?word=planted-in-query', 'planted-in-body', {
      cookie: 'planted-in-cookie',
    });
    const id = String(answer.headers['x-request-id']);
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining(`（编号 ${id}）`) });
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ level, requestId }) => ({ level, requestId }))).toEqual([
      { level: 50, requestId: id },
      { level: 20, requestId: id },
    ]);
    expect(lines.join('')).toContain('/take/:secret');
    for (const word of ['planted', '示例之钥', encodeURIComponent('示例之钥')])
      expect(lines.join('')).not.toContain(word);
  });

  it('that finds the house full is told to come again', async () => {
    const full = taking({ handle: () => Promise.reject(new Overfull('messages to be stored')) });
    const { post } = await limitedServer([full], {});
    expect(await post(ONE, '/take', 'x')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: expect.stringContaining('请稍后再试'),
    });
  });
});
