import { operate } from '../../ledger/operation.ts';
import type { Role } from '../../ledger/role.ts';
import { importRoster } from '../../ledger/roster/import-roster.ts';
import { fileReport } from '../intercession-report.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../sample-record.ts';

/** A Monday morning, in working hours. */
export const BEGIN = new Date('2026-11-23T02:00:00Z');

/** Somebody of each role whom the report names, and a plain member of staff; the last two are added to the sample. */
export const NAMED: Readonly<Record<Role | 'staff', string>> = {
  secretary: '田守正',
  leader: '孟知行',
  head: '方远山',
  discipline: '唐文澜',
  resident: '郑怀瑾',
  upper: '宁静远',
  supervisor: '程一禾',
  tally: '白景行',
  administrator: '罗子衿',
  auditor: '沈若谷',
  staff: '石清扬',
};

/** Who files it, and who has it: they are not named. */
export const REPORTER = '林砚秋';
export const OFFICER = '姜明澈';
export const RESIDENT = '卓立群';

/** The sample bureau with one more of the 派驻纪检组 and one of the upper level, both named in the roster only. */
export async function openBase(): Promise<SampleRecord> {
  const record = await openSampleRecord(BEGIN);
  const added = (line: number, staffNumber: string, name: string, role: Role) => ({
    ...{ line, staffNumber, name, post: '示例人员', isHead: false },
    department: '派驻纪检组',
    roles: [role],
  });
  await operate(record.store, { actor: 'command:import-roster', at: BEGIN }, (operation) =>
    importRoster(operation, [added(1, 'S901', RESIDENT, 'resident'), added(2, 'S902', NAMED.upper, 'upper')]),
  );
  return record;
}

/** In each world somebody filed a report that names nobody of the bureau: it is there to be seen. @returns its number */
export async function fileKnown({ store }: SampleRecord): Promise<string> {
  return fileReport(store, await personNamed(store, NAMED.staff), BEGIN, { intercessorName: '某外人' });
}
