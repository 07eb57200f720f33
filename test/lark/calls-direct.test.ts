import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { CallFault } from '../../bot/lark/calls/call-fault.ts';
import { openDirectHttp } from '../../bot/lark/calls/http.ts';

const PATH = '/open-apis/x';
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A call to a platform at that address. */
const calling = (baseUrl: string, limitMs = 5000): Promise<unknown> =>
  openDirectHttp(baseUrl, limitMs)({ url: PATH }, 't-1');

/** @returns the address of a platform that answers so */
function answering(answer: RequestListener): Promise<string> {
  return new Promise((resolve) => {
    server = createServer(answer).listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server?.address() as AddressInfo).port}`);
    });
  });
}

const faultOf = (call: Promise<unknown>): Promise<CallFault> =>
  call.then(
    () => Promise.reject(new Error('It was a success')),
    (fault: unknown) => {
      if (fault instanceof CallFault) return fault;
      throw fault;
    },
  );

test('a call says what it was given, and its connection serves those after it', async () => {
  const seen: unknown[] = [];
  const sockets = new Set<unknown>();
  const url = await answering((request, answer) => {
    sockets.add(request.socket);
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers.authorization, JSON.parse(body)]);
      answer.end('{"code":0,"data":{"message_id":"om_1"}}');
    });
  });
  const call = openDirectHttp(url, 5000);
  const request = {
    method: 'PATCH',
    url: PATH,
    params: { kind: '一 二', none: undefined },
    data: { content: '示例：第一项' },
  };
  for (let time = 0; time < 9; time++)
    expect(await call(request, 't-1')).toEqual({ code: 0, data: { message_id: 'om_1' } });
  const path = `/open-apis/x?${new URLSearchParams({ kind: '一 二' })}`;
  expect(seen[0]).toEqual(['PATCH', path, 'Bearer t-1', { content: '示例：第一项' }]);
  // The next call may come before the connection is free again.
  expect(sockets.size).toBeLessThan(3);
});

test('a gateway may have the platform under a path of its own', async () => {
  const url = await answering((request, answer) => answer.end(`{"code":0,"data":"${request.url}"}`));
  for (const base of [`${url}/gate/feishu`, `${url}/gate/feishu/`])
    expect(await calling(base)).toEqual({ code: 0, data: `/gate/feishu${PATH}` });
});

test('what stands in the path already stays there, and who calls says who he is', async () => {
  const seen: unknown[] = [];
  const url = await answering((request, answer) => {
    seen.push([request.method, request.url, request.headers['user-agent']]);
    answer.end('{"code":0}');
  });
  await openDirectHttp(url, 5000)({ method: 'get', url: `${PATH}/示例?a=1`, params: { b: 2 } }, 't-1');
  expect(seen).toEqual([['GET', `${PATH}/${encodeURIComponent('示例')}?a=1&b=2`, 'qinglian']]);
});

test('a redirect is not followed, and is no success', async () => {
  let asked = 0;
  const url = await answering((_request, answer) => {
    asked += 1;
    answer.writeHead(302, { location: '/elsewhere' }).end('{"code":0}');
  });
  expect((await faultOf(calling(url))).status).toBe(302);
  expect(asked).toBe(1);
});

test('an answer that is no JSON, or says no code, is no success', async () => {
  const url = await answering((_request, answer) => answer.end('<html>'));
  expect(await faultOf(calling(url))).toMatchObject({ status: 200, code: 0 });
});

test('an answer that never ends is given up at the time limit, and nobody knows whether the call was made', async () => {
  const url = await answering((_request, answer) => void answer.write('{"code":0,'));
  const { status, neverSent } = await faultOf(calling(url, 100));
  expect({ status, neverSent }).toEqual({ status: undefined, neverSent: false });
});

test('a call that is given up takes its connection with it', async () => {
  let open = 0;
  const url = await answering((_request, answer) => void answer.write('{"code":0,'));
  server?.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  const call = openDirectHttp(url, 100);
  await Promise.all(Array.from({ length: 5 }, () => faultOf(call({ url: PATH }, 't-1'))));
  await expect.poll(() => open).toBe(0);
});

test('what cannot be said is no call, and leaves nothing behind', async () => {
  const round: { self?: unknown } = {};
  round.self = round;
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const call = openDirectHttp('http://127.0.0.1:9', 60_000)(
    { method: 'POST', url: PATH, data: round },
    't-1',
  );
  await expect(call).rejects.toThrow();
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before);
});

test('an answer that breaks off, and one that is too long, are no answers', async () => {
  const broken = await answering((_request, answer) => {
    answer.writeHead(200, { 'content-length': 100 });
    answer.write('{"code":0', () => answer.destroy());
  });
  expect((await faultOf(calling(broken))).status).toBeUndefined();
  server?.close();
  const long = await answering((_request, answer) => answer.end(Buffer.alloc(9 * 1024 * 1024, ' ')));
  expect((await faultOf(calling(long))).status).toBeUndefined();
});

test('where nobody is reached, the call was never made', async () => {
  const url = await answering(() => undefined);
  await new Promise((closed) => server?.close(closed));
  expect((await faultOf(calling(url))).neverSent).toBe(true);
});
