import { noteOf } from '../../ledger/audit/trail.ts';
import { contentsOf } from '../../ledger/entry.ts';
import { headline } from '../../ledger/message.ts';
import { contentOf } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';

/** Where a record stood before something happened. */
export interface Stand {
  seq: number;
  versions: ReadonlyMap<string, number>;
}

export async function standOf({ database: { rows } }: Store): Promise<Stand> {
  const last = await rows.auditRecord.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  const entries = await rows.entry.findMany({ select: { id: true, version: true } });
  return { seq: last?.seq ?? 0, versions: new Map(entries.map(({ id, version }) => [id, version])) };
}

/**
 * All that came into the record since: changed entries with what is sealed in them, who has a part in them and from whom they
 * are hidden; each step of the audit trail with its values; whom was told what. Ids and numbers that chance made are counted.
 */
export async function recordedSince(store: Store, stand: Stand): Promise<unknown> {
  const { rows } = store.database;
  const steps = await rows.auditRecord.findMany({
    where: { seq: { gt: stand.seq } },
    orderBy: { seq: 'asc' },
  });
  const ids = [...new Set(steps.flatMap(({ entryId }) => entryId ?? []))];
  const entries = await rows.entry.findMany({
    where: { id: { in: ids } },
    include: { people: { orderBy: [{ part: 'asc' }, { personId: 'asc' }] }, recusals: true },
  });
  const told = await rows.outbox.findMany({
    where: { key: { not: { startsWith: 'reply:' } }, state: 'waiting' },
    orderBy: { id: 'asc' },
  });
  const recorded = {
    steps: steps.map(({ seq, actor, action, entryId, sealed }) => ({
      ...{ actor, action, entryId },
      values: sealed && store.keys.unseal(sealed, noteOf(seq)),
    })),
    entries: ids.map((id) => {
      const { sealed, recusals, ...entry } = entries.find((each) => each.id === id) ?? {};
      const contents = sealed && store.keys.unseal(sealed, contentsOf(id));
      return { ...entry, contents, hidden: (recusals ?? []).map(({ mark }) => mark.length) };
    }),
    told: told.map((row) => ({ to: row.personId, title: headline(contentOf(store, row)) })),
  };
  return JSON.parse(
    counted(
      JSON.stringify(recorded),
      entries.filter(({ id }) => !stand.versions.has(id)),
    ),
  );
}

function counted(text: string, made: readonly { id: string; ref: string }[]): string {
  return made.reduce(
    (said, { id, ref }, index) => said.replaceAll(id, `id ${index}`).replaceAll(ref, `ref ${index}`),
    text,
  );
}
