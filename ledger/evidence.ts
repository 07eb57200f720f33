import { claimFile, type KeptFile } from './attachment.ts';
import type { Entry, Ledger, Outcome, Reading } from './define.ts';
import type { Person } from './directory.ts';
import { asEntryFile, type EntryFile } from './entry-file.ts';
import type { FileTaking } from './file-taking.ts';
import type { Operation } from './operation.ts';
import { Refusal } from './refusal.ts';
import { ROLES } from './role.ts';
import { stateLabel } from './state-label.ts';
import type { Store } from './store.ts';

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

/** What the entry says of its files. */
export function filesIn(ledger: Ledger, { data, contents }: Reading): EntryFile[] {
  const place = (ledger.contents ? contents : data) as { files?: EntryFile[] };
  return place.files ?? [];
}

/** A ledger without a sealed part says it in the open: only what is in the files is encrypted then. */
function withFiles(ledger: Ledger, { data, contents }: Reading, files: EntryFile[]): Partial<Outcome> {
  if (ledger.contents) return { contents: { ...(contents as object), files } };
  return { data: { ...(data as object), files } };
}

/** The same bytes under another entry have the same mark. */
export const fileMark = ({ keys }: Pick<Store, 'keys'>, sha256: string): string =>
  keys.mark(`file/${sha256}`);

async function markFile({ store, rows }: Operation, { id, sha256 }: KeptFile): Promise<void> {
  await rows.attachment.update({ where: { id }, data: { mark: fileMark(store, sha256) } });
}

const dated = ({ madeOn }: KeptFile) => (madeOn === undefined ? {} : { madeOn });

/** Whether the person may add a file to the entry now. */
export const mayAddFiles = (ledger: Ledger, person: Person, entry: Entry): boolean =>
  ledger.files !== undefined && isOpen(ledger, entry) && isBy(ledger.files, person, entry);

const isOpen = ({ states, files }: Ledger, { state }: Entry): boolean =>
  files?.from ? files.from.includes(state) : states[state]?.closed !== true;

const isBy = ({ by }: FileTaking, person: Person, entry: Entry): boolean =>
  (by.roles?.some((role) => person.roles.includes(role)) ?? false) ||
  entry.people.some(({ personId, part }) => personId === person.id && (by.parts?.includes(part) ?? false));

/** @throws Refusal `not-permitted` or `wrong-state` */
export function requireAddFiles(ledger: Ledger, person: Person, entry: Entry): void {
  if (mayAddFiles(ledger, person, entry)) return;
  const { files } = ledger;
  if (!files) throw new Refusal('wrong-state', `${entry.ref} 属于${ledger.title}，不附佐证文件。`);
  if (!isBy(files, person, entry))
    throw new Refusal(
      'not-permitted',
      `「${files.word} ${entry.ref}」由${whoAdds(ledger, files)}办理，您不在其中。`,
    );
  const now = stateLabel(ledger, entry, person);
  throw new Refusal(
    'wrong-state',
    `${entry.ref} 现为「${now}」，不能再补充佐证。${files.otherwise?.[entry.state] ?? ''}`,
  );
}

const whoAdds = ({ parts }: Ledger, { by }: FileTaking): string =>
  [
    ...(by.parts ?? []).map((part) => parts[part] ?? part),
    ...(by.roles ?? []).map((role) => ROLES[role]),
  ].join('、');

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
  const reading = operation.entries.read(entry);
  const known = filesIn(ledger, reading);
  const file = await claimFile(operation, { entry, personId: actor.id }, received.id);
  if (file.id !== received.id) return { entry, file, isNew: false, count: known.length };
  const files = [...known, { ...asEntryFile(file), ...(!ledger.contents && dated(file)) }];
  const outcome = { state: entry.state, ...withFiles(ledger, reading, files) };
  const changed = await operation.change(entry, outcome, { action: `${ledger.name}.${ADD_FILE}` });
  if (!ledger.contents) await markFile(operation, file);
  for (const notice of ledger.files?.notices(changed) ?? [])
    await operation.notify(changed, notice, `${ledger.name}.${ADD_FILE}:${entry.id}:${received.occasion}`);
  // A name in the file's name may take it away from who had it.
  await ledger.settle?.(operation, changed);
  return { entry: changed, file, isNew: true, count: files.length };
}
