import type { Entry } from '../../ledger/define.ts';

const AT = new Date('2026-11-16T02:00:00Z');

/** An entry that stands in no record. */
export const plainEntry = (more: Partial<Entry> & Pick<Entry, 'ledger' | 'ref' | 'state'>): Entry => ({
  ...{ id: more.ref, refOrder: more.ref, title: '示例事项', dueOn: null, closedAt: null },
  ...{ departmentId: null, parentId: null, position: 0, facets: {}, data: {}, dataVersion: 1 },
  ...{ sealed: null, version: 1, createdAt: AT, changedAt: AT, people: [] },
  ...more,
});
