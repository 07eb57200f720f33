import { headline } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import type { Told } from './play.ts';
import { DAYS_BY_WEEK } from './second-calculation.ts';
import { saidIn, unasked, warningsIn } from './what-was-said.ts';

const HEAD = `示例：12 周里每个人收到的消息（单位、人名、内容均为虚构）。

每周先是机器人主动发出的，再是由他人办理引起的；自己发出的指令得到的答复不列。同一时刻内容同名的列在一行。
［占］占当周额度（每人每周不超过 3 条），［不占］红色预警，不占额度，［延后］因额度将满，并入当周稍后的一条，或推到下一周才发。
「×3」：同一时刻同名的有 3 条。
`;

/** What everybody got, week by week, for people to read. */
export function messagesByWeek(told: readonly Told[], store: Store, order: readonly string[]): string {
  const weeks = DAYS_BY_WEEK.map((days, index) => {
    const own = told.filter(({ at }) => days.includes(store.calendar.dateOf(at)));
    const part = (title: string, lines: readonly string[]) =>
      lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
    const lines = [
      ...part('主动发出', linesOf(unasked(own), store, order)),
      ...part(
        '由他人办理引起',
        linesOf(
          own.filter(({ job }) => job === null),
          store,
          order,
        ),
      ),
    ];
    const head = `第 ${index + 1} 周（${days[0]} 至 ${days[6]}）`;
    return [head, ...(lines.length > 0 ? [...lines, ...countLine(own, order)] : ['没有消息。'])].join('\n');
  });
  return [HEAD, ...weeks].join('\n\n').concat('\n');
}

function linesOf(told: readonly Told[], store: Store, order: readonly string[]): string[] {
  const groups = Map.groupBy(told, (message) => sayingOf(message, store));
  return [...groups].map(([saying, messages]) => {
    const counts = order.map((name) => messages.filter(({ to }) => to === name).length);
    const names = order.flatMap((name, index) => {
      const count = counts[index] ?? 0;
      return count === 0 ? [] : [count === 1 ? name : `${name}×${count}`];
    });
    const isEverybody = counts.every((count) => count === 1);
    return `${saying} → ${isEverybody ? `全体 ${order.length} 人` : names.join('、')}`;
  });
}

function sayingOf(message: Told, store: Store): string {
  const { at, content, job, isExempt, isCarried } = message;
  const when = store.calendar.display(at).slice('2026-'.length);
  const parts = saidIn(message, store);
  const title =
    parts.length > 1 || isCarried ? parts.map((part) => dated(part)).join(' ＋ ') : headline(content);
  const count = content.kind === 'notice' && job === null ? content.sections.length : 1;
  const mark = job === null ? '' : isExempt ? '［不占］' : isCarried ? '［延后］' : '［占］';
  return `${when} ${mark}${title}${count > 1 ? `（${count} 项）` : ''}${levelsOf(message, store)}`;
}

const dated = ({ on, title }: { on: string; title: string }): string =>
  `${on.slice('2026-'.length)} ${title}`;

/** 「：绿 Z1-4-1 Z1-4-2；黄 Z1-2-1」 */
function levelsOf(message: Told, store: Store): string {
  const levels = Map.groupBy(warningsIn(saidIn(message, store)), ({ level }) => level);
  const lines = [...levels].map(
    ([level, warnings]) => `${level} ${warnings.map(({ ref }) => ref).join(' ')}`,
  );
  return lines.length > 0 ? `：${lines.join('；')}` : '';
}

/** How much of the week's budget each used. */
function countLine(told: readonly Told[], order: readonly string[]): string[] {
  const counts = order.map((name) => budgetOf(told, name));
  const lines = [3, 2, 1].flatMap((count) => {
    const names = order.filter((_, index) => counts[index] === count);
    return names.length > 0
      ? [`${count} 条 ${names.length === order.length ? '全体' : names.join('、')}`]
      : [];
  });
  const over = order.filter((_, index) => (counts[index] ?? 0) > 3);
  return [`额度：${[...lines, ...over.map((name) => `超出 ${name}`)].join('；') || '没有占用'}`];
}

/** Messages of a week that count. */
export const budgetOf = (told: readonly Told[], name: string): number =>
  unasked(told).filter(({ to, isExempt }) => to === name && !isExempt).length;
