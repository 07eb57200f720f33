import { type Check, type Finding, ok, warning } from '../../bot/lark/doctor/check.ts';
import { undeliveredHint } from '../../bot/lark/doctor/undelivered-hint.ts';
import type { Rows } from '../../prisma/database.ts';

/** Whatever came in or is due is dealt with in seconds while the service runs. */
const LATE_MS = 10 * 60_000;
const MOST_REASONS = 10;
const MOST_NUMBERS = 10;

/** 投递: what waits, what was given up and why, and who cannot be reached. */
export const deliveryCheck = (rows: () => Promise<Rows>, now: () => Date): Check => ({
  title: '投递',
  async run() {
    const record = await rows();
    const findings = [
      await waitingFinding(record, now()),
      ...(await undeliveredFindings(record)),
      ...(await unreachableFindings(record)),
    ];
    return findings;
  },
});

async function waitingFinding(rows: Rows, now: Date): Promise<Finding> {
  const late = new Date(now.getTime() - LATE_MS);
  const [waiting, overdue, unsettled] = await Promise.all([
    rows.outbox.count({ where: { state: 'waiting' } }),
    rows.outbox.count({ where: { state: 'waiting', notBefore: { lt: late } } }),
    rows.inbox.count({ where: { receivedAt: { lt: late } } }),
  ]);
  if (overdue + unsettled === 0) return ok(`等待发送 ${waiting} 条，没有积压`);
  return warning(
    `积压超过 10 分钟：待发送 ${overdue} 条，待处理 ${unsettled} 条`,
    '确认服务在运行（npm start），并看 /readyz 的 problems。',
  );
}

async function undeliveredFindings(rows: Rows): Promise<Finding[]> {
  const groups = await rows.outbox.groupBy({ by: ['lastError'], where: { state: 'dead' }, _count: true });
  const counts = new Map<string, number>();
  for (const { lastError, _count } of groups) {
    const reason = (lastError ?? 'unknown').replace(/, log id [\w-]+/g, '');
    counts.set(reason, (counts.get(reason) ?? 0) + _count);
  }
  if (counts.size === 0) return [ok('没有未送达的消息')];
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  const shown = byCount.slice(0, MOST_REASONS).map(([reason, count]) => {
    const hint = undeliveredHint(reason);
    return warning(
      `未送达 ${count} 条：${reason}`,
      ...(hint ? [hint] : []),
      '在聊天中发送「未送达」看收件人。',
    );
  });
  const rest = byCount.length - shown.length;
  return rest > 0 ? [...shown, warning(`… 另有 ${rest} 种未送达的原因`)] : shown;
}

async function unreachableFindings(rows: Rows): Promise<Finding[]> {
  const where = { unreachable: { not: null }, person: { active: true } };
  const accounts = await rows.account.findMany({
    where,
    select: { person: { select: { staffNumber: true } } },
    orderBy: { person: { staffNumber: 'asc' } },
  });
  if (accounts.length === 0) return [];
  const numbers = accounts.map(({ person }) => person.staffNumber).slice(0, MOST_NUMBERS);
  const rest = accounts.length - numbers.length;
  return [
    warning(
      `${accounts.length} 人收不到消息（工号 ${numbers.join('、')}${rest > 0 ? ` … 另有 ${rest} 人` : ''}）`,
      '多半是不在应用的可用范围内、已离职，或停用了机器人；请先以其他方式告知本人。',
    ),
  ];
}
