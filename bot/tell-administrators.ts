import { readDirectory } from '../ledger/directory.ts';
import type { Content } from '../ledger/message.ts';
import { enqueue } from '../ledger/outbox.ts';
import type { Rows, Store } from '../ledger/store.ts';
import type { Unprompted } from '../ledger/unprompted.ts';

export interface Told {
  /** The platform that is not there: nobody is told over it. */
  platform: string;
  /** What happened, and when: of one thing each is told once. */
  key: string;
  content: Content;
  at: Date;
}

/**
 * Puts in line for each administrator what has become of a platform, inside the caller's transaction. Whoever has an account
 * there and nowhere else is not told: it would reach him when it is over.
 * @returns how many are told
 */
export async function tellAdministrators(
  store: Store,
  rows: Rows,
  { platform, key, content, at }: Told,
): Promise<number> {
  const administrators = (await readDirectory(rows)).withRole('administrator');
  let told = 0;
  for (const { id: personId } of administrators) {
    const accounts = await rows.account.findMany({ where: { personId } });
    const elsewhere = accounts.filter((account) => account.platform !== platform);
    if (accounts.length > 0 && elsewhere.length === 0) continue;
    const open = elsewhere.find(({ unreachable }) => unreachable === null) ?? elsewhere[0];
    await enqueue(store, rows, at, {
      key: `${key}:${personId}`,
      personId,
      content,
      ...(open && { address: { platform: open.platform, externalId: open.externalId, isGroup: false } }),
      notBefore: store.calendar.afterQuietHours(at, store.rules.quietHours),
      job: 'platform-offline' satisfies Unprompted,
      isExempt: true,
    });
    told += 1;
  }
  return told;
}
