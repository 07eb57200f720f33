import { DIGEST_WORD, digestCard, readsDigest } from '../ledger/digest-card.ts';
import type { Content } from '../ledger/message.ts';
import type { Query } from './define.ts';

/** 清廉周报: to who gets it each week, as things stand now, with the head of the chain that was given out last. */
export const leadersDigest: Query = {
  kind: 'query',
  name: 'leaders-digest',
  words: [DIGEST_WORD, '周报'],
  usage: DIGEST_WORD,
  help: '查看上周的数字和台账的现状',
  group: '查询',
  may: readsDigest,
  async answer(asking): Promise<Content> {
    const given = await asking.rows.anchor.findFirst({ orderBy: { givenAt: 'desc' } });
    const head = given === null ? undefined : Buffer.from(given.hash).toString('hex');
    const card = await digestCard(asking, asking.person, head);
    return { ...card, refresh: DIGEST_WORD, isView: true };
  },
};
