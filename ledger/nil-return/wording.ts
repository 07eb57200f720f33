import type { CalendarDate } from '../calendar.ts';
import type { Action, Content, Section } from '../message.ts';
import { receiptSection } from '../receipt/receipt-section.ts';
import { ANSWERS } from './contents.ts';
import type { Period } from './period.ts';

/** The word that people type. */
export const WORD = '零报告';
/** The word for one's own. */
export const OWN = '我的零报告';

/** Neither button is made to look like the one that is meant. */
const buttons = ({ id }: Period): Action[] => [
  { action: `${WORD} ${id} 无`, label: ANSWERS.none },
  { action: `${WORD} ${id} 有`, label: ANSWERS.some },
];

const question = ({ name }: Period): string =>
  `${name}，您是否遇到有人对科技评审、立项、验收、评奖等工作说情打招呼、插手干预？`;

const SAME = '点哪个按钮得到的回应都一样，旁人看不出您的申报；已经报告过的选「有情形」，不必重复填写。';

/** The question, once a period. */
export const asked = (period: Period, due: CalendarDate): Content => ({
  kind: 'notice',
  title: `${WORD}（${period.name}）`,
  tone: 'plain',
  sections: [{ lines: [question(period), `请不晚于 ${due} 点选一次。`, SAME] }],
  actions: buttons(period),
});

/** Once, on the last day, to who has not answered. */
export const reminded = (period: Period, due: CalendarDate): Content => ({
  kind: 'notice',
  title: `${WORD}提醒（${period.name}）`,
  tone: 'plain',
  sections: [
    {
      lines: [
        question(period),
        `${due} 截止，还没有收到您的申报，请点选一次。之后也可以补报，不再提醒。`,
        SAME,
      ],
    },
  ],
  actions: buttons(period),
});

/** A period that waits for an answer. */
export interface Open {
  period: Period;
  due: CalendarDate;
  isPast: boolean;
}

/** What waits for the person, by his own word. */
export function open(all: readonly Open[]): Content {
  const sections = all.map(
    ({ period, due, isPast }): Section => ({
      heading: period.name,
      lines: [question(period), isPast ? '现在申报按补报登记。' : `请不晚于 ${due} 点选一次。`],
      actions: buttons(period),
    }),
  );
  return {
    kind: 'notice',
    title: `${WORD}：${all.length} 期待申报`,
    tone: 'plain',
    sections: [...sections, { lines: [SAME] }],
    actions: [],
  };
}

/** What was recorded. There is no place in it for the answer. */
export interface Recorded {
  period: Period;
  ref: string;
  recordedAt: string;
  late: boolean;
  receipt: string;
}

/**
 * The one card in which both answers end. No button names the entry: a card that shows one is shown anew when it changes, and
 * whoever looks on would see that.
 */
function card(title: string, { ref, recordedAt, late, receipt }: Recorded): Content {
  return {
    kind: 'notice',
    title,
    tone: 'plain',
    sections: [
      {
        lines: [
          `编号：${ref}，登记时间：${recordedAt}${late ? '（补报）' : ''}`,
          '申报内容已加密留存，不在任何卡片、名单和统计中显示。',
          `遇到过说情打招呼的，点「我要报告」填写，只交受理人员。点错了，可在「${OWN}」中更正。`,
        ],
      },
      receiptSection(receipt),
    ],
    actions: [
      { action: '我要报告', label: '我要报告' },
      { action: OWN, label: OWN },
    ],
  };
}

export const received = (recorded: Recorded): Content =>
  card(`已收到您的${WORD}（${recorded.period.name}）`, recorded);

/** The same words whatever was answered then and whatever is pressed now. */
export const already = (recorded: Recorded): Content =>
  card(`您已申报${recorded.period.name}${WORD}，没有重复登记`, recorded);

/** Nothing waits. @param present the period that is not over yet */
export const nothingOpen = (present: Period): Content => ({
  kind: 'notice',
  title: `目前没有待您申报的${WORD}`,
  tone: 'plain',
  sections: [{ lines: [comes(present), '遇到说情打招呼，可随时报告。'] }],
  actions: [
    { action: '我要报告', label: '我要报告' },
    { action: OWN, label: OWN },
  ],
});

/** Without a date: next year's holidays may not be known yet. */
export const comes = ({ name }: Period): string => `${name}的${WORD}，该期结束后发给您。`;
