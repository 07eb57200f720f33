import { personField, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import type { Typed } from '../../typed.ts';
import { loss } from '../loss-of-sight.ts';
import { closedTo } from '../unsealing.ts';
import * as wording from '../wording.ts';
import { byOfficer, contentsWith, type Here, longText, notOwn, reportersOf, type Step } from './step.ts';

/** A relation may come to light when the matter is closed, too. */
const EVER = [
  ...['submitted', 'accepted', 'screening', 'routine', 'inquiry', 'suspected', 'returned'],
  ...['disposing', 'answered', 'objected', 'archived', 'unsealing', 'withdrawn'],
];

/**
 * 认定: who the report means. He loses sight of it from then on, and so does whoever is recused with him; an officer who
 * finds himself meant names himself and is out of it. Where that leaves nobody, whoever stands in has it; and where nobody
 * does, the reporter is told to turn to the upper level: who is meant must not keep it for want of another. Since sight
 * does not come back, who would lose it is said before.
 */
const identify: Step = {
  name: 'identify',
  check: notOwn,
  word: '认定',
  done: '已认定，相关人员已回避',
  help: '把记录中的过问干预人或转达人认定为本局某人，先告知谁将回避，确认后生效，例如：认定 <编号> 张三',
  from: EVER,
  by: byOfficer,
  fields: { person: personField({ label: '认定为', hint: '认定后，此人即看不到这条记录' }) },
  read: (typed, { directory }) => readPerson(typed.trim(), directory),
  foretell: (here, values) => whatFollows(here, String(values.person)),
  apply(here, values) {
    const person = String(values.person);
    const unfit = unfitness(here, person);
    if (unfit !== undefined) throw new Refusal('invalid-input', `${unfit}。`, { person: unfit });
    return { state: here.entry.state, contents: identified(here, person) };
  },
};

function readPerson(name: string, directory: Here['directory']): Typed {
  const [person, another] = directory.people.filter(
    (each) => each.name === name || each.staffNumber === name.toUpperCase(),
  );
  if (person && !another) return { values: { person: person.id }, unread: [] };
  const why = another ? `本局有几位「${name}」` : `名单里没有「${name.slice(0, 20)}」`;
  return { values: {}, unread: [`${why}，请从名单中选择。`] };
}

const identified = (here: Here, person: string) =>
  contentsWith(here, {
    identified: [...here.contents.identified, person],
    findings: [...here.contents.findings, { at: here.at.toISOString(), by: here.actor.id, person }],
  });

/** Why nobody can find that it is this person. */
function unfitness(here: Here, person: string): string | undefined {
  if (reportersOf(here).includes(person)) return '这是记录人本人，不能认定为过问干预人或转达人';
  return here.contents.identified.includes(person) ? '此人已经认定过' : undefined;
}

/** Of sealed contents nothing is told: only what the rule says of this person. */
function whatFollows(here: Here, person: string): string[] {
  if (!here.directory.byId(person)?.active || unfitness(here, person) !== undefined) return [];
  return loss(here, person, identified(here, person), closedTo(here) !== undefined);
}

/**
 * 更正认定: that somebody was found to be meant was wrong, as another officer says. His name does not stand in the record as
 * that any more, and the right one can be found. Nobody gets sight back by it: from a record that he had never seen, and
 * that was there all the time, he would learn that he had been named.
 */
const correct: Step = {
  name: 'correct-finding',
  check(here) {
    notOwn(here);
    const closed = closedTo(here);
    if (closed !== undefined) throw new Refusal('wrong-state', closed);
    if (here.contents.identified.length === 0)
      throw new Refusal('wrong-state', `${here.entry.ref} 没有认定过谁。`);
  },
  word: '更正认定',
  done: '认定已更正，已回避的人员不恢复查看',
  help: '认定有误时，由作出认定以外的受理人员写明理由更正，例如：更正认定 <编号> 张三 理由',
  from: EVER,
  by: byOfficer,
  fields: {
    person: personField({ label: '不应认定的人', hint: '更正后，此人仍看不到这条记录' }),
    reason: longText('更正理由', 500),
  },
  read(typed, { directory }) {
    const [, name = '', reason = ''] = /^(\S+)\s*(.*)$/su.exec(typed.trim()) ?? [];
    const { values, unread } = readPerson(name, directory);
    return { values: { ...values, ...(reason !== '' && { reason }) }, unread };
  },
  apply: (here, values) => ({ state: here.entry.state, contents: corrected(here, values) }),
  notices: (here, { person }) =>
    [...foundBy(here, String(person))].map((by) => ({
      to: { person: by },
      content: wording.findingCorrected(here.entry),
    })),
};

/** Who found that it is this person; nobody where that was not yet kept. */
const foundBy = ({ contents }: Here, person: string): Set<string> =>
  new Set(
    contents.findings
      .filter((each) => each.person === person && each.corrected === undefined)
      .map(({ by }) => by),
  );

/** @throws Refusal where he was not found to be meant, or by this very officer */
function corrected(here: Here, { person, reason }: RawValues) {
  const { contents, actor, entry } = here;
  if (!contents.identified.includes(String(person))) {
    const sentence = '此人没有被认定过';
    throw new Refusal('invalid-input', `${sentence}。`, { person: sentence });
  }
  if (foundBy(here, String(person)).has(actor.id))
    throw new Refusal('four-eyes', `${entry.ref} 的这项认定是您作出的，须由另一名受理人员更正。`);
  const correction = { at: here.at.toISOString(), by: actor.id, reason: String(reason) };
  const isMeant = (each: (typeof contents.findings)[number]) =>
    each.person === person && each.corrected === undefined;
  const known = contents.findings.some(isMeant)
    ? contents.findings
    : [...contents.findings, { at: correction.at, by: '', person: String(person) }];
  return contentsWith(here, {
    identified: contents.identified.filter((id) => id !== person),
    findings: known.map((each) => (isMeant(each) ? { ...each, corrected: correction } : each)),
  });
}

/** 认定与更正认定 */
export const identifyMoves: readonly Step[] = [identify, correct];
