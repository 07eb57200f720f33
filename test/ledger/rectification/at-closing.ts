import type { RawValues } from '../../../ledger/form.ts';
import type { Store } from '../../../ledger/store.ts';
import { applyForClosing, assign, say } from '../../jobs/at-work.ts';
import { personNamed } from '../../sample-record.ts';

/** Who has an item and who decides on its closing; names are those of the sample bureau. */
export interface Hands {
  leader?: string;
  responsible?: string;
  approver?: string;
}

const DUE_ON = '2027-02-26';

/** From 指派 to 申请销号. */
export async function apply(store: Store, ref: string, at: Date, hands: Hands = {}): Promise<void> {
  const { leader = '孟知行', responsible = '方远山' } = hands;
  await assign(store, ref, { leader, responsible: [responsible], dueOn: DUE_ON, at });
  await applyForClosing(store, responsible, ref, at);
}

/** From 指派 to 复核通过. */
export async function close(store: Store, ref: string, at: Date, hands: Hands = {}): Promise<void> {
  await apply(store, ref, at, hands);
  await say(store, hands.leader ?? '孟知行', ['审核通过', ref], at);
  await say(store, hands.approver ?? '叶知秋', ['复核通过', ref], at);
}

/** What is filled in to give an item out; without a date where none is given. */
export async function assignment(store: Store, values: RawValues): Promise<RawValues> {
  const id = async (name: string) => (await personNamed(store, name)).id;
  return { leader: await id('孟知行'), responsible: [await id('方远山')], ...values };
}
