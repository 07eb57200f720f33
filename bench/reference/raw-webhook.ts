import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import Koa from 'koa';
import rawBody from 'raw-body';

// What is possible: a signed, encrypted push is checked and opened by hand, and leaves an item, a chained record of it with a
// sealed kilobyte, and a message to be sent. What came while a commit was under way goes into the next. Nobody is asked who
// he is, what he may do or what state the item is in, and no answer is sent.

const { values } = parseArgs({
  options: { database: { type: 'string' }, 'encrypt-key': { type: 'string' } },
});
const encryptKey = values['encrypt-key'] ?? '';
const openingKey = createHash('sha256').update(encryptKey).digest();
const sealingKey = randomBytes(32);
const PADDING = '示例'.repeat(100);

const database = new DatabaseSync(values.database ?? '');
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE item (id TEXT PRIMARY KEY, account TEXT NOT NULL, said TEXT NOT NULL, changed_at TEXT NOT NULL);
  CREATE INDEX item_account ON item (account);
  CREATE TABLE audit (seq INTEGER PRIMARY KEY, item TEXT NOT NULL, sealed BLOB NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL);
  CREATE INDEX audit_item ON audit (item);
  CREATE TABLE outbox (id TEXT PRIMARY KEY, account TEXT NOT NULL, sealed BLOB NOT NULL, state TEXT NOT NULL);
  CREATE INDEX outbox_state ON outbox (state)`);
const addItem = database.prepare('INSERT INTO item VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
const addRecord = database.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?)');
const addMessage = database.prepare('INSERT INTO outbox VALUES (?, ?, ?, ?)');

interface Arrived {
  id: string;
  account: string;
  said: string;
  stored: () => void;
}

let arrived: Arrived[] = [];
let seq = 0;
let head = Buffer.alloc(32);

function store(): void {
  const group = arrived;
  arrived = [];
  database.exec('BEGIN IMMEDIATE');
  for (const each of group) storeOne(each);
  database.exec('COMMIT');
  for (const { stored } of group) stored();
}

function storeOne({ id, account, said }: Arrived): void {
  const at = new Date().toISOString();
  if (addItem.run(id, account, said.slice(0, 60), at).changes === 0) return;
  const sealed = seal(said + PADDING);
  seq += 1;
  const digest = createHash('sha256').update(sealed).digest('hex');
  const body = Buffer.from(
    JSON.stringify({ seq, at, actor: account, item: id, digest, prev: head.toString('hex') }),
  );
  head = createHash('sha256').update(body).digest();
  addRecord.run(seq, id, sealed, body, head);
  addMessage.run(`answer-${id}`, account, seal(`已记录 ${id}`), 'waiting');
}

function seal(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function isSigned({ headers }: Koa.Request, raw: Buffer): boolean {
  const stamp = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}`;
  const signed = createHash('sha256').update(stamp).update(encryptKey).update(raw).digest();
  const given = Buffer.from(String(headers['x-lark-signature']), 'hex');
  return given.length === signed.length && timingSafeEqual(given, signed);
}

function opened(raw: Buffer): { header: { event_id: string }; event: Record<string, unknown> } {
  const bytes = Buffer.from(JSON.parse(raw.toString()).encrypt, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', openingKey, bytes.subarray(0, 16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString());
}

const app = new Koa();
app.use(async (ctx) => {
  const raw = await rawBody(ctx.req);
  if (!isSigned(ctx.request, raw)) {
    ctx.status = 401;
    return;
  }
  const { event } = opened(raw);
  const { sender, message } = event as {
    sender: { sender_id: { open_id: string } };
    message: { message_id: string; content: string };
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  if (arrived.length === 0) setImmediate(store);
  arrived.push({
    id: message.message_id,
    account: sender.sender_id.open_id,
    said: String(JSON.parse(message.content).text),
    stored: resolve,
  });
  await promise;
  ctx.body = {};
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : ''}\n`);
});
