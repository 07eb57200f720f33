import type { Notice, Outcome } from '../define.ts';
import type { Role } from '../role.ts';
import { concerned } from './concerned.ts';
import type { IntercessionContents } from './contents.ts';
import { type Here, type Result, reportersOf, type Step } from './moves/step.ts';
import { isReceived, standIns } from './routing.ts';
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

/** To the reporter, where nobody is left who may handle it: who is meant must not keep it for want of another. */
function ifNobodyIsLeft(here: Here, contents: IntercessionContents): Notice[] {
  const { recused, people } = passedOn(here, contents);
  const [reporter = ''] = reportersOf(here);
  if ((people.receiver ?? []).length > 0 || isReceived(here.directory, recused, { id: reporter })) return [];
  const { upperLevel } = here.rules.intercession;
  return [{ to: { part: 'reporter' }, content: wording.nobodyLeft(here.entry, upperLevel) }];
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
    return [...own, ...joining, ...ifNobodyIsLeft(here, contents)];
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
