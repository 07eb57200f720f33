import type { Person } from '../ledger/directory.ts';
import { readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import { refsIn, refsNamed } from '../ledger/held-card.ts';
import { hiddenAmong } from '../ledger/hidden-among.ts';
import type { Content } from '../ledger/message.ts';
import { type Address, enqueue } from '../ledger/outbox.ts';
import { isAnyUnreachable, type Rows, type Store } from '../ledger/store.ts';
import type { Unprompted } from '../ledger/unprompted.ts';
import type { House } from './house.ts';
import { waysOf } from './ways.ts';

/** A message that did not reach anybody. */
export interface Unreached {
  personId: string;
  content: Content;
  reason: string;
}

/**
 * Nothing reaches this person here any more: it is noted. Where no other account of his is left, who follows up the work is
 * told, once a day whoever it is. Whom an entry concerns hears nothing of a message about it.
 */
export async function markUnreachable(
  house: House,
  { platform, externalId }: Address,
  { personId, content, reason }: Unreached,
): Promise<void> {
  const { store } = house;
  const at = house.now();
  const day = store.calendar.dateOf(at);
  await store.database.write(async (rows) => {
    const directory = await readDirectory(rows);
    const person = directory.byId(personId);
    if (!person) return;
    await rows.account.updateMany({ where: { platform, externalId }, data: { unreachable: reason } });
    if (await isReachedElsewhere(house, rows, { platform, personId })) return;
    const told = [...directory.withRole('supervisor'), ...directory.withRole('administrator')].filter(
      ({ id }) => id !== person.id,
    );
    for (const each of told) {
      const { id } = each;
      if (await isAboutHidden(store, rows, each, content)) continue;
      await enqueue(store, rows, at, {
        key: `unreachable:${day}:${id}`,
        personId: id,
        content: unreachableCard(person),
        notBefore: store.calendar.afterQuietHours(at, store.rules.quietHours),
        job: 'unreachable' satisfies Unprompted,
        isExempt: true,
      });
    }
  });
  house.wake();
}

async function isReachedElsewhere(
  { platforms }: House,
  rows: Rows,
  { platform, personId: id }: { platform: string; personId: string },
): Promise<boolean> {
  const person = await rows.person.findUniqueOrThrow({ where: { id }, include: { accounts: true } });
  return waysOf(platforms, person).some((way) => way.platform.name !== platform && !way.isMarked);
}

async function isAboutHidden(store: Store, rows: Rows, person: Person, content: Content): Promise<boolean> {
  const entries = entriesFor(store, rows, person);
  for (const ref of refsIn(content)) if (await entries.isHidden(ref)) return true;
  return (await hiddenAmong(store, rows, person, refsNamed(content))).size > 0;
}

const unreachableCard = ({ name, department }: Person): Content => ({
  kind: 'notice',
  title: '有消息未能送达',
  tone: 'yellow',
  sections: [
    {
      lines: [
        `${name}（${department}）收不到消息：可能已离职、停用了机器人，或不在应用的可用范围内。`,
        '请以其他方式告知本人；如已离职，请重新指派其事项。',
        '今天如还有其他人收不到，不再逐一提示，请发送「未送达」查看。',
      ],
    },
  ],
  actions: [{ action: '未送达', label: '未送达' }],
});

/** Something came through to these: they are not marked any more. */
export async function markReached({ store }: House, reached: readonly Address[]): Promise<void> {
  const { rows, write } = store.database;
  for (const [platform, some] of Map.groupBy(reached, (each) => each.platform)) {
    const externalIds = [...new Set(some.map((each) => each.externalId))];
    if (!(await isAnyUnreachable(rows, platform, externalIds))) continue;
    const where = { platform, externalId: { in: externalIds } };
    await write(({ account }) => account.updateMany({ where, data: { unreachable: null } }));
  }
}
