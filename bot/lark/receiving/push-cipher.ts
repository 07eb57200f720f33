import { createDecipheriv, createSecretKey, hash } from 'node:crypto';

const NONCE_LENGTH = 16;

/**
 * Opens what the platform encrypts: AES-256-CBC under the SHA-256 of the Encrypt Key, the nonce in front, all of it in base64. Past the
 * SDK's own, which makes the key ready for each push anew and writes it in hexadecimal on the way.
 * @returns what gives the text, and throws where it was encrypted with another key
 */
export function pushCipher(encryptKey: string): (encrypted: string) => string {
  const key = createSecretKey(hash('sha256', encryptKey, 'buffer'));
  return (encrypted) => {
    const bytes = Buffer.from(encrypted, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, NONCE_LENGTH));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_LENGTH)), decipher.final()]).toString('utf8');
  };
}
