import type { Entry, Notice } from '../../define.ts';
import type { Directory } from '../../directory.ts';
import type { Operation } from '../../operation.ts';
import type { NewEntry } from '../../write-entry.ts';
import type { RectificationData } from '../data.ts';
import { toldDate } from '../due-word.ts';
import { fromRound, newMeasure, newProblem } from '../round-parts.ts';
import { toAssistants } from '../to-assistants.ts';
import * as wording from '../wording.ts';
import type { NewItem } from './plan-adds.ts';
import type { RowValues } from './values.ts';

type Round = Entry & { data: Extract<RectificationData, { level: 'round' }> };

/** The entries of an item that comes in: the problem, where it is not there, and the measure, where there is one. */
export function newEntriesFor(
  { today }: Pick<Operation, 'today'>,
  round: Round,
  top: Entry | undefined,
  item: NewItem,
): { problem: NewEntry; measure?: (problem: Entry) => NewEntry } {
  const { problemNumber, number, title, problem, aspect, values } = item;
  const shared = { ...fromRound(round.data), ...(aspect && { aspect }) };
  const findings = problem?.findings ? { findings: problem.findings } : {};
  const own = { ...shared, ...saysOf(values, today) };
  const isItem = number === undefined;
  const made = newProblem(round, problemNumber, {
    title: problem?.title ?? top?.title ?? title,
    hasMeasures: !isItem,
    says: { ...(isItem ? own : shared), ...findings },
  });
  if (isItem) return { problem: { ...made, ...givenTo(values) } };
  return {
    problem: made,
    measure: (above) => ({ ...newMeasure(above, number, { title, says: own }), ...givenTo(values) }),
  };
}

function saysOf(values: RowValues, today: string) {
  const { target, standard, evidenceNeeded, progress } = values.texts;
  return {
    ...(target && { target }),
    ...(standard && { standard }),
    ...(evidenceNeeded && { evidenceNeeded }),
    ...(values.category && { category: values.category }),
    ...(values.isSensitive && { isSensitive: true as const }),
    ...(progress && { progress: { on: today, text: progress } }),
    ...(isWhole(values) && { assignedOn: today }),
  };
}

/** Whoever is to do it, whoever answers for it and until when are all known, and are not the same. */
const isWhole = ({ leader, responsible, assistant, dueOn }: RowValues): boolean =>
  leader !== undefined &&
  dueOn !== undefined &&
  responsible.length > 0 &&
  ![...responsible, ...assistant].includes(leader);

/** Given out where all is known; else 待分派, and what is known stands in the form of 指派. */
function givenTo(values: RowValues): Pick<NewEntry, 'state' | 'people' | 'dueOn' | 'departmentId'> {
  const { leader, responsible, assistant, dueOn, departmentId } = values;
  const isGiven = isWhole(values);
  const begun = values.texts.progress ? 'progressing' : 'assigned';
  return {
    state: isGiven ? begun : 'unassigned',
    people: { leader: leader ? [leader] : [], responsible, assistant },
    ...(dueOn && { dueOn }),
    ...(departmentId && { departmentId }),
  };
}

/** As with 指派: who has something new is told. */
export function noticesFor(entry: Entry, { values }: NewItem, directory: Directory): Notice[] {
  const { leader, responsible, assistant, dueOn, category } = values;
  if (!isWhole(values) || !leader || !dueOn) return [];
  const due = toldDate(dueOn, category);
  return [
    ...responsible.map((person) => ({ to: { person }, content: wording.assigned(entry, dueOn, due) })),
    { to: { person: leader }, content: wording.entrusted(entry, dueOn, due) },
    ...toAssistants(entry, { responsible, assistant, told: [] }, directory, due),
  ];
}
