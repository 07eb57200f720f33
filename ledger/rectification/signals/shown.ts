import type { Situation } from '../../define.ts';
import type { Directory, Person } from '../../directory.ts';
import type { Section } from '../../message.ts';
import type { Role } from '../../role.ts';
import { type ItemData, type RectificationData, SIGNALS, type Signal } from '../data.ts';

type Here = Situation<RectificationData, undefined>;

/** Who answers for the closings of all items, beside the item's own 责任领导. */
const REVIEWERS: readonly Role[] = ['supervisor', 'secretary', 'discipline', 'resident'];
/** Sentences that a message has; the rest is counted. */
const IN_MESSAGE = 5;
const NO_CONCLUSION = '供审核参考，不作结论';

/** Who does the work of an item, or asked for its closing, is not shown what it is compared with. */
const isAtWork = (entry: Here['entry'], data: ItemData, personId: string): boolean =>
  data.application?.by === personId ||
  entry.people.some((each) => each.part !== 'leader' && each.personId === personId);

function sees({ entry, actor }: Pick<Here, 'entry' | 'actor'>, data: ItemData): boolean {
  if (isAtWork(entry, data, actor.id)) return false;
  const isLeader = entry.people.some(({ personId, part }) => part === 'leader' && personId === actor.id);
  return isLeader || actor.roles.some((role) => REVIEWERS.includes(role));
}

/** The signals, for this reader: to who reviews. */
export function signalsSection(here: Pick<Here, 'entry' | 'actor'>, data: ItemData): Section[] {
  const signals = data.application?.signals ?? [];
  if (signals.length === 0 || !sees(here, data)) return [];
  return [
    {
      heading: headingOf(signals),
      lines: signals.map(({ kind, found }, index) => `${index + 1}. ${SIGNALS[kind]}：${found}`),
    },
  ];
}

const headingOf = ({ length }: readonly Signal[]): string => `需核对的情形 ${length} 处（${NO_CONCLUSION}）`;

/** The signals in a message to who reviews; nothing where there are none. */
export function signalLines(signals: readonly Signal[] = []): string[] {
  if (signals.length === 0) return [];
  const said = signals.slice(0, IN_MESSAGE).map(({ found }, index) => `${index + 1}. ${found}`);
  const more = signals.length - IN_MESSAGE;
  return [`${headingOf(signals)}：`, ...said, ...(more > 0 ? [`… 另有 ${more} 处，请点「查看」`] : [])];
}

/** The same in one message to everybody with a role: nothing where one of them does the item's work himself. */
export function signalLinesFor(role: Role, { entry, directory }: ToRole, data: ItemData): string[] {
  const holders = directory.people.filter(({ roles, active }: Person) => active && roles.includes(role));
  if (holders.some(({ id }) => isAtWork(entry, data, id))) return [];
  return signalLines(data.application?.signals);
}

/** The same in a message to one person. */
export const signalLinesTo = (personId: string, entry: Here['entry'], data: ItemData): string[] =>
  isAtWork(entry, data, personId) ? [] : signalLines(data.application?.signals);

interface ToRole {
  entry: Here['entry'];
  directory: Directory;
}
