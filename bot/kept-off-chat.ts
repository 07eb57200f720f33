import type { Asking, Command, Plan } from '../handlers/define.ts';
import { splitRefs } from '../handlers/move-targets.ts';
import type { Content } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Inbound } from './platform.ts';

/** What was said opens with the page. */
export const CARRIED = '聊天里不收内容，还没有登记。听懂的已加密放进页面上的表单，请打开核对后提交。';
export const STILL_THERE = '刚才那条消息还留在聊天记录里，请您自行撤回或删除。';
const FILE_STILL_THERE = '刚才的文件没有保存，但还留在聊天记录里，请您自行撤回或删除。';
const NOT_KEPT = `聊天里不收内容，您刚才写的没有保存。${STILL_THERE}`;

/** Whether contents were said where they do not travel by the chat: a page is to ask for them, whatever is missing or not. */
export const isSaidInChat = ({ keepsBack }: Asking, { confidential, given }: Plan): boolean =>
  keepsBack === true && confidential === true && Object.keys(given).length > 0;

/** What the way to the page says besides, to whom the house heard say contents in the chat. */
export function notesOn({ kind }: Inbound, asking: Asking, plan: Plan, typed: string): string[] {
  const isTold = isSaidInChat(asking, plan) || hasMore(typed);
  if (!asking.keepsBack || !plan.confidential || !isTold) return [];
  return kind === 'message' ? [CARRIED, STILL_THERE] : [CARRIED];
}

/** Whether more was typed behind a word than numbers. */
const hasMore = (typed: string): boolean => splitRefs(typed, true).rest !== '';

/** The same, of a file that was sent into the chat. */
export const fileNotesOn = ({ file }: Inbound): string[] => (file ? [FILE_STILL_THERE] : []);

/** What is said besides where something has to be done first, so that what was said is not carried on. */
export const notKeptNotes = ({ kind }: Inbound): string[] => (kind === 'message' ? [NOT_KEPT] : []);

export const withNotes = (content: Content, notes: readonly string[]): Content =>
  content.kind === 'notice' && notes.length > 0
    ? { ...content, sections: [{ lines: [...notes] }, ...content.sections] }
    : content;

/** A refusal of a command says besides, where contents came with it, that they were not kept and stand in the chat. */
export function refusedWithContents(
  fault: unknown,
  command: Command,
  { kind }: Inbound,
  { keepsBack }: Asking,
  said: { typed: string; understood?: object },
): unknown {
  const isTold = said.understood !== undefined || hasMore(said.typed);
  if (!(fault instanceof Refusal) || !keepsBack || !command.sealed || kind !== 'message' || !isTold)
    return fault;
  const { code, message, fields, offers } = fault;
  return new Refusal(code, `${message}${NOT_KEPT}`, fields, offers);
}
