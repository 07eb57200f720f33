import type { Notice, Outcome } from '../define.ts';
import type { Role } from '../role.ts';
import { concerned } from './concerned.ts';
import type { IntercessionContents } from './contents.ts';
import { type Here, type Result, reportersOf, type Step } from './moves/step.ts';
import { isReceived, levelsOf, standIns } from './routing.ts';
import * as wording from './wording.ts';

/** Who have it beside the 纪检监察员: those of the 派驻纪检组, or of the level above, to whom it went. */
export const receiversOf = ({ entry, directory }: Pick<Here, 'entry' | 'directory'>): string[] =>
  entry.people
    .filter(({ part, personId }) => part === 'receiver' && directory.byId(personId)?.active)
    .map(({ personId }) => personId);

/** Those with the role who may handle it: not who is concerned by it, and not who filed it. */
export function freeWith(here: Here, role: Role, contents: IntercessionContents = here.contents): string[] {
  const away = [...concerned(here.directory, contents, here.rules), ...reportersOf(here)];
  return here.directory
    .withRole(role)
    .map(({ id }) => id)
    .filter((id) => !away.includes(id));
}

/**
 * Whom it is hidden from and who has it once it says this: who turns out to be meant loses it, and where that leaves
 * nobody, or a leader is meant, whoever stands in has it.
 */
export function passedOn(
  here: Here,
  contents: IntercessionContents,
): Required<Pick<Outcome, 'recused' | 'people'>> {
  const [reporter = ''] = reportersOf(here);
  const recused = concerned(here.directory, contents, here.rules).filter((id) => id !== reporter);
  const staying = receiversOf(here).filter((id) => !recused.includes(id));
  const joining = standIns(here.directory, recused, { id: reporter });
  return { recused, people: { receiver: [...new Set([...staying, ...joining])] } };
}

/** To whoever has it only since it says this: it is theirs from now on. */
function toJoining(here: Here, contents: IntercessionContents): Notice[] {
  const before = receiversOf(here);
  const { receiver = [] } = passedOn(here, contents).people;
  return receiver
    .filter((id) => !before.includes(id))
    .map((person) => ({ to: { person }, content: wording.handedOver(here.entry, '转请') }));
}

/** To the reporter who caused it by his own words: that others have it now. Where nobody has, he is told (`routeAnew`). */
function whereItWent(here: Here, contents: IntercessionContents): string[] {
  const [reporter = ''] = reportersOf(here);
  if (here.actor.id !== reporter) return [];
  const before = receiversOf(here);
  const { recused, people } = passedOn(here, contents);
  const joining = (people.receiver ?? []).filter((id) => !before.includes(id));
  if (joining.length > 0 && freeWith(here, 'discipline', contents).length === 0)
    return [`按您所写，原受理人员需回避，记录现由${levelsOf(here.directory, joining)}办理。`];
  if ((people.receiver ?? []).length > 0 || isReceived(here.directory, recused, { id: reporter })) return [];
  return [`按您所写，受理人员都需回避，记录已存证；请您另向${here.rules.intercession.upperLevel}反映。`];
}

/**
 * The step, and with it, whatever words it brings, 回避 and passing on by them: no step has to think of it. What is closed
 * is hidden from more people, and comes to nobody anew.
 */
export const recusing = (step: Step, isClosed: (state: string) => boolean): Step => ({
  ...step,
  apply(here, values) {
    const outcome = step.apply(here, values);
    return outcome.contents ? withPassingOn(here, outcome, outcome.contents, isClosed) : outcome;
  },
  notices(here, values) {
    const own = step.notices?.(here, values) ?? [];
    const { state, contents } = step.apply(here, values);
    if (!contents || isClosed(state)) return own;
    const isToldAnyway = (person: string) =>
      own.some(({ to }) => ('person' in to ? to.person === person : 'part' in to && to.part === 'receiver'));
    const joining = toJoining(here, contents).filter(
      ({ to }) => !('person' in to && isToldAnyway(to.person)),
    );
    return [...own, ...joining];
  },
  answer(here, values) {
    const own = step.answer?.(here, values) ?? [];
    const { state, contents } = step.apply(here, values);
    return contents && !isClosed(state) ? [...own, ...whereItWent(here, contents)] : own;
  },
});

function withPassingOn(
  here: Here,
  outcome: Result,
  contents: IntercessionContents,
  isClosed: (state: string) => boolean,
): Result {
  const { recused, people } = passedOn(here, contents);
  if (isClosed(outcome.state)) return { ...outcome, recused };
  const having = [...(people.receiver ?? []), ...(outcome.people?.receiver ?? [])];
  const receiver = [...new Set(having)].filter((id) => !recused.includes(id));
  return { ...outcome, recused, people: { ...outcome.people, receiver } };
}
