import { readPerson } from '../../ledger/directory.ts';
import { text } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import type { House } from '../house.ts';
import { personIdOf } from '../identify.ts';
import type { Inbound } from '../platform.ts';
import { inSeconds } from './rate.ts';

/** Says how long to wait, in the person's own chat wherever he spoke; to an account that is nobody's it says nothing. */
export async function tellTooMany(
  { store, platforms, now, wake }: House,
  inbound: Inbound,
  waitMs: number,
): Promise<void> {
  const { platform, account, key } = inbound;
  const at = now();
  await store.database.write(async (rows) => {
    const personId = await personIdOf(rows, platforms, inbound);
    const person = personId === undefined ? undefined : await readPerson(rows, personId);
    if (!person?.active) return;
    await enqueue(store, rows, at, {
      key: `too-many:${key}`,
      personId: person.id,
      content: text(tooMany(store.rules.limits.messagesPerMinute, waitMs)),
      address: { platform, externalId: account, isGroup: false },
      notBefore: at,
    });
  });
  wake();
}

const tooMany = (most: number, waitMs: number): string =>
  `您一分钟内发来的消息和操作超过 ${most} 次，多出的没有处理，也没有登记，不再逐条答复。请等 ${inSeconds(waitMs)} 秒后再发。`;

/** What a press is answered that was one too many. */
export const pressedTooOften = (most: number, waitMs: number): string =>
  `操作太快：一分钟内超过 ${most} 次，这一次没有生效。请等 ${inSeconds(waitMs)} 秒后再试。`;
