import type { Entry, Situation } from '../../define.ts';
import { type Entries, type EntryFilter, entriesFor } from '../../entry.ts';
import type { EntryFile } from '../../entry-file.ts';
import { fileMark } from '../../evidence.ts';
import type { Operation } from '../../operation.ts';
import { AT_WORK, itemData, OPEN, type RectificationData, type Signal } from '../data.ts';
import { currentFiles } from '../require-evidence.ts';
import {
  lastDay,
  type Other,
  ofWithdrawn,
  oldEvidence,
  repeatedProgress,
  sameFile,
  similarText,
} from './rules.ts';

type Here = Situation<RectificationData, undefined>;

/** Items of the round whose words are compared, and, of other rounds, those that the applicant answers for: the latest. */
const OF_ROUND = 2000;
const OF_APPLICANT = 200;
/** Other items under which one file may stand, and closings of one day, that are looked at. */
const MOST_LOOKED_AT = 200;

/** States in which something may have been said of an item. */
const SPOKEN_OF = [...OPEN.filter((state) => state !== 'unassigned'), 'closed', 'consolidated'];

/**
 * 纸面销号: what who reviews the closing should look at. It decides nothing. Looked up with the house's eyes; items that are hidden
 * from anybody take no part in it, since the sentences name the others.
 * @param summary what is said of the closing that is asked for
 */
export async function signalsOf(operation: Operation, here: Here, summary: string): Promise<Signal[]> {
  const { data, rules, today } = here;
  const item = itemData(data);
  const files = currentFiles(item);
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const limits = rules.paperClosing;
  const own = { application: { summary }, progress: item.progress };
  const found = [
    ...sameFile(files, await elsewhere(operation, asBureau, here, files)),
    ...similarText(own, await comparable(asBureau, here), limits),
    ...oldEvidence(files, item),
    ...lastDay(await onLastDay(asBureau, here), today, limits),
    ...repeatedProgress(item, limits),
  ];
  return [...found, ...ofWithdrawn(withdrawnByThese(here), found)];
}

/** What was withdrawn by who works on it now: who gets an item from others answers for none of theirs. */
function withdrawnByThese({ entry, data }: Here) {
  const { withdrawn = [] } = itemData(data);
  const isTheirs = (by: string) => entry.people.some(({ personId }) => personId === by);
  return withdrawn.filter(({ by }) => isTheirs(by));
}

/** Under which other items each of the files stands: found by the mark of its bytes, without opening any. */
async function elsewhere(
  { store, rows }: Operation,
  asBureau: Entries,
  { entry }: Here,
  files: readonly EntryFile[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id, sha256 } of files) {
    const same = await rows.attachment.findMany({
      where: { mark: fileMark(store, sha256), entryId: { not: entry.id } },
      select: { entryId: true },
      orderBy: { keptAt: 'asc' },
      take: MOST_LOOKED_AT,
    });
    const ids = [...new Set(same.flatMap(({ entryId }) => entryId ?? []))];
    if (ids.length === 0) continue;
    const others = await asBureau.list({ ...shown(entry), ids });
    found.set(
      id,
      others.map(({ ref }) => ref),
    );
  }
  return found;
}

/** The items whose words are compared with this one's. */
async function comparable(asBureau: Entries, { entry, actor }: Here): Promise<Other[]> {
  const spokenOf = { ...shown(entry), states: SPOKEN_OF };
  const round = entry.ref.split('-')[0] ?? entry.ref;
  const parts = ['responsible', 'assistant'];
  const lists = [
    await asBureau.list({ ...spokenOf, below: round }, { take: -OF_ROUND }),
    await asBureau.list({ ...spokenOf, personId: actor.id, parts }, { take: -OF_APPLICANT }),
  ];
  const known = new Map(lists.flat().map((each) => [each.id, each]));
  known.delete(entry.id);
  return [...known.values()].flatMap((each) => otherIn(asBureau, each) ?? []);
}

function otherIn(asBureau: Entries, entry: Entry): Other | undefined {
  const data = asBureau.read(entry).data as RectificationData;
  return data.level === 'round' ? undefined : { ref: entry.ref, data };
}

/** Of the same 科室, with this day as their last, and asked to be closed on it; nothing where it is no last day. */
async function onLastDay(asBureau: Entries, { entry, today, calendar }: Here): Promise<string[]> {
  if (entry.dueOn !== today || entry.departmentId === null) return [];
  const due = { dueAfter: calendar.addDays(today, -1), dueBefore: calendar.addDays(today, 1) };
  // At work are those whose request of today was withdrawn.
  const states = [...AT_WORK, 'applied', 'reviewed', 'approved', 'closed'];
  const ofDepartment: EntryFilter = { ...shown(entry), ...due, states, departmentId: entry.departmentId };
  const others = await asBureau.list(ofDepartment, { take: MOST_LOOKED_AT });
  const asked = others
    .filter(({ id }) => id !== entry.id)
    .flatMap((each) => otherIn(asBureau, each) ?? [])
    .filter(({ data }) => wasAskedOn(data, today));
  return [...asked.map(({ ref }) => ref), entry.ref];
}

function wasAskedOn({ application, withdrawn = [] }: Other['data'], today: string): boolean {
  return application?.on === today || withdrawn.some(({ on }) => on === today);
}

const shown = ({ ledger }: Entry): EntryFilter => ({ ledger, hiddenFromNobody: true });
