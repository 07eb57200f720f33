import { claimFile, type KeptFile } from './attachment.ts';
import type { Entry, FileTaking, Ledger } from './define.ts';
import type { Person } from './directory.ts';
import { asEntryFile, type EntryFile } from './entry-file.ts';
import type { Operation } from './operation.ts';
import { Refusal } from './refusal.ts';
import { stateLabel } from './state-label.ts';

/** What the step is called in an entry's history. */
export const ADD_FILE = 'add-file';

/** An entry with one file more, or as it was where the file was there already. */
export interface Added {
  entry: Entry;
  file: KeptFile;
  isNew: boolean;
  /** The entry's files now. */
  count: number;
}

/** Whether the person may add a file to the entry now. */
export const mayAddFiles = (ledger: Ledger, person: Person, entry: Entry): boolean =>
  ledger.files !== undefined && isOpen(ledger, entry) && isBy(ledger.files, person, entry);

const isOpen = ({ states }: Ledger, { state }: Entry): boolean => states[state]?.closed !== true;

const isBy = ({ by }: FileTaking, person: Person, entry: Entry): boolean =>
  (by.roles?.some((role) => person.roles.includes(role)) ?? false) ||
  entry.people.some(({ personId, part }) => personId === person.id && (by.parts?.includes(part) ?? false));

/** @throws Refusal `not-permitted` or `wrong-state` */
export function requireAddFiles(ledger: Ledger, person: Person, entry: Entry): void {
  if (mayAddFiles(ledger, person, entry)) return;
  const { files } = ledger;
  if (!files) throw new Refusal('wrong-state', `${entry.ref} 属于${ledger.title}，不附佐证文件。`);
  if (!isBy(files, person, entry))
    throw new Refusal('not-permitted', `「${files.word} ${entry.ref}」由记录人和受理人员办理，您不在其中。`);
  const now = stateLabel(ledger, entry, person);
  throw new Refusal('wrong-state', `${entry.ref} 现为「${now}」，不能再补充佐证。`);
}

/**
 * A file that was received (`receiveFile`) becomes an entry's: the entry says so from now on, and who handles it is told.
 * @param occasion files that come on one occasion are told of once
 * @throws Refusal when the person may not, or the file is one too many
 */
export async function addEvidence(
  operation: Operation,
  actor: Person,
  entry: Entry,
  received: { id: string; occasion: string },
): Promise<Added> {
  const ledger = operation.entries.ledgerOf(entry);
  requireAddFiles(ledger, actor, entry);
  const contents = operation.entries.read(entry).contents as { files: EntryFile[] };
  const file = await claimFile(operation, { entry, personId: actor.id }, received.id);
  if (file.id !== received.id) return { entry, file, isNew: false, count: contents.files.length };
  const files = [...contents.files, asEntryFile(file)];
  const outcome = { state: entry.state, contents: { ...contents, files } };
  const changed = await operation.change(entry, outcome, { action: `${ledger.name}.${ADD_FILE}` });
  for (const notice of ledger.files?.notices(changed) ?? [])
    await operation.notify(changed, notice, `${ledger.name}.${ADD_FILE}:${entry.id}:${received.occasion}`);
  // A name in the file's name may take it away from who had it.
  await ledger.settle?.(operation, changed);
  return { entry: changed, file, isNew: true, count: files.length };
}
