import { DatabaseSync } from 'node:sqlite';
import { type Arrived, nextRecord, type StoreGroup } from './raw-rows.ts';

/** @param file that is made */
export function storeInSqlite(file: string): StoreGroup {
  const database = new DatabaseSync(file);
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
  const storeOne = (arrived: Arrived): void => {
    const { id, account, said } = arrived;
    const at = new Date().toISOString();
    if (addItem.run(id, account, said.slice(0, 60), at).changes === 0) return;
    const { seq, sealed, body, hash, message } = nextRecord(arrived, at);
    addRecord.run(seq, id, sealed, body, hash);
    addMessage.run(`answer-${id}`, account, message, 'waiting');
  };
  return (group) => {
    database.exec('BEGIN IMMEDIATE');
    for (const each of group) storeOne(each);
    database.exec('COMMIT');
  };
}
