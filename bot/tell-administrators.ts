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
  /** Without it, that the platform is not there. */
  job?: Unprompted;
  /** Another platform, on which everybody has an account. */
  everybody?: string | undefined;
}

/**
 * Puts in line for each administrator what has become of a platform, inside the caller's transaction. Whoever has an account
 * there and nowhere else is not told: it would reach him when it is over.
 * @returns how many are told
 */
export async function tellAdministrators(
  store: Store,
  rows: Rows,
  { platform, key, content, at, job = 'platform-offline', everybody }: Told,
): Promise<number> {
  const administrators = (await readDirectory(rows)).withRole('administrator');
  let told = 0;
  for (const { id: personId } of administrators) {
    const accounts = await rows.account.findMany({ where: { personId } });
    const elsewhere = accounts.filter((account) => account.platform !== platform);
    const own = elsewhere.find(({ unreachable }) => unreachable === null) ?? elsewhere[0];
    const open = own ?? (everybody === undefined ? undefined : { platform: everybody, externalId: personId });
    if (accounts.length > 0 && !open) continue;
    await enqueue(store, rows, at, {
      key: `${key}:${personId}`,
      personId,
      content,
      ...(open && { address: { platform: open.platform, externalId: open.externalId, isGroup: false } }),
      notBefore: store.calendar.afterQuietHours(at, store.rules.quietHours),
      job,
      isExempt: true,
    });
    told += 1;
  }
  return told;
}
