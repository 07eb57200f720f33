import { extname } from 'node:path';
import type { EndpointReply } from '../../bot/platform.ts';
import { SAFE_HEADERS } from './page.ts';

/** Something to be kept by the browser: never shown by it, whatever it is. */
export function download(name: string, bytes: Uint8Array): EndpointReply {
  const ending = extname(name).replace(/[^.\w]/g, '');
  const plain = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    status: 200,
    type: 'application/octet-stream',
    body: Buffer.from(bytes),
    headers: {
      ...SAFE_HEADERS,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="file${ending}"; filename*=UTF-8''${plain}`,
    },
  };
}
