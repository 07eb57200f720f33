import type { Notice, Outcome } from '../define.ts';
import type { Role } from '../role.ts';
import { concerned } from './concerned.ts';
import type { IntercessionContents } from './contents.ts';
import { type Here, reportersOf } from './moves/step.ts';
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
export function toJoining(here: Here, contents: IntercessionContents): Notice[] {
  const before = receiversOf(here);
  const { receiver = [] } = passedOn(here, contents).people;
  return receiver
    .filter((id) => !before.includes(id))
    .map((person) => ({ to: { person }, content: wording.handedOver(here.entry, '转请') }));
}

/** To the reporter, where nobody is left who may handle it: who is meant must not keep it for want of another. */
export function ifNobodyIsLeft(here: Here, contents: IntercessionContents): Notice[] {
  const { recused, people } = passedOn(here, contents);
  const [reporter = ''] = reportersOf(here);
  if ((people.receiver ?? []).length > 0 || isReceived(here.directory, recused, { id: reporter })) return [];
  const { upperLevel } = here.rules.intercession;
  return [{ to: { part: 'reporter' }, content: wording.nobodyLeft(here.entry, upperLevel) }];
}
