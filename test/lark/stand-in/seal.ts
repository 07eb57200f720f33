import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** What is posted to a request URL: the body to the byte, and the platform's headers. */
export interface SealedPush {
  body: Buffer;
  headers: Record<string, string>;
}

/** `{"encrypt": …}` with AES-256-CBC: the first 16 bytes are the initial vector, the key is the hash of the Encrypt Key. */
export function encrypt(text: string, encryptKey: string): string {
  const vector = randomBytes(16);
  const key = createHash('sha256').update(encryptKey).digest();
  const cipher = createCipheriv('aes-256-cbc', key, vector);
  return Buffer.concat([vector, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The signature over timestamp (seconds), nonce, Encrypt Key and the raw body. */
export const signature = (timestamp: string, nonce: string, encryptKey: string, body: Buffer): string =>
  createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest('hex');

/** Without an Encrypt Key the body stays plain, and is signed all the same. */
export function seal(content: object, encryptKey: string, atMs: number): SealedPush {
  const text = JSON.stringify(content);
  const body = Buffer.from(encryptKey ? JSON.stringify({ encrypt: encrypt(text, encryptKey) }) : text);
  const timestamp = String(Math.floor(atMs / 1000));
  const nonce = randomBytes(8).toString('hex');
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature(timestamp, nonce, encryptKey, body),
    },
  };
}
