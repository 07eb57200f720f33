import { refsIn, refsNamed } from '../ledger/held-card.ts';
import { hiddenAmong } from '../ledger/hidden-among.ts';
import type { Content } from '../ledger/message.ts';
import { contentOf, type OutboxRow } from '../ledger/outbox.ts';
import type { Asking, Query } from './define.ts';
import { triedBy } from './way-words.ts';

const SHOWN = 20;
/** As many are looked at: beyond it nobody tells people one by one. */
const LOOKED_AT = 500;

/**
 * 未送达: messages that could not be delivered for good, so that somebody tells the person in another way. A message about
 * an entry that he may not see is neither shown nor counted, nor is an answer: who was not answered asks again.
 */
export const undelivered: Query = {
  kind: 'query',
  name: 'undelivered',
  words: ['未送达'],
  usage: '未送达',
  help: '查看没有送达的消息，以便另行告知',
  group: '查询',
  may: (person) => person.roles.some((role) => ['supervisor', 'discipline', 'administrator'].includes(role)),
  async answer(asking): Promise<Content> {
    const { rows, directory, store } = asking;
    const latest = await rows.outbox.findMany({
      where: { state: 'dead', platform: null },
      orderBy: { createdAt: 'desc' },
      take: LOOKED_AT,
    });
    const told = await visibleAmong(asking, latest);
    return {
      kind: 'table',
      title: told.length === 0 ? '没有未送达的消息' : `未送达的消息（${told.length} 条）`,
      columns: ['时间', '收件人', '尝试次数', '渠道'],
      rows: told
        .slice(0, SHOWN)
        .map((row) => [
          store.calendar.minuteOf(row.createdAt).replace('T', ' '),
          directory.byId(row.personId)?.name ?? '（已离开）',
          String(row.attempts),
          triedBy(row),
        ]),
      footer: told.length > SHOWN ? [`… 另有 ${told.length - SHOWN} 条`] : [],
      actions: [],
      refresh: '未送达',
      isView: true,
    };
  },
};

/** Those that are about nothing that he may not see. */
async function visibleAmong(
  { store, rows, entries, person }: Asking,
  messages: readonly OutboxRow[],
): Promise<OutboxRow[]> {
  const about = messages.map((message) => {
    const content = contentOf(store, message);
    return { message, refs: refsIn(content), named: refsNamed(content) };
  });
  const seen = new Set(
    (await entries.list({ refs: about.flatMap(({ refs }) => refs) })).map(({ ref }) => ref),
  );
  const hidden = await hiddenAmong(store, rows, person, [...new Set(about.flatMap(({ named }) => named))]);
  return about
    .filter(({ refs, named }) => refs.every((ref) => seen.has(ref)) && !named.some((ref) => hidden.has(ref)))
    .map(({ message }) => message);
}
