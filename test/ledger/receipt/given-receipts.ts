import type { Person } from '../../../ledger/directory.ts';
import { filing } from '../../../ledger/intercession/filing.ts';
import type { NoticeContent } from '../../../ledger/message.ts';
import { operate } from '../../../ledger/operation.ts';
import { findReceipts } from '../../../ledger/receipt/find-receipts.ts';
import type { Store } from '../../../ledger/store.ts';
import { ordinaryReport } from '../../intercession-report.ts';

export interface Given {
  card: NoticeContent;
  ref: string;
  /** The receipt as it stands on the card. */
  text: string;
}

/** Files a report. @returns what who filed it is given */
export async function fileWithReceipt(
  store: Store,
  reporter: Person,
  at: Date,
  values: Record<string, string> = {},
): Promise<Given> {
  const raw = { ...ordinaryReport(store, at), ...values };
  const card = await operate(store, { actor: reporter, at }, (operation) =>
    filing.file(operation, reporter, raw),
  );
  if (card.kind !== 'notice') throw new Error('The answer to a report is no card');
  const [text] = findReceipts(card.sections.flatMap(({ lines }) => lines).join('\n'));
  const [ref] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(card.title) ?? [];
  if (!text || !ref) throw new Error(`No receipt stands on 「${card.title}」`);
  return { card, ref, text };
}
