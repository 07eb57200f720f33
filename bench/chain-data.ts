import { createHash, hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { entryDigest, personDigest } from '../ledger/audit/digest.ts';
import { type AuditBody, GENESIS } from '../ledger/audit/trail.ts';
import { sealedDigest } from '../ledger/seal.ts';
import type { Store } from '../ledger/store.ts';
import { entryPage } from '../prisma/audit-pages.ts';
import { fill } from './weekly-data.ts';

/** What happens to an item until it is closed, one record each. */
const STEPS = 20;
/** One record in so many carries what its actor filled in. */
const NOTE_ONE_IN = 4;
const PEOPLE = 100;
const BEGAN = Date.UTC(2020, 0, 1);

/** Fills an empty record with items and a chain about them that holds. @returns how many records it has */
export async function fillChain(store: Store, file: string, records: number): Promise<number> {
  await fill(store, { entries: Math.ceil((records - PEOPLE) / STEPS), people: PEOPLE });
  const subjects = await people(store);
  for (let after = ''; ; ) {
    const page = await entryPage(store.database.rows, after, 1000);
    for (const entry of page) subjects.push({ kind: 'entry', id: entry.id, digest: entryDigest(entry) });
    const last = page.at(-1);
    if (!last) break;
    after = last.id;
  }
  const chain = openChain(store, file);
  for (const subject of subjects) if (subject.kind === 'person') chain.append(subject);
  const entries = subjects.filter(({ kind }) => kind === 'entry');
  for (let step = 1; step <= STEPS; step++)
    for (const entry of entries)
      chain.append(step === STEPS ? entry : { ...entry, digest: hash('sha256', `${step} ${entry.id}`) });
  return chain.close();
}

type Subject = NonNullable<AuditBody['subject']>;

async function people({ database }: Store): Promise<Subject[]> {
  const all = await database.rows.person.findMany({ include: { accounts: true } });
  return all.map((person) => ({ kind: 'person', id: person.id, digest: personDigest(person) }));
}

/** As the trail writes it, straight into the table. */
function openChain(store: Store, file: string) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN');
  const insert = database.prepare(
    `INSERT INTO "AuditRecord" ("seq", "at", "actor", "action", "entryId", "sealed", "body", "hash") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const sealed = store.keys.seal({ text: '示例：已完成制度修订的征求意见，并报请党组会审议。' }, 'audit/1');
  const note = sealedDigest(sealed).toString('hex');
  let [seq, prev] = [0, GENESIS];
  return {
    append(subject: Subject): void {
      seq += 1;
      const at = new Date(BEGAN + seq * 1000).toISOString();
      const [actor, action] = [`person-${String(seq % PEOPLE).padStart(6, '0')}`, '示例'];
      const hasNote = seq % NOTE_ONE_IN === 0;
      const salt = hash('md5', String(seq));
      const body: AuditBody = { seq, at, actor, action, subject, ...(hasNote && { note }), salt, prev };
      const bytes = Buffer.from(JSON.stringify(body));
      const digest = createHash('sha256').update(bytes).digest();
      const entryId = subject.kind === 'entry' ? subject.id : null;
      const values = [at.replace('Z', '+00:00'), actor, action, entryId, hasNote ? sealed : null] as const;
      insert.run(seq, ...values, bytes, digest);
      prev = digest.toString('hex');
    },
    close(): number {
      database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      return seq;
    },
  };
}
