import type { Draft } from '../../handlers/draft.ts';
import {
  claimFile,
  type FileOwner,
  filesOf,
  type GivenFile,
  type KeptFile,
  readFile,
  receiveFile,
} from '../../ledger/attachment.ts';
import { addEvidence, mayAddFiles } from '../../ledger/evidence.ts';
import { situationOf } from '../../ledger/move.ts';
import { noteFileTaken } from '../../ledger/note-file-taken.ts';
import { operate } from '../../ledger/operation.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { House } from '../house.ts';
import type { EntryPage } from './page-entry.ts';
import type { FormPage } from './page-form.ts';
import type { Visitor } from './visiting.ts';

/** Whether files can come with the form. */
export const takesFiles = ({ handlers }: House, draft: Draft): boolean =>
  handlers.some(
    (handler) =>
      handler.kind === 'command' && handler.name === draft.handler && handler.takesFiles === 'form',
  );

const ownerOf = ({ asking }: Visitor, { draftId }: FormPage): FileOwner => ({
  draftId,
  personId: asking.person.id,
});

export const filesOfForm = (visitor: Visitor, page: FormPage): Promise<KeptFile[]> =>
  filesOf(visitor.asking.store, visitor.asking.rows, ownerOf(visitor, page));

/** Keeps what was sent with the form, one after the other. @returns what was not kept, in sentences */
export function addToForm(visitor: Visitor, page: FormPage, files: readonly GivenFile[]): Promise<string[]> {
  const { store } = visitor.asking;
  return eachKept(visitor, files, (id) =>
    store.database.write((rows) => claimFile({ store, rows }, ownerOf(visitor, page), id)),
  );
}

/** Takes a file out of a form that is still open. */
export async function dropFromForm(visitor: Visitor, { draftId }: FormPage, id: string): Promise<void> {
  const { store, person } = visitor.asking;
  const where = { id, draftId, personId: person.id, entryId: null };
  await store.database.write((rows) => rows.attachment.deleteMany({ where }));
}

/** Whether the visitor can add files to the entry now. @throws Refusal where he sees none */
export async function canAddFiles({ asking }: Visitor, { ref }: EntryPage): Promise<boolean> {
  const entry = await asking.entries.get(ref);
  return mayAddFiles(asking.entries.ledgerOf(entry), asking.person, entry);
}

/** Files come to an entry; who handles it is told once. @returns what was not kept, in sentences */
export async function addToEntry(
  house: House,
  visitor: Visitor,
  { ref }: EntryPage,
  { files, occasion }: { files: readonly GivenFile[]; occasion: string },
): Promise<string[]> {
  const { person, at, store } = visitor.asking;
  const refused = await eachKept(visitor, files, (id) =>
    operate(store, { actor: person, at }, async (operation) =>
      addEvidence(operation, person, await operation.entries.get(ref), { id, occasion }),
    ),
  );
  house.wake();
  return refused;
}

async function eachKept(
  { asking: { store, person, at } }: Visitor,
  files: readonly GivenFile[],
  claim: (id: string) => Promise<unknown>,
): Promise<string[]> {
  const refused: string[] = [];
  for (const file of files) {
    try {
      const { id } = await receiveFile(store, { personId: person.id, at }, file);
      await claim(id);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      refused.push(`「${file.name.slice(0, 60)}」：${fault.message}`);
    }
  }
  return refused;
}

/** The files of an entry; none where it stays closed to the visitor. Nothing but their names is shown by that. */
export async function filesOfEntry({ asking }: Visitor, { ref }: EntryPage): Promise<KeptFile[]> {
  const entry = await asking.entries.get(ref);
  const situation = situationOf(asking, asking.person, entry);
  if (asking.entries.ledgerOf(entry).closedTo?.(situation) !== undefined) return [];
  return filesOf(asking.store, asking.rows, { entry });
}

/** One file of the entry, to be taken away: that it is read is recorded before. @throws Refusal */
export async function fileOfEntry(
  { asking }: Visitor,
  { ref }: EntryPage,
  id: string,
): ReturnType<typeof readFile> {
  const { entry } = await asking.reveal(await asking.entries.get(ref));
  const found = await readFile(asking.store, asking.rows, id, { entry });
  await noteFileTaken(asking, asking.person, entry);
  return found;
}
