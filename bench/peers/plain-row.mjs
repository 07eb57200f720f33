import { DatabaseSync } from 'node:sqlite';

const [, , file = ':memory:'] = process.argv;
const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(
  'CREATE TABLE IF NOT EXISTS "Message" ("id" INTEGER PRIMARY KEY, "account" TEXT, "text" TEXT, "at" TEXT)',
);
const insert = database.prepare('INSERT INTO "Message" ("account", "text", "at") VALUES (?, ?, ?)');

/** One plain row a message, durable before it is acknowledged: not sealed, not chained, nobody is asked who he is. */
export function keep(account, text) {
  insert.run(account, text, new Date().toISOString());
}

/** Tells who measures where to push to. */
export function tellPort(server) {
  process.stdout.write(`${server.address().port}\n`);
}
