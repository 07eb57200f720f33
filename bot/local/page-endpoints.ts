import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '../platform.ts';

const FOLDER = fileURLToPath(new URL('./page', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** The page and its files, read once. */
export async function pageEndpoints(): Promise<Endpoint[]> {
  const names = (await readdir(FOLDER)).filter((name) => extname(name) in TYPES);
  return Promise.all(names.map(fileEndpoint));
}

async function fileEndpoint(name: string): Promise<Endpoint> {
  const body = await readFile(join(FOLDER, name));
  const reply = { status: 200, type: TYPES[extname(name)] ?? '', body, headers: HEADERS };
  const path = name === 'index.html' ? '/chat' : `/chat/assets/${name}`;
  return { method: 'GET', path, handle: async () => reply };
}
