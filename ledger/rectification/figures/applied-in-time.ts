import type { Entry } from '../../define.ts';
import type { Directory } from '../../directory.ts';
import type { RectificationData } from '../data.ts';
import { namesOf } from '../people-of.ts';

/** What an item waits for once its closing was asked for, by its state. */
const WAITS: Readonly<Record<string, string>> = {
  applied: '待责任领导审核',
  reviewed: '待督查复核',
  approved: '待党组会审定',
};

/** Whether its closing was asked for by its date and waits for others: if that date has passed, it is not the 责任人 who is late. */
export function isAppliedInTime(
  { state, dueOn }: Pick<Entry, 'state' | 'dueOn'>,
  data: Partial<RectificationData>,
): boolean {
  return state in WAITS && isAskedByDate(dueOn, data);
}

/** Whether its closing, the last that was asked for, was asked for by its date, whatever was decided on it. */
export function isAskedByDate(dueOn: string | null, data: Partial<RectificationData>): boolean {
  const askedOn = 'application' in data ? data.application?.on : undefined;
  return dueOn !== null && askedOn !== undefined && askedOn <= dueOn;
}

/** 「已按期申请，待督查复核（叶知秋）」: with whom it is now. */
export function waitingWord(item: Entry, directory: Directory): string {
  const who =
    item.state === 'applied' ? namesOf(item, 'leader', directory, '') : supervisors(item, directory);
  return `已按期申请，${WAITS[item.state]}${who && `（${who}）`}`;
}

const supervisors = ({ state }: Entry, directory: Directory): string =>
  state === 'reviewed'
    ? directory
        .withRole('supervisor')
        .map(({ name }) => name)
        .join('、')
    : '';
