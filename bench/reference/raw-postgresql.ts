import pg from 'pg';
import { nextRecord, type StoreGroup } from './raw-rows.ts';

const TABLES = `
  CREATE TABLE item (id TEXT PRIMARY KEY, account TEXT NOT NULL, said TEXT NOT NULL, changed_at TEXT NOT NULL);
  CREATE INDEX item_account ON item (account);
  CREATE TABLE audit (seq INTEGER PRIMARY KEY, item TEXT NOT NULL, sealed BYTEA NOT NULL, body BYTEA NOT NULL, hash BYTEA NOT NULL);
  CREATE INDEX audit_item ON audit (item);
  CREATE TABLE outbox (id TEXT PRIMARY KEY, account TEXT NOT NULL, sealed BYTEA NOT NULL, state TEXT NOT NULL);
  CREATE INDEX outbox_state ON outbox (state)`;

/** All rows of a table in one prepared statement. */
const ITEMS = {
  name: 'items',
  text: `INSERT INTO item SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
    ON CONFLICT (id) DO NOTHING RETURNING id`,
};
const RECORDS = {
  name: 'records',
  text: 'INSERT INTO audit SELECT * FROM unnest($1::int[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[])',
};
const MESSAGES = {
  name: 'messages',
  text: 'INSERT INTO outbox SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[])',
};

/** @param url of a database with nothing in it */
export async function storeInPostgresql(url: string): Promise<StoreGroup> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  return async (group) => {
    const at = new Date().toISOString();
    await client.query('BEGIN');
    const said = group.map((each) => each.said.slice(0, 60));
    const { rows } = await client.query<{ id: string }>({
      ...ITEMS,
      values: [group.map(({ id }) => id), group.map(({ account }) => account), said, group.map(() => at)],
    });
    const made = new Set(rows.map(({ id }) => id));
    const kept = group
      .filter(({ id }) => made.delete(id))
      .map((each) => ({ ...each, ...nextRecord(each, at) }));
    const ids = kept.map(({ id }) => id);
    const [sealed, bodies, hashes] = [
      kept.map((each) => each.sealed),
      kept.map(({ body }) => body),
      kept.map(({ hash }) => hash),
    ];
    const answers = [ids.map((id) => `answer-${id}`), kept.map(({ account }) => account)];
    await client.query({ ...RECORDS, values: [kept.map(({ seq }) => seq), ids, sealed, bodies, hashes] });
    const messages = kept.map(({ message }) => message);
    await client.query({ ...MESSAGES, values: [...answers, messages, kept.map(() => 'waiting')] });
    await client.query('COMMIT');
  };
}
