import type { Entry, Notice } from './define.ts';
import type { Role } from './role.ts';

/**
 * 佐证: how files come to an entry: with the form that it is filed with, and afterwards for as long as it is open. What it
 * says of them stands as `files: EntryFile[]` in its contents, or, in a ledger without a sealed part, in its data.
 */
export interface FileTaking {
  /** What people type, before the entry's ref. */
  word: string;
  /** One line for the help. */
  help: string;
  by: { roles?: readonly Role[]; parts?: readonly string[] };
  /** In these states only; without it, for as long as the entry is open. */
  from?: readonly string[];
  /** What else can be done in a state in which no files are taken: a sentence for who wanted to add one. */
  otherwise?: Readonly<Record<string, string>>;
  /** The move that files are mostly sent for: who has sent them is offered its word. */
  leadsTo?: string;
  notices(entry: Entry): Notice[];
}
