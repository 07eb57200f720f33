import type { FieldType } from '../../../ledger/message.ts';

/** What a control on a card gives back: a field's own type, or typed words where the choices were too many for the card. */
export type FieldKind = FieldType | 'select_typed' | 'multiselect_typed' | 'person_typed' | 'people_typed';

const KINDS: ReadonlySet<string> = new Set<FieldKind>([
  'text',
  'textarea',
  'date',
  'datetime',
  'select',
  'multiselect',
  'person',
  'people',
  'checkbox',
  'select_typed',
  'multiselect_typed',
  'person_typed',
  'people_typed',
]);

/** The control's name on the card. It says how the answer is to be read, so that nothing else has to be remembered. */
export const controlName = (kind: FieldKind, field: string): string => `${kind}__${field}`;

/** Undefined for a name that is none of ours, and for one that would change what an object is. */
export function readControlName(name: string): { kind: FieldKind; field: string } | undefined {
  const end = name.indexOf('__');
  const kind = name.slice(0, Math.max(end, 0));
  const field = name.slice(end + 2);
  if (!isKind(kind) || field === '' || field === '__proto__') return undefined;
  return { kind, field };
}

const isKind = (kind: string): kind is FieldKind => KINDS.has(kind);
