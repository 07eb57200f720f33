import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { parseArgs } from 'node:util';
import Koa from 'koa';
import rawBody from 'raw-body';
import type { Arrived } from './raw-rows.ts';
import { storeInSqlite } from './raw-sqlite.ts';

// What is possible: a signed, encrypted push is checked and opened by hand, and leaves an item, a chained record of it with a
// sealed kilobyte, and a message to be sent. What came while a commit was under way goes into the next. Nobody is asked who
// he is, what he may do or what state the item is in, and no answer is sent.

const { values } = parseArgs({
  options: { database: { type: 'string' }, 'encrypt-key': { type: 'string' } },
});
const encryptKey = values['encrypt-key'] ?? '';
const openingKey = createHash('sha256').update(encryptKey).digest();
const { database = '' } = values;
const storeGroup = database.startsWith('postgresql:')
  ? await (await import('./raw-postgresql.ts')).storeInPostgresql(database)
  : storeInSqlite(database);

let arrived: Arrived[] = [];
let isStoring = false;

async function store(): Promise<void> {
  isStoring = true;
  while (arrived.length > 0) {
    const group = arrived;
    arrived = [];
    const storing = storeGroup(group);
    if (storing) await storing;
    for (const { stored } of group) stored();
  }
  isStoring = false;
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
  if (arrived.length === 0 && !isStoring) setImmediate(store);
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
