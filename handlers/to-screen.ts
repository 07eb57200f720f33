import type { Entry } from '../ledger/define.ts';
import { isJudgedBy } from '../ledger/intercession/deadline.ts';
import { isAnsweredByOthers } from '../ledger/intercession/handed-over.ts';
import type { Content, Section } from '../ledger/message.ts';
import type { Role } from '../ledger/role.ts';
import type { Asking, Query } from './define.ts';
import { entrySection } from './entry-section.ts';
import { pageActions, readPage } from './page.ts';
import { showEntry } from './show-entry.ts';

/** What waits for an officer: new, taken up, being looked into, judged but not yet answered, or to be reviewed. */
const WAITING = ['submitted', 'accepted', 'screening', 'inquiry', 'suspected', 'disposing', 'objected'];
const OFFICERS: readonly Role[] = ['discipline', 'resident', 'upper'];
/** Buttons of a row; all others stand with the entry itself. */
const ROW_BUTTONS = 3;

/**
 * 待甄别: the records that wait for the officer, the oldest first, each with what is done most; with a number, the next one
 * after it, in full: so that a pile is gone through on one card, a tap to judge and a tap to go on.
 */
export const toScreen: Query = {
  kind: 'query',
  name: 'to-screen',
  words: ['待甄别', '待受理'],
  usage: '待甄别',
  help: '列出等待受理、甄别、处置、反馈或复核的说情打招呼记录，可逐条办理',
  group: '说情打招呼记录',
  may: ({ roles }) => OFFICERS.some((role) => roles.includes(role)),
  async answer(asking, typed) {
    const { number, rest } = readPage(typed);
    const waiting = await waitingFor(asking);
    if (rest !== '') {
      const next = await nextAfter(asking, waiting, rest);
      if (next) return showEntry.answer(asking, next.ref);
    }
    return list(asking, waiting, number);
  },
};

async function waitingFor({ entries, person, directory }: Asking): Promise<Entry[]> {
  const found = await entries.list({ ledger: 'intercession', states: WAITING });
  const isOwn = (entry: Entry) =>
    entry.people.some(({ personId, part }) => personId === person.id && part === 'reporter');
  return found.filter((entry) => {
    const reading = entries.readable(entry);
    return !isOwn(entry) && !isJudgedBy(person, reading) && !isAnsweredByOthers(reading, directory, person);
  });
}

/** After the last comes the first; none where there is no other. */
async function nextAfter(asking: Asking, waiting: readonly Entry[], ref: string): Promise<Entry | undefined> {
  const { id, createdAt } = await asking.entries.get(ref);
  const others = waiting.filter((entry) => entry.id !== id);
  return others.find((entry) => entry.createdAt > createdAt) ?? others[0];
}

function list(asking: Asking, waiting: readonly Entry[], number: number): Content {
  const size = asking.store.rules.messages.pageSize;
  const pages = Math.max(1, Math.ceil(waiting.length / size));
  const page = Math.min(number, pages);
  return {
    kind: 'notice',
    title: waiting.length === 0 ? '待甄别：暂无记录' : `待甄别（${waiting.length} 项）`,
    tone: 'plain',
    sections: waiting.slice((page - 1) * size, page * size).map((entry) => row(asking, entry)),
    actions: pageActions('待甄别', page, pages),
    refresh: page > 1 ? `待甄别 第${page}页` : '待甄别',
    isView: true,
  };
}

function row(asking: Asking, entry: Entry): Section {
  const { lines, ...section } = entrySection(asking, entry, ROW_BUTTONS);
  return { ...section, lines: [`${lines[0]}${term(entry, asking.today)}`] };
}

function term({ dueOn }: Entry, today: string): string {
  if (!dueOn) return '';
  return dueOn < today ? ` · 时限 ${dueOn}，已逾期` : ` · 时限 ${dueOn}`;
}
