import { defineLedger } from '../../../ledger/define.ts';
import { type AdvanceContents, type AdvanceData, AREAS, contentsSchema, dataSchema } from './fields.ts';
import { filing } from './filing.ts';
import { moves } from './moves.ts';

/** 重点工作报备: a third ledger, for the sake of the test. */
export const advanceReport = defineLedger<AdvanceData, AdvanceContents>({
  name: 'advance-report',
  title: '重点工作报备',
  states: {
    reported: { label: '待备案' },
    filed: { label: '已备案' },
    finished: { label: '已实施', closed: true },
  },
  parts: { reporter: '承办人' },
  dataVersion: 1,
  data: dataSchema,
  contents: contentsSchema,
  moves,
  filing,
  mine: { word: '我的报备', help: '查看自己的报备', title: '我的报备', parts: ['reporter'], open: false },
  visibleTo: (person) =>
    person.roles.includes('discipline')
      ? {}
      : { people: { some: { personId: person.id, part: 'reporter' } } },
  overseenBy: (person) => person.roles.some((role) => ['discipline', 'secretary'].includes(role)),
  describe: ({ entry, data, contents }) => [
    {
      heading: entry.title,
      lines: [`领域：${AREAS[data.area]}`, `拟实施日期：${data.beginsOn}`, contents.plan],
    },
    ...(contents.opinion ? [{ heading: '备案意见', lines: [contents.opinion] }] : []),
  ],
  line: ({ entry }) => `${entry.ref} ${entry.title}`,
  async statistics(entries) {
    const all = await entries.list({ ledger: 'advance-report' });
    const inArea = (area: string) => all.filter(({ facets }) => (facets as { area: string }).area === area);
    return [
      {
        kind: 'table',
        title: '重点工作报备统计',
        columns: ['领域', '报备'],
        rows: Object.entries(AREAS).map(([area, label]) => [label, String(inArea(area).length)]),
        footer: [],
        actions: [],
      },
    ];
  },
});
