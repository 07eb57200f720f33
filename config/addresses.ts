import { isIP } from 'node:net';
import type * as z from 'zod';

const BITS = { 4: 32, 6: 128 } as const;

/** Addresses and networks, separated by commas, such as `127.0.0.1,10.0.0.0/8`; each as `node:net` takes it. */
export const addresses = (listed: string, context: z.core.$RefinementCtx): string[] =>
  listed.split(/[\s,]+/u).flatMap((each) => {
    if (each === '') return [];
    if (!isAddress(each))
      context.addIssue({
        code: 'custom',
        message: `found ${each}, expected the address of a proxy, or a network such as 10.0.0.0/8`,
      });
    return [each];
  });

function isAddress(each: string): boolean {
  const [address = '', length = '0', ...more] = each.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  return Number(length) <= BITS[family === 6 ? 6 : 4];
}
