import type { Content } from '../ledger/message.ts';
import type { Query } from './define.ts';

const SHOWN = 20;

/** 未送达: messages that could not be delivered for good, so that somebody tells the person in another way. */
export const undelivered: Query = {
  kind: 'query',
  name: 'undelivered',
  words: ['未送达'],
  usage: '未送达',
  help: '查看没有送达的消息，以便另行告知',
  group: '查询',
  may: (person) => person.roles.some((role) => ['supervisor', 'discipline', 'administrator'].includes(role)),
  async answer({ rows, directory, store }): Promise<Content> {
    const where = { state: 'dead' };
    const [total, latest] = await Promise.all([
      rows.outbox.count({ where }),
      rows.outbox.findMany({ where, orderBy: { createdAt: 'desc' }, take: SHOWN }),
    ]);
    return {
      kind: 'table',
      title: total === 0 ? '没有未送达的消息' : `未送达的消息（${total} 条）`,
      columns: ['时间', '收件人', '尝试次数'],
      rows: latest.map(({ createdAt, personId, attempts }) => [
        store.calendar.minuteOf(createdAt).replace('T', ' '),
        directory.byId(personId)?.name ?? '（已离开）',
        String(attempts),
      ]),
      footer: total > SHOWN ? [`… 另有 ${total - SHOWN} 条`] : [],
      actions: [],
      refresh: '未送达',
      isView: true,
    };
  },
};
