import { defineLedger } from '../define.ts';
import {
  contentsSchema,
  DECLARANT,
  dataSchema,
  NIL_RETURN,
  type NilReturnContents,
  type NilReturnData,
} from './contents.ts';
import { correct } from './correct.ts';
import { heard, SUPPLEMENTED } from './heard.ts';
import { hours } from './hours.ts';
import { OWN } from './wording.ts';

/**
 * 零报告 (practice of 三个规定). One state for whatever was declared, and nothing for anybody but who declared: neither
 * entry nor figure. Who still has to is read from elsewhere, and what somebody declared from nowhere.
 */
export const nilReturn = defineLedger<NilReturnData, NilReturnContents>({
  name: NIL_RETURN,
  title: '零报告',
  states: { declared: { label: '已申报', closed: true } },
  parts: { [DECLARANT]: '申报人' },
  dataVersion: 1,
  data: dataSchema,
  contents: contentsSchema,
  moves: [correct],
  hours,
  mine: {
    word: OWN,
    help: '查看自己的零报告和编号',
    title: OWN,
    parts: [DECLARANT],
    open: false,
  },
  visibleTo: (person) => ({ people: { some: { personId: person.id, part: DECLARANT } } }),
  overseenBy: () => false,
  ownedBy: [DECLARANT],
  filed: ({ data, contents }) => ({ period: data.period, declared: contents.declared[0] }),
  describe: ({ data, entry }) => [
    {
      lines: [
        `${entry.title}${data.late ? ' · 补报' : ''}`,
        '申报内容已加密留存，不在任何卡片、名单和统计中显示。',
      ],
    },
  ],
  note: ({ action }) => (action === `${NIL_RETURN}.${SUPPLEMENTED}` ? '补正' : undefined),
  line: ({ entry }) => `${entry.ref} ${entry.title}`,
  heard,
});
