import type { Notice } from '../../define.ts';
import type { Content } from '../../message.ts';
import { itemData } from '../data.ts';
import { itemNotice } from '../item-notice.ts';
import { signalLinesTo } from '../signals/shown.ts';
import type { Here } from './step.ts';

/** Who can tell whether a meeting has confirmed it. */
export const ASKED_BACK = ['secretary', 'discipline'] as const;

/**
 * That a meeting has confirmed a closing stands on the word of one officer: the 党组书记 is told, and may object. So are the
 * 纪检监察员, always: where the 党组书记 is recused, or wrote it down himself, nobody can tell by who got the message.
 */
export function closedByMeeting(here: Here, meeting: { name: string; on: string }): Notice[] {
  const { directory, data, actor } = here;
  const told = new Set(ASKED_BACK.flatMap((role) => directory.withRole(role).map(({ id }) => id)));
  const line = `${meeting.name}（${meeting.on}）审定，${actor.name} 登记，已销号。`;
  return [...told].map((person) => ({
    to: { person },
    content: confirmed(here, [line, ...signalLinesTo(person, here.entry, itemData(data))]),
  }));
}

function confirmed({ entry }: Here, lines: string[]): Content {
  const object = { action: `审定有异 ${entry.ref}`, label: '审定有异', style: 'danger' } as const;
  const notice = itemNotice('党组会审定已登记，请核对', entry, lines, { actions: [object] });
  if (notice.kind !== 'notice') return notice;
  // Of many, not all stand in one message.
  return { ...notice, actions: [{ action: '督查记录', label: '督查记录' }] };
}
