import { expect, it } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';
import { proxiesAt, sourceOf } from '../../web/limits/source.ts';

const proxies = proxiesAt(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

const from = (remoteAddress: string, forwarded?: string | string[]) =>
  sourceOf(
    {
      socket: { remoteAddress } as never,
      headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded as string }) },
    },
    proxies,
  );

it.each([
  ['this machine itself is nobody’s source', '127.0.0.1', undefined, undefined],
  ['nor is it by IPv6', '::1', undefined, undefined],
  ['nor by IPv4 in IPv6', '::ffff:127.0.0.1', undefined, undefined],
  ['who asks directly is his own address', '203.0.113.7', undefined, '203.0.113.7'],
  ['and is believed nothing', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['a proxy is believed who asked it', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['but not what it was told', '127.0.0.1', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
  ['several proxies are', '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['who is among them is the farthest', '127.0.0.1', '10.9.9.9, 10.1.2.3', '10.9.9.9'],
  ['what is no address is not believed', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['an IPv6 network is one', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['however it is written', '2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
  ['also a short one', '2001:db8::9', undefined, '2001:db8:0:0::/64'],
])('%s', (_, peer, forwarded, source) => {
  expect(from(peer, forwarded)).toBe(source);
});

it('TRUST_PROXY lists addresses and networks, and says which is neither', () => {
  expect(readEnvironment({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' }).trustedProxies).toEqual([
    '127.0.0.1',
    '10.0.0.0/8',
  ]);
  expect(readEnvironment({}).trustedProxies).toEqual([]);
  for (const wrong of ['on', '10.0.0.0/33', '1.2.3.4/', '300.1.1.1'])
    expect(() => readEnvironment({ TRUST_PROXY: wrong })).toThrow(`TRUST_PROXY: found ${wrong}`);
});
