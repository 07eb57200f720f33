import { defineLedger } from '../define.ts';
import { concerned } from './concerned.ts';
import { contentsSchema, dataSchema, type IntercessionContents, type IntercessionData } from './contents.ts';
import { describe } from './describe.ts';
import { filing } from './filing.ts';
import { moves } from './moves.ts';
import { RECEIVERS } from './receivers.ts';
import { routeAnew } from './routing.ts';
import { STATES } from './states.ts';
import { statistics } from './statistics.ts';
import { closedTo } from './unsealing.ts';
import * as wording from './wording.ts';
import { works } from './works.ts';

/** 说情打招呼记录 (S0: 「建立科技评审、立项、验收、评奖等工作说情打招呼记录报告制度」). */
export const intercession = defineLedger<IntercessionData, IntercessionContents>({
  name: 'intercession',
  title: '说情打招呼记录',
  states: STATES,
  parts: { reporter: '记录人', receiver: '代为受理人' },
  dataVersion: 1,
  data: dataSchema,
  contents: contentsSchema,
  moves,
  filing,
  files: {
    word: '补充佐证',
    help: '给一条记录补充图片、文件或语音，例如：补充佐证 <编号>',
    by: { roles: ['discipline'], parts: ['reporter', 'receiver'] },
    notices: (entry) => RECEIVERS.map((to) => ({ to, content: wording.evidenceAdded(entry) })),
  },
  mine: {
    word: '我的报告',
    help: '查看自己报告过的记录和进展',
    title: '我的报告',
    parts: ['reporter'],
    open: false,
  },
  works,
  visibleTo(person) {
    if (person.roles.includes('discipline')) return {};
    const taking = { people: { some: { personId: person.id, part: { in: ['reporter', 'receiver'] } } } };
    const decides = person.roles.some((role) => role === 'resident' || role === 'secretary');
    return decides ? { OR: [taking, { state: 'unsealing' }] } : taking;
  },
  overseenBy: (person) => person.roles.some((role) => ['discipline', 'resident', 'secretary'].includes(role)),
  ownedBy: ['reporter'],
  concerned: (directory, { contents }, rules) => concerned(directory, contents, rules),
  closedTo,
  settle: routeAnew,
  // Files and supplements come later, and so do conclusions.
  filed: ({ contents }) => contents.report,
  describe,
  statistics,
  hidesSmallFigures: true,
  line: ({ entry }) => `${entry.ref} 说情打招呼记录`,
});
