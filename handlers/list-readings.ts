import type { TableContent } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Query } from './define.ts';

/** The latest that are shown; more are counted. */
const SHOWN = 30;

/** 查阅记录 <编号>: who was shown what an entry has sealed, and when; for the 审计员 without the contents. */
export const listReadings: Query = {
  kind: 'query',
  name: 'readings',
  words: ['查阅记录'],
  usage: '查阅记录 <编号>',
  help: '查看谁在什么时候看过一条密封的记录，或取过一项的佐证文件',
  group: '查询',
  may: (person) => person.roles.some((role) => role === 'discipline' || role === 'auditor'),
  async answer({ entries, directory, store }, typed): Promise<TableContent> {
    if (typed.trim() === '') throw new Refusal('invalid-input', '请写明编号，例如「查阅记录 2345-ABCD」。');
    const { entry, readings } = await entries.readings(typed);
    const latest = readings.slice(-SHOWN).reverse();
    const left = readings.length - latest.length;
    return {
      kind: 'table',
      title:
        readings.length === 0
          ? `${entry.ref} 还没有人查阅`
          : `${entry.ref} 的查阅记录（${readings.length} 次）`,
      columns: ['时间', '查阅人'],
      rows: latest.map(({ at, personId }) => [
        store.calendar.minuteOf(at).replace('T', ' '),
        directory.byId(personId)?.name ?? '（已离开）',
      ]),
      footer: [
        ...(left > 0 ? [`… 此前另有 ${left} 次`] : []),
        '记录人查看本人的记录不计；同一人同一天多次查看同一版本计一次。',
      ],
      actions: [],
    };
  },
};
