import { Agent as PlainAgent, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';
import type { Answer } from './call-fault.ts';

/** A call that carries JSON, or nothing. */
export interface DirectCall {
  method: string;
  url: string;
  headers: Readonly<Record<string, unknown>>;
  params: Readonly<Record<string, unknown>>;
  data: unknown;
  /** After which the call is given up, whatever came of it. */
  limitMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Calls over connections that stay open, by Node's own client: the SDK's takes as much time for a call as the rest of a
 * message takes in all.
 * @param longest answer that is read, in bytes
 * @returns the platform's answer, whatever its status; `data` is what its JSON says, or its text where it is none
 */
export function directHttp(longest: number): (call: DirectCall) => Promise<Answer> {
  const plain = new PlainAgent({ keepAlive: true });
  const secure = new SecureAgent({ keepAlive: true });
  return ({ method, url, headers, params, data, limitMs, signal }) => {
    const address = withParams(url, params);
    const body = data === undefined ? undefined : Buffer.from(JSON.stringify(data));
    const options = {
      method: method.toUpperCase(),
      headers: headersOf(headers, body),
      ...(signal && { signal }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const request =
      address.protocol === 'https:'
        ? requestSecure(address, { ...options, agent: secure })
        : requestPlain(address, { ...options, agent: plain });
    // A timer of its own: an abort signal for each call costs as much as the call.
    const limit = setTimeout(() => request.destroy(new Error(`No answer within ${limitMs} ms`)), limitMs);
    request.once('close', () => clearTimeout(limit));
    request.once('error', reject);
    request.once('response', (answer) => {
      const parts: Buffer[] = [];
      let length = 0;
      answer.on('data', (part: Buffer) => {
        length += part.length;
        if (length > longest) answer.destroy(new Error(`The answer has more than ${longest} bytes`));
        else parts.push(part);
      });
      answer.once('error', reject);
      // An answer that ends before all of it came is none.
      answer.once('close', () => reject(new Error('The connection ended within the answer')));
      answer.once('end', () => {
        const { statusCode: status = 0, headers: given } = answer;
        resolve({ status, headers: given, data: inWords(Buffer.concat(parts).toString('utf8')) });
      });
    });
    request.end(body);
    return promise;
  };
}

function withParams(url: string, params: Readonly<Record<string, unknown>>): URL {
  const address = new URL(url);
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null) address.searchParams.append(name, String(value));
  return address;
}

function headersOf(
  given: Readonly<Record<string, unknown>>,
  body: Buffer | undefined,
): Record<string, string | number> {
  const headers: Record<string, string | number> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  if (body === undefined) return headers;
  return { 'content-type': 'application/json; charset=utf-8', ...headers, 'content-length': body.length };
}

function inWords(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
