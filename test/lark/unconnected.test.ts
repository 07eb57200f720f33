import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { isUnconnected } from '../../bot/lark/calls/unconnected.ts';

const fault = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

it('is said of a call that found nobody, and of none that had a connection', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((closed) => server.close(closed));
  const refused = await fetch(`http://127.0.0.1:${port}/`).catch((thrown: Error) => thrown.cause);
  expect(isUnconnected(refused)).toBe(true);
  expect(isUnconnected(fault('EHOSTUNREACH', 'connect'))).toBe(true);
  expect(isUnconnected(fault('ENOTFOUND', 'getaddrinfo'))).toBe(true);
  for (const syscall of ['read', 'write']) expect(isUnconnected(fault('EHOSTUNREACH', syscall))).toBe(false);
  expect(isUnconnected(fault('ECONNRESET', 'read'))).toBe(false);
  expect(isUnconnected(new Error('example'))).toBe(false);
});

it.each([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('is said where whoever answers does not show that he is the platform (%s)', (code) => {
  expect(isUnconnected(fault(code))).toBe(true);
});

it('is not said where a connection broke that was trusted', () => {
  for (const code of ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'EPROTO', 'EPIPE'])
    expect(isUnconnected(fault(code, 'write'))).toBe(false);
});
