import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** What an installation signs its receipts with: Ed25519. */
export interface Signer {
  /** @returns 64 bytes; for the same bytes always the same */
  sign(bytes: Uint8Array): Uint8Array;
  readonly publicKey: KeyObject;
}

/** A new signing key, in the form that `openSigner` takes: PKCS #8, DER. */
export const newSigningKey = (): Uint8Array =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });

/** @throws Error when the bytes are no Ed25519 key */
export function openSigner(signingKey: Uint8Array): Signer {
  const privateKey = createPrivateKey({ key: Buffer.from(signingKey), type: 'pkcs8', format: 'der' });
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Error(`A receipt key is an Ed25519 key, found ${privateKey.asymmetricKeyType}`);
  }
  return { publicKey: createPublicKey(privateKey), sign: (bytes) => sign(null, bytes, privateKey) };
}

/** The public key as it is given out. */
export const publicKeyPem = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

/** @throws Error in English, for who gave the text, when it is no public key of Ed25519 in PEM */
export function readPublicKey(pem: string): KeyObject {
  const [block] = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/.exec(pem) ?? [];
  const key = block && readPem(block);
  if (!key || key.asymmetricKeyType !== 'ed25519') {
    throw new Error('expected the public key that `receipt-key` prints: -----BEGIN PUBLIC KEY----- …');
  }
  return key;
}

function readPem(block: string): KeyObject | undefined {
  try {
    return createPublicKey(block);
  } catch {
    return undefined;
  }
}
