import { type Entry, type Ledger, type Move, PASSED_ON, RECUSED } from '../ledger/define.ts';
import type { HistoryRecord } from '../ledger/entry.ts';
import { ADD_FILE, filesIn } from '../ledger/evidence.ts';
import { type Action, type Content, openLine, type Section, SHOW, showLine } from '../ledger/message.ts';
import { situationOf } from '../ledger/move.ts';
import { DOES_NOT_OPEN } from '../ledger/open-or-tell.ts';
import { Refusal } from '../ledger/refusal.ts';
import { stateLabel } from '../ledger/state-label.ts';
import { readTargets } from '../ledger/target.ts';
import type { Asking, Query } from './define.ts';
import { entrySection, fileActions, judgingActions, moveActions } from './entry-section.ts';
import { keptBack } from './kept-back.ts';
import { lookingOnly } from './looking-only.ts';

/** Entries shown at once. */
const ENTRIES_SHOWN = 20;
/** Parts of an entry that are listed below it. */
const PARTS_SHOWN = 20;
/** The latest steps of its history. */
const STEPS_SHOWN = 12;

/** 查看 <编号>: one entry in full, with what can be done with it. */
export const showEntry: Query = {
  kind: 'query',
  name: 'show',
  words: [SHOW, '详情'],
  usage: '查看 <编号>',
  help: '查看一项的详情和办理过程',
  group: '查询',
  may: () => true,
  async answer(asking, typed) {
    const refs = readTargets(typed.split(/\s/u)[0] ?? '').slice(0, ENTRIES_SHOWN);
    const entries: Entry[] = [];
    for (const { ref } of refs) entries.push(await asking.entries.get(ref));
    const [only] = entries;
    if (!only) throw new Refusal('invalid-input', `请写明编号，例如「${SHOW} 3-2」。`);
    return entries.length === 1 ? inFull(asking, only) : inShort(asking, entries);
  },
};

async function inFull(asking: Asking, entry: Entry): Promise<Content> {
  const ledger = asking.entries.ledgerOf(entry);
  if (ledger.contents && asking.keepsBack) return keptBack(asking, entry);
  const closed = ledger.closedTo?.(situationOf(asking, asking.person, entry));
  return {
    kind: 'notice',
    title: `${entry.ref} · ${stateLabel(ledger, entry, asking.person)}`,
    tone: ledger.states[entry.state]?.closed ? 'green' : 'plain',
    sections: [
      ...(closed === undefined
        ? [
            ...ledger.describe(await asking.reveal(entry)),
            ...(await parts(asking, entry)),
            await history(asking, entry),
          ]
        : [{ lines: [closed] }]),
    ],
    actions: [
      ...(await notRefused(
        asking,
        entry,
        (closed === undefined ? judgingActions : moveActions)(asking, entry),
      )),
      ...fileActions(asking, entry),
      ...(ledger.contents || hasFiles(asking, entry) ? [pageOf(entry)] : []),
    ],
    refresh: showLine(entry.ref),
    isView: true,
  };
}

/** Without what other entries forbid: it would be refused as soon as it is pressed. */
async function notRefused(asking: Asking, entry: Entry, offered: readonly Action[]): Promise<Action[]> {
  const refused: string[] = [];
  for (const move of asking.entries.ledgerOf(entry).moves) {
    const isOffered = offered.some(({ action }) => action.startsWith(`${move.word} `));
    if (move.asksOthers && isOffered && !(await isLetBy(asking, move, entry))) refused.push(move.word);
  }
  return offered.filter(({ action }) => !refused.some((word) => action.startsWith(`${word} `)));
}

async function isLetBy(asking: Asking, move: Move, entry: Entry): Promise<boolean> {
  try {
    await move.learn?.(lookingOnly(asking), situationOf(asking, asking.person, entry), {});
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

const hasFiles = ({ entries }: Asking, entry: Entry): boolean =>
  filesIn(entries.ledgerOf(entry), entries.read(entry)).length > 0;

/** Files and paper forms do not go through the chat. */
const pageOf = ({ ref }: Entry): Action => ({ action: openLine(ref), label: '文件与下载' });

/** Several entries, each with what can be done with it. */
const inShort = (asking: Asking, entries: readonly Entry[]): Content => ({
  kind: 'notice',
  title: `${entries.length} 个事项`,
  tone: 'plain',
  sections: entries.map((entry) => entrySection(asking, entry)),
  actions: [],
  refresh: showLine(...entries.map(({ ref }) => ref)),
  isView: true,
});

async function parts(asking: Asking, entry: Entry): Promise<Section[]> {
  const below = await asking.entries.list({ parentId: entry.id }, { skip: 0, take: PARTS_SHOWN + 1 });
  const sections = below.slice(0, PARTS_SHOWN).map((part) => entrySection(asking, part, 0));
  if (below.length <= PARTS_SHOWN) return sections;
  return [...sections, { lines: [`… 其余请发送「台账 ${entry.ref}」查看`] }];
}

async function history(asking: Asking, entry: Entry): Promise<Section> {
  const records = await asking.entries.history(entry);
  const shown = records.slice(-STEPS_SHOWN);
  const left = records.length - shown.length;
  const lines = shown.map((record) => step(asking, entry, record));
  return { heading: '办理过程', lines: left > 0 ? [`… 此前另有 ${left} 步`, ...lines] : lines };
}

/** Steps that nobody's word has taken. */
const OTHER_STEPS: Readonly<Record<string, string>> = {
  [ADD_FILE]: '补充佐证',
  [PASSED_ON]: '交接',
  [RECUSED]: '回避调整',
  route: '转请受理',
  'change-by-table': '表格更改',
  'closed-by-parts': '所属各项均已销号',
  'progressing-by-parts': '所属事项在办',
  'unassigned-by-parts': '所属措施均已作废',
  'opened-by-parts': '所属问题均已作废',
};

/** What the step is called in the history. */
export function stepWord({ name: ledger, moves }: Ledger, action: string): string {
  const name = action.slice(ledger.length + 1);
  return moves.find((move) => move.name === name)?.word ?? OTHER_STEPS[name] ?? '登记';
}

function step(asking: Asking, entry: Entry, record: HistoryRecord): string {
  const ledger = asking.entries.ledgerOf(entry);
  const at = asking.store.calendar.minuteOf(record.at).replace('T', ' ');
  const who = asking.directory.byId(record.actor)?.name ?? '系统';
  const word = stepWord(ledger, record.action);
  const note = record.isBroken ? DOES_NOT_OPEN : ledger.note?.(record, asking.person);
  return `${at} ${who} ${word}${note ? `：${note}` : ''}`;
}
