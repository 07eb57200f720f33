import type { Entry, Ledger } from '../../define.ts';
import type { Directory } from '../../directory.ts';
import { CATEGORIES, type ItemData } from '../data.ts';
import type { Field } from './fields.ts';

/** The columns of an export, in their order. 版本 is there for the way back, and hidden. */
export const EXPORTED = [
  'ref',
  'aspect',
  'problem',
  'findings',
  'measure',
  'target',
  'standard',
  'evidenceNeeded',
  'category',
  'leader',
  'department',
  'responsible',
  'assistant',
  'dueOn',
  'state',
  'progress',
  'isPublic',
  'version',
] as const satisfies readonly Field[];

export type ExportedRow = Record<(typeof EXPORTED)[number], string>;

/** An item, and the problem above it where it is a measure. */
export interface Exportable {
  entry: Entry;
  data: ItemData;
  problem?: { entry: Entry; data: ItemData } | undefined;
}

/** One item as an export writes it: an import compares with this what comes back. */
export function exportedRow(
  { entry, data, problem }: Exportable,
  directory: Directory,
  ledger: Ledger,
): ExportedRow {
  const names = (part: string) =>
    entry.people
      .filter((each) => each.part === part)
      .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）')
      .join('、');
  const top = problem ?? { entry, data };
  return {
    ref: entry.ref,
    aspect: data.aspect ?? '',
    problem: top.entry.title,
    findings: top.data.findings ?? '',
    measure: problem ? entry.title : '',
    target: data.target ?? '',
    standard: data.standard ?? '',
    evidenceNeeded: data.evidenceNeeded ?? '',
    category: data.category ? CATEGORIES[data.category] : '',
    leader: names('leader'),
    department:
      directory.people.find(({ departmentId }) => departmentId === entry.departmentId)?.department ?? '',
    responsible: names('responsible'),
    assistant: names('assistant'),
    dueOn: entry.dueOn ?? '',
    state: ledger.states[entry.state]?.label ?? entry.state,
    progress: data.progress?.text ?? '',
    isPublic: data.isSensitive ? '否' : '是',
    version: String(entry.version),
  };
}
