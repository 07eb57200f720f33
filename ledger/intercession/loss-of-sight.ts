import type { Person } from '../directory.ts';
import { ROLES } from '../role.ts';
import { concerned } from './concerned.ts';
import { contentsSchema, type IntercessionContents } from './contents.ts';
import { type Here, reportersOf } from './moves/step.ts';
import { passedOn, receiversOf } from './pass-on.ts';
import { isReceived } from './routing.ts';

/**
 * What follows when somebody is found to be meant, in sentences for the officer who says so: who keeps away from then on,
 * which of them handle it now, whether he himself is one, what becomes of the reporter, and who has it then.
 * @param isSealed nothing of what the record says may show: only what the rule says of this person
 */
export function loss(
  here: Here,
  personId: string,
  contents: IntercessionContents,
  isSealed: boolean,
): string[] {
  const { directory, rules, actor } = here;
  const only = contentsSchema.parse({ report: {}, supplements: [], identified: [personId] });
  const before = isSealed ? [] : concerned(directory, here.contents, rules);
  const away = concerned(directory, isSealed ? only : contents, rules).filter((id) => !before.includes(id));
  // Of a sealed record it does not show either who filed it.
  const staying = isSealed ? [] : reportersOf(here);
  const losing = directory.people.filter(({ id }) => away.includes(id) && !staying.includes(id));
  const handling = losing.filter((person) => handles(here, person));
  return [
    losing.length > 0
      ? `认定后 ${losing.length} 人回避、看不到这条记录：${losing.map(called).join('、')}。`
      : '没有人因此新增回避：相关人员已经回避。',
    ...(handling.length > 0
      ? [`其中 ${handling.length} 人现为受理人员：${handling.map(({ name }) => name).join('、')}。`]
      : []),
    ...(away.includes(actor.id) ? ['您本人也在其中：确认后您看不到这条记录，也不能再办理。'] : []),
    ...(isSealed ? [] : [...ofReporter(here, away), ...whoHasIt(here, contents)]),
    '回避不可恢复；认定有误的，由另一名受理人员「更正认定」，但已回避的人仍看不到。',
  ];
}

const called = ({ name, department, post }: Person): string => `${name}（${department}，${post}）`;

const handles = (here: Here, { id, roles }: Person): boolean =>
  roles.includes('discipline') || receiversOf(here).includes(id);

const ofReporter = (here: Here, away: readonly string[]): string[] => [
  reportersOf(here).some((id) => away.includes(id))
    ? '记录人本人属于应回避的范围，但记录是其本人提交的，仍可查看。'
    : '记录人不受影响。',
];

/** After it, where whoever has it now may not go on. */
function whoHasIt(here: Here, contents: IntercessionContents): string[] {
  const { directory, rules } = here;
  if (here.entry.closedAt) return [];
  const { recused, people } = passedOn(here, contents);
  const [reporter = ''] = reportersOf(here);
  const receivers = people.receiver ?? [];
  if (receivers.length === 0 && !isReceived(directory, recused, { id: reporter }))
    return [`此后没有人可以办理：记录存证，并请记录人另向${rules.intercession.upperLevel}反映。`];
  const officers = directory
    .withRole('discipline')
    .filter(({ id }) => !recused.includes(id) && id !== reporter);
  const named = [...officers.map(({ id }) => id), ...receivers].map((id) => directory.byId(id)?.name);
  const level = officers.length > 0 ? '' : `（${ROLES.discipline}均需回避）`;
  return [`此后由${[...new Set(named)].join('、')}办理${level}。`];
}
