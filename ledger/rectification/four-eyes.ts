import type { Entry, Situation } from '../define.ts';
import { entriesFor } from '../entry.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { type ItemData, itemData, type RectificationData } from './data.ts';

type Here = Situation<RectificationData, undefined>;

/** 四眼原则: each refusal names the rule that it comes from, and the rule's clause. */
function refuse({ rules }: Here, sentence: string, rule: string): never {
  throw new Refusal('four-eyes', `${sentence}（四眼原则·${rule}；依据：${rules.fourEyes.source}）`);
}

/**
 * 对账销号: whoever asks for the closing, reviews it and approves it are three persons, none of whom does the work.
 * @param act what the actor is about to do: 审核, 复核, 审定, 退回, 回头看
 * @throws Refusal `four-eyes`
 */
export function requireOtherPerson(here: Here, act: string): void {
  const { entry, data, actor } = here;
  const { application, reviewedBy } = itemData(data);
  const isAtWork = entry.people.some(({ personId, part }) => part !== 'leader' && personId === actor.id);
  if (application?.by === actor.id || isAtWork) {
    refuse(
      here,
      `您是 ${entry.ref} 的责任人或申请人，不能${act}自己的销号申请。`,
      '申请、审核、复核分属三人',
    );
  }
  if (act === '复核' && reviewedBy === actor.id) {
    refuse(here, `${entry.ref} 是您审核的，须由另一人复核。`, '申请、审核、复核分属三人');
  }
}

/**
 * Where the bureau asks for it, who asks for a closing and who lets it pass are of different 科室. Giving it back is free.
 * @throws Refusal `four-eyes`
 */
export function requireOtherDepartment(here: Here, act: string): void {
  const { entry, data, actor, directory, rules } = here;
  if (!rules.fourEyes.otherDepartment) return;
  const applicant = directory.byId(itemData(data).application?.by ?? '');
  if (!applicant || applicant.departmentId !== actor.departmentId) return;
  refuse(
    here,
    `您与 ${entry.ref} 的申请人${applicant.name}同属${actor.department}，须由其他科室的人员${act}。`,
    '申请人与审核、复核人不属同一科室',
  );
}

/** Who asks for something does not decide on it, also when he became 责任领导 meanwhile. */
export function requireNotAsked(here: Here, asked: { by: string } | undefined, what: string): void {
  if (asked?.by !== here.actor.id) return;
  refuse(here, `${here.entry.ref} 的${what}是您申请的，须由另一人审批。`, '申请与审批分属两人');
}

/**
 * Within one round, nobody lets an item of somebody pass who has let one of his own pass. An item is of whoever asks for its
 * closing and of all who work on it, so that a colleague's name on the application changes nothing; and one that came to
 * somebody else after 反弹 stays of those who had it. Items that are hidden from anybody take no part in it, since the refusal
 * tells that there is one.
 * @throws Refusal `four-eyes`
 */
export async function requireNoMutualPair(operation: Operation, here: Here, act: string): Promise<void> {
  const { entry, data, actor, directory, rules } = here;
  const { application } = itemData(data);
  if (!rules.fourEyes.noMutualPairs || !application) return;
  const atWork = taking(entry, ['responsible', 'assistant']);
  const theirs = [application.by, ...(application.responsible ?? []), ...atWork];
  for (const { item, closings } of await decidedWith(operation, entry)) {
    const paired = closings.find(
      ({ of, deciders }) => of.includes(actor.id) && deciders.some((id) => theirs.includes(id)),
    );
    if (!paired) continue;
    const decider = paired.deciders.find((id) => theirs.includes(id)) ?? application.by;
    const name = directory.byId(decider)?.name ?? '该事项的责任人';
    const how = paired.by === actor.id ? '申请' : '负责';
    refuse(
      here,
      `您在同一轮次中${how}的 ${item.ref} 由${name}审核或复核过，${entry.ref} 须由另一人${act}。`,
      '同一轮次不得互批',
    );
  }
}

/** An item of a round that somebody has let pass, and its closings. */
interface Decided {
  item: Entry;
  closings: ReturnType<typeof closingsOf>;
}

/** What an operation has read, by round: a step with many items reads each round once. */
const readBy = new WeakMap<Operation, Map<string, Promise<Decided[]>>>();

/** What the operation itself lets pass is not among it: the actor decides on that, and no item of his own is before him. */
function decidedWith(operation: Operation, entry: Entry): Promise<Decided[]> {
  const known = readBy.get(operation) ?? new Map<string, Promise<Decided[]>>();
  readBy.set(operation, known);
  const round = roundOf(entry);
  const decided = known.get(round) ?? readDecided(operation, entry.ledger, round);
  known.set(round, decided);
  return decided;
}

async function readDecided({ store, rows }: Operation, ledger: string, round: string): Promise<Decided[]> {
  const asBureau = entriesFor(store, rows, 'bureau');
  const items = await asBureau.list({ ledger, below: round, hiddenFromNobody: true });
  return items.filter(isDecided).map((item) => {
    const closings = closingsOf(item, itemData(asBureau.read(item).data as RectificationData));
    return { item, closings };
  });
}

/** The ref of the round that an item belongs to: refs of parts begin with the whole's. */
const roundOf = ({ ref }: Entry): string => ref.split('-')[0] ?? ref;

const taking = ({ people }: Entry, parts: readonly string[]): string[] =>
  people.filter(({ part }) => parts.includes(part)).map(({ personId }) => personId);

/** Whether anybody has let it pass, now or before: most of a round's items need no closer look. */
function isDecided({ data }: Entry): boolean {
  const { reviewedBy, earlierClosings } = data as Partial<ItemData>;
  return reviewedBy !== undefined || earlierClosings !== undefined;
}

/** Its closings, now and before: who asked, of whom the item was, and who let it pass. */
function closingsOf(item: Entry, { application, reviewedBy, approvedBy, earlierClosings = [] }: ItemData) {
  const { by, responsible = [] } = application ?? {};
  const present = [...responsible, ...taking(item, ['responsible'])];
  const now = by === undefined ? [] : [{ by, responsible: present, reviewedBy, approvedBy }];
  return [...earlierClosings, ...now].map((closing) => ({
    by: closing.by,
    of: [closing.by, ...(closing.responsible ?? [])],
    deciders: [closing.reviewedBy, closing.approvedBy].filter((id) => id !== undefined),
  }));
}
