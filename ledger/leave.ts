import { type Entry, type Handover, type Ledger, type Notice, PASSED_ON, type Succession } from './define.ts';
import { recipients } from './notice.ts';
import type { Operation } from './operation.ts';
import { hiddenFrom } from './recusal.ts';

/** What became of the open entries of who left: refs. */
export interface PassedOn {
  /** Some head has them now. */
  passedOn: string[];
  /** Nobody could take them over: whoever gives entries out was told. */
  orphaned: string[];
}

/**
 * Whoever left keeps his history; what he answered for passes on to the head of his department, who is told of all of it
 * in one message. An entry that no head may have, because there is none, it is hidden from him, or the ledger's rules
 * forbid it, stays where it is, and who gives entries out is told.
 * @param operation with the directory as it is now that they have left
 * @param leavers ids
 */
export async function passOn(operation: Operation, leavers: readonly string[]): Promise<PassedOn> {
  const result: PassedOn = { passedOn: [], orphaned: [] };
  if (leavers.length === 0) return result;
  for (const ledger of operation.store.ledgers) {
    const { succession } = ledger;
    if (!succession) continue;
    for (const entry of await entriesOf(operation, ledger, leavers)) {
      const handovers = await handoversOf(operation, succession, entry, leavers);
      const changed = await takeOver(operation, ledger, entry, handovers);
      const now = changed ?? entry;
      await tell(operation, now, succession.notices(now, handovers, operation.directory));
      if (changed) result.passedOn.push(entry.ref);
      if (handovers.some(({ to }) => !to)) result.orphaned.push(entry.ref);
    }
  }
  return result;
}

function entriesOf(
  { entries }: Operation,
  { name, succession }: Ledger,
  leavers: readonly string[],
): Promise<Entry[]> {
  const parts = [...(succession?.passesOn ?? []), ...(succession?.givenAnew ?? [])];
  return entries.list({ ledger: name, open: true, personIds: leavers, parts });
}

async function handoversOf(
  { rows, store, directory, entries }: Operation,
  { passesOn, givenAnew, mayTake }: Succession,
  entry: Entry,
  leavers: readonly string[],
): Promise<Handover[]> {
  const isHidden = await hiddenFrom(store.keys, rows, entry.id);
  const reading = entries.read(entry);
  return entry.people.flatMap(({ personId, part }) => {
    const from = leavers.includes(personId) ? directory.byId(personId) : undefined;
    if (!from || ![...passesOn, ...givenAnew].includes(part)) return [];
    const head = passesOn.includes(part) ? directory.headOf(from.departmentId) : undefined;
    const isHeir = head && !isHidden(head.id) && mayTake(reading, head);
    return [{ part, from, ...(isHeir && { to: head }) }];
  });
}

/** @returns the entry with its new people, where there are any */
async function takeOver(
  operation: Operation,
  { name, succession }: Ledger,
  entry: Entry,
  handovers: readonly Handover[],
): Promise<Entry | undefined> {
  const taken = handovers.filter(({ to }) => to);
  if (taken.length === 0 || !succession) return undefined;
  const parts = [...new Set(taken.map(({ part }) => part))];
  const people = Object.fromEntries(parts.map((part) => [part, withHeirs(entry, part, taken)]));
  const { today, directory, entries } = operation;
  const outcome = succession.apply({ ...entries.read(entry), today, directory, people });
  const values = { text: taken.map(inWords).join('；') };
  return operation.change(entry, outcome, { action: `${name}.${PASSED_ON}`, values });
}

function withHeirs({ people }: Entry, part: string, taken: readonly Handover[]): string[] {
  const heirs = new Map(taken.filter((each) => each.part === part).map(({ from, to }) => [from.id, to?.id]));
  const ids = people
    .filter((each) => each.part === part)
    .map(({ personId }) => heirs.get(personId) ?? personId);
  return [...new Set(ids)];
}

const inWords = ({ from, to }: Handover): string => `${from.name} 已离开，由 ${to?.name} 接手`;

/** Nobody's act has caused it, so it waits for the end of quiet hours. */
async function tell(operation: Operation, entry: Entry, notices: readonly Notice[]): Promise<void> {
  const { store, rows, directory, at } = operation;
  for (const [index, notice] of notices.entries()) {
    for (const personId of await recipients(store, rows, directory, entry, notice)) {
      const key = `${entry.ledger}.${PASSED_ON}:${entry.id}:${at.toISOString()}:${index}:${personId}`;
      operation.post({ key, personId, content: notice.content, job: 'passed-on' });
    }
  }
}
