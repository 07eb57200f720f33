import { handlersFor } from '../../../handlers/index.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import type { Content } from '../../../ledger/message.ts';
import { operate } from '../../../ledger/operation.ts';
import type { Store } from '../../../ledger/store.ts';
import { personNamed, takeStep } from '../../sample-record.ts';

/** 立项 by somebody of the sample bureau. @throws Refusal when a rule forbids it */
export async function makeRound(store: Store, name: string, values: RawValues, at: Date): Promise<Content> {
  const command = handlersFor(ledgers).find((handler) => handler.name === 'file.rectification');
  if (command?.kind !== 'command') throw new Error('There is no word for a new round');
  const person = await personNamed(store, name);
  return operate(store, { actor: person, at }, (operation) => command.decide(operation, person, '', values));
}

/** A second round, of a problem without measures and one with a measure; its closings need the 党组会. */
export async function buildRound(store: Store, at: Date): Promise<void> {
  const round = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-11-16', meeting: 'yes' };
  await makeRound(store, '程一禾', round, at);
  const person = await personNamed(store, '程一禾');
  const add = (word: string, ref: string, values: RawValues) =>
    takeStep(store, { person, word, ref, at, values });
  await add('加问题', 'Z2', { title: '示例问题甲' });
  await add('加问题', 'Z2', { title: '示例问题乙', aspect: '示例方面' });
  await add('加措施', 'Z2-2', { measures: '示例措施\n\n' });
}
