import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** A push that was opened, and who waits until it is stored. */
export interface Arrived {
  id: string;
  account: string;
  said: string;
  stored: () => void;
}

/** Stores a group in one commit; what is known already is left out. */
export type StoreGroup = (group: readonly Arrived[]) => void | Promise<void>;

/** A chained record of an item with a sealed kilobyte, and a message to be sent. */
export interface RawRecord {
  seq: number;
  sealed: Buffer;
  body: Buffer;
  hash: Buffer;
  message: Buffer;
}

const sealingKey = randomBytes(32);
const PADDING = '示例'.repeat(100);

let seq = 0;
let head = Buffer.alloc(32);

export function nextRecord({ id, account, said }: Arrived, at: string): RawRecord {
  const sealed = seal(said + PADDING);
  seq += 1;
  const digest = createHash('sha256').update(sealed).digest('hex');
  const body = Buffer.from(
    JSON.stringify({ seq, at, actor: account, item: id, digest, prev: head.toString('hex') }),
  );
  head = createHash('sha256').update(body).digest();
  return { seq, sealed, body, hash: head, message: seal(`已记录 ${id}`) };
}

function seal(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}
