import type { TableContent } from '../ledger/message.ts';
import type { OutboxRow } from '../ledger/outbox.ts';
import { isUnprompted, UNPROMPTED } from '../ledger/unprompted.ts';
import { WITHIN } from '../ledger/within.ts';
import type { Asking, Query } from './define.ts';
import { asksForFigures, mayCount, messageFigures, TOTALS } from './message-figures.ts';
import { lastWeeks, type Week } from './message-weeks.ts';
import { triedBy, wentBy } from './way-words.ts';

const WORD = '减负自查';
/** The latest that are shown; more are counted. */
const SHOWN = 30;

const SHOWN_OF_EACH = {
  ...{ job: true, isExempt: true, isCarried: true, state: true, notBefore: true, sentAt: true },
  ...{ via: true, notBy: true, uncertainAt: true },
} as const;

type Row = Pick<OutboxRow, keyof typeof SHOWN_OF_EACH>;

/**
 * 减负自查: what the bot sent of itself to who asks, in the last four weeks, why, and how much of the week's budget it was;
 * for the 纪检监察员 and the 督查员 on 「减负自查 合计」 the bureau's figures. Nobody is shown what another person got, and
 * what belongs to a sealed ledger is in no figure but the receiver's own.
 */
export const messageRecords: Query = {
  kind: 'query',
  name: 'message-records',
  words: [WORD],
  usage: WORD,
  help: '查看机器人主动发给您的消息、为什么发、占用多少额度',
  group: '查询',
  may: () => true,
  async answer(asking, typed): Promise<TableContent> {
    if (asksForFigures(asking.person, typed)) return messageFigures(asking);
    const weeks = lastWeeks(asking.store.calendar, asking.today);
    const [first] = weeks;
    const sent = await asking.rows.outbox.findMany({
      where: {
        personId: asking.person.id,
        job: { not: null },
        ...(first && { notBefore: { gte: first.from } }),
      },
      select: SHOWN_OF_EACH,
      orderBy: [{ notBefore: 'desc' }, { id: 'desc' }],
    });
    const rest = sent.length - SHOWN;
    return {
      kind: 'table',
      title: sent.length === 0 ? '近四周没有主动发给您的消息' : `近四周主动发给您的消息（${sent.length} 条）`,
      columns: ['时间', '内容', '为什么发给您', '额度', '渠道'],
      rows: sent.slice(0, SHOWN).map((row) => lineOf(asking, row)),
      footer: [
        ...(rest > 0 ? [`… 此前另有 ${rest} 条`] : []),
        ...weeks.map((week) => weekLine(asking, week, sent)),
        rule(asking),
      ],
      actions: mayCount(asking.person) ? [{ action: `${WORD} ${TOTALS}`, label: '全局合计' }] : [],
      refresh: WORD,
      isView: true,
    };
  },
};

function lineOf({ store: { calendar, rules } }: Asking, row: Row): string[] {
  const { job, state, sentAt, notBefore } = row;
  const kind = isUnprompted(job) ? UNPROMPTED[job] : undefined;
  const at = calendar.minuteOf(sentAt ?? notBefore).replace('T', ' ');
  return [
    state === 'waiting' ? `${at}（待发）` : state === 'dead' ? `${at}（未送达）` : at,
    kind?.title ?? '提醒',
    kind ? `${kind.why}（${kind.source(rules)}）` : '',
    shareOf(row),
    wayOf(row),
  ];
}

/** By which way it went; of what waits, nothing is certain yet. */
function wayOf(row: Row): string {
  if (row.state === 'sent') return wentBy(row);
  return row.state === 'dead' ? triedBy(row) : '';
}

function shareOf({ isExempt, isCarried, state }: Row): string {
  if (isExempt) return '不占额度';
  if (state === WITHIN) return isCarried ? '延后，并入同时的一条' : '并入同时的一条';
  return isCarried ? '延后，占 1 条' : '占 1 条';
}

function weekLine({ store }: Asking, { monday, from, to }: Week, sent: readonly Row[]): string {
  const own = sent.filter(({ notBefore }) => notBefore >= from && notBefore < to);
  const used = own.filter(({ isExempt, state }) => !isExempt && state !== WITHIN).length;
  const exempt = own.filter(({ isExempt }) => isExempt).length;
  const more = exempt > 0 ? `，另有不占额度 ${exempt} 条` : '';
  return `${monday} 起一周：占用 ${used} 条，上限 ${store.rules.messages.unpromptedAWeek} 条${more}`;
}

const rule = ({ store: { rules } }: Asking): string =>
  `机器人主动发出的消息每人每周不超过 ${rules.messages.unpromptedAWeek} 条，超出的延后合并：先并入当周稍后的一条，否则并入下周首个工作日的一条（${rules.messages.unpromptedSource}）；信函、红色预警、涉密记录的办理提醒和未送达告警不占额度，不能再等又没有消息可并入的照发。由人员办理引起的消息不在此列。`;
