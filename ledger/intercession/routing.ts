import type { Entry } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import type { Content } from '../message.ts';
import type { Operation } from '../operation.ts';
import { hiddenFrom } from '../recusal.ts';
import { ROLES, type Role } from '../role.ts';
import * as wording from './wording.ts';

/** In which order a report is received: who is recused is passed over, and the next level has it. */
const LEVELS: readonly Role[] = ['discipline', 'resident', 'upper'];

/** Those with the role who may have it: not who is concerned by it, and not who filed it. */
export const freeOf = (
  directory: Directory,
  role: Role,
  isAway: (personId: string) => boolean,
): readonly Person[] => directory.withRole(role).filter(({ id }) => !isAway(id));

/**
 * Who receives it beside or in place of the 纪检监察员: the 派驻纪检组, when a leader is concerned or no officer may see
 * it, and where nobody of it may, the 上级纪检联络人. The officers themselves are not listed with the entry: who is
 * missing from such a list would tell who was named.
 */
export function standIns(
  directory: Directory,
  recused: readonly string[],
  reporter: Pick<Person, 'id'>,
): string[] {
  return standInsWithout(directory, (id) => recused.includes(id) || id === reporter.id, recused);
}

function standInsWithout(
  directory: Directory,
  isAway: (personId: string) => boolean,
  recused: readonly string[],
): string[] {
  const namesLeader = recused.some((id) =>
    directory.byId(id)?.roles.some((role) => role === 'leader' || role === 'secretary'),
  );
  const [officers = [], ...above] = LEVELS.map((role) => freeOf(directory, role, isAway));
  if (officers.length > 0 && !namesLeader) return [];
  return (above.find((level) => level.length > 0) ?? []).map(({ id }) => id);
}

/** Whether anybody has it: who filed it is told where to turn if not. */
export const isReceived = (
  directory: Directory,
  recused: readonly string[],
  reporter: Pick<Person, 'id'>,
): boolean =>
  LEVELS.some((role) =>
    freeOf(directory, role, (id) => recused.includes(id) || id === reporter.id).some(Boolean),
  );

/**
 * An open report has whoever should receive it, whatever took the others away: a name that was found or that stands in a
 * file, a person who joined or left, another role. Who gets it only now is told at once, and the reporter that it went on;
 * where nobody is left, he is told once where to turn.
 */
export async function routeAnew(operation: Operation, entry: Entry): Promise<void> {
  if (entry.closedAt) return;
  const { directory, store, rows } = operation;
  const isHidden = await hiddenFrom(store.keys, rows, entry.id);
  const reporters = entry.people.filter(({ part }) => part === 'reporter').map(({ personId }) => personId);
  const isAway = (id: string) => isHidden(id) || reporters.includes(id);
  const recused = directory.people.filter(({ id }) => isHidden(id)).map(({ id }) => id);
  const needed = standInsWithout(directory, isAway, recused);
  const present = entry.people.filter(({ part }) => part === 'receiver').map(({ personId }) => personId);
  const joining = needed.filter((id) => !present.includes(id));
  if (joining.length > 0) await handOn(operation, entry, { present, joining });
  const isLeft = LEVELS.some((role) => freeOf(directory, role, isAway).length > 0);
  if (joining.length > 0 && freeOf(directory, 'discipline', isAway).length === 0)
    await tellReporters(
      operation,
      entry,
      reporters,
      wording.passedToOthers(entry, levelsOf(directory, joining)),
    );
  else if (
    !isLeft &&
    !present.some((id) => directory.byId(id)?.active) &&
    (await operation.isFirst(NOBODY_LEFT, entry.id))
  )
    await tellReporters(
      operation,
      entry,
      reporters,
      wording.nobodyLeft(entry, store.rules.intercession.upperLevel),
    );
}

const NOBODY_LEFT = 'intercession.nobody-left';

/** By their roles: who exactly has it is the officers' to know. */
export const levelsOf = (directory: Directory, ids: readonly string[]): string =>
  LEVELS.filter((role) => ids.some((id) => directory.byId(id)?.roles.includes(role)))
    .map((role) => ROLES[role])
    .join('、');

async function handOn(
  operation: Operation,
  entry: Entry,
  { present, joining }: { present: readonly string[]; joining: readonly string[] },
): Promise<void> {
  const people = { receiver: [...new Set([...present, ...joining])] };
  const action = 'intercession.route';
  const changed = await operation.change(entry, { state: entry.state, people }, { action });
  const label = operation.entries.ledgerOf(changed).states[changed.state]?.label ?? changed.state;
  const content = wording.routed(changed, label);
  for (const person of joining)
    await operation.notify(
      changed,
      { to: { person }, content },
      `${action}:${changed.id}:${changed.version}`,
    );
}

/** Also who caused it himself, by a file that names somebody: an answer says only what he did. */
async function tellReporters(
  operation: Operation,
  entry: Entry,
  reporters: readonly string[],
  content: Content,
): Promise<void> {
  for (const person of reporters) {
    const notice = { to: { person }, content };
    await operation.notify(entry, notice, `intercession.routed:${entry.id}:${entry.version}`, {
      evenActor: true,
    });
  }
}
