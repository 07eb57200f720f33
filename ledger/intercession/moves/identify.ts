import type { Typed } from '../../define.ts';
import { personField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { byOfficer, contentsWith, type Here, notOwn, reportersOf, type Step } from './step.ts';

/**
 * 认定: who the report means. He loses sight of it from then on, and so does whoever is recused with him; an officer who
 * finds himself meant names himself and is out of it. Where that leaves nobody, whoever stands in has it; and where nobody
 * does, the reporter is told to turn to the upper level: who is meant must not keep it for want of another.
 */
const identify: Step = {
  name: 'identify',
  check: notOwn,
  word: '认定',
  done: '已认定，相关人员已回避',
  help: '把记录中的过问干预人或转达人认定为本局某人，其本人即行回避，例如：认定 <编号> 张三',
  from: [
    'submitted',
    'accepted',
    'screening',
    'routine',
    'inquiry',
    'suspected',
    'returned',
    'disposing',
    'answered',
    'objected',
    // A relation may come to light when the matter is closed.
    'archived',
    'unsealing',
    'withdrawn',
  ],
  by: byOfficer,
  fields: { person: personField({ label: '认定为', hint: '认定后，此人即看不到这条记录' }) },
  read: (typed, { directory }) => readPerson(typed, directory),
  apply(here, values) {
    const person = String(values.person);
    refuseUnfit(here, person);
    return { state: here.entry.state, contents: identified(here, person) };
  },
};

function readPerson(typed: string, directory: Here['directory']): Typed {
  const name = typed.trim();
  const [person, another] = directory.named(name);
  if (person && !another) return { values: { person: person.id }, unread: [] };
  const why = another ? `本局有几位「${name}」` : `名单里没有「${name.slice(0, 20)}」`;
  return { values: {}, unread: [`${why}，请从名单中选择。`] };
}

const identified = (here: Here, person: string) =>
  contentsWith(here, { identified: [...here.contents.identified, person] });

/** @throws Refusal when it is the reporter, or was found already */
function refuseUnfit(here: Here, person: string): void {
  const refuse = (sentence: string) => {
    throw new Refusal('invalid-input', `${sentence}。`, { person: sentence });
  };
  if (reportersOf(here).includes(person)) refuse('这是记录人本人，不能认定为过问干预人或转达人');
  if (here.contents.identified.includes(person)) refuse('此人已经认定过');
}

export const identifyMoves: readonly Step[] = [identify];
