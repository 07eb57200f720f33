import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses whose word is taken for who asked them: the proxies in front of the service. */
export interface Proxies {
  /** Whether the address is one of them. */
  has(address: string): boolean;
}

/** Every request asks, mostly about the same few addresses; whoever comes from many does not fill the memory. */
const REMEMBERED = 1000;

/** @param listed addresses and networks, such as `127.0.0.1` and `10.0.0.0/8` */
export function proxiesAt(listed: readonly string[]): Proxies {
  const known = new BlockList();
  for (const each of listed) {
    const [address = '', length] = each.split('/');
    const family = familyOf(address);
    if (length === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(length), family);
  }
  const asked = new Map<string, boolean>();
  return {
    has(address) {
      const before = asked.get(address);
      if (before !== undefined) return before;
      const isKnown = known.check(address, familyOf(address));
      if (asked.size >= REMEMBERED) asked.clear();
      asked.set(address, isKnown);
      return isKnown;
    },
  };
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const machine = proxiesAt(['127.0.0.0/8', '::1']);
export const isThisMachine = (address: string): boolean => machine.has(address);

/** An IPv4 address is one, however the socket writes it. */
export const plainAddress = (address = ''): string => address.replace(/^::ffff:(?=\d+\.)/iu, '');

/** So much of an IPv6 address belongs to one customer: he may take as many of the rest as he likes. */
const OWN_GROUPS = 4;

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...back];
  return `${groups.slice(0, OWN_GROUPS).join(':')}::/64`;
}

/**
 * Whose request it is: the address that the last of the trusted proxies was asked from, an IPv6 one by its network.
 * @returns nothing for a program of this machine itself: it could stop the service anyway, and a probe must not be refused
 */
export function sourceOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  proxies: Proxies,
): string | undefined {
  const peer = plainAddress(socket.remoteAddress);
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',');
  if (forwarded === '') return isThisMachine(peer) ? undefined : network(peer);
  const way = [...forwarded.split(',').map((each) => plainAddress(each.trim())), peer];
  let source = peer;
  for (const address of way.toReversed()) {
    // What is no address was not written by a proxy that is trusted.
    if (isIP(address) === 0) break;
    source = address;
    if (!proxies.has(address)) break;
  }
  return network(source);
}
