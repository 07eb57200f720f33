import { isSummaryShown, SUPERVISION_WORD } from '../handlers/weekly-supervision.ts';
import { DIGEST_WORD } from '../ledger/digest-card.ts';
import type { Person } from '../ledger/directory.ts';
import { readPerson } from '../ledger/directory.ts';
import { entriesFor, refsAmong } from '../ledger/entry.ts';
import { asOne } from '../ledger/gathered.ts';
import { actionsOf, refsIn, targetsIn, wordsOf } from '../ledger/held-card.ts';
import {
  type Action,
  type Content,
  type NoticeContent,
  type Section,
  SHOW,
  showLine,
} from '../ledger/message.ts';
import { contentOf, keptOf, type OutboxRow } from '../ledger/outbox.ts';
import { isStateName, stateLabel } from '../ledger/state-label.ts';
import type { Store } from '../ledger/store.ts';
import { UNPROMPTED } from '../ledger/unprompted.ts';
import { travelsByPage } from './travel.ts';

/**
 * What the message says on this platform. Where contents do not travel by the chat, what nobody asked for is told by number
 * and state: who asks for more gets it as whoever asks there does. An answer was put into words for where it goes.
 */
export async function contentFor(store: Store, row: OutboxRow, platform: string): Promise<Content> {
  if (row.platform !== null || !travelsByPage(store.rules, platform)) return contentOf(store, row);
  const kept = keptOf(store, row);
  const said = kept.kind === 'gathered' ? kept.parts.map(({ content }) => content) : [kept];
  const reader = await readPerson(store.database.rows, row.personId);
  const states = await statesOf(store, reader, said);
  const words = reader ? await wordsFor(store, row, reader) : new Map<string, string>();
  // What a job says has a title of the house's own; a view that is sent anew may bear what somebody typed.
  const telling = { store, states, isTitled: row.job !== null, words };
  if (kept.kind !== 'gathered') return byNumber(telling, kept);
  const parts = kept.parts.map((part) => ({ ...part, content: byNumber(telling, part.content) }));
  return asOne({ ...kept, parts });
}

interface Telling {
  store: Store;
  /** Of each entry that the receiver may see now, what its state is called to him. */
  states: ReadonlyMap<string, string>;
  isTitled: boolean;
  /** Of messages by the beginnings of their titles: the word by which their receiver gets all of it. */
  words: ReadonlyMap<string, string>;
}

/** By its title, the word that shows all of it to this reader. */
async function wordsFor(
  store: Store,
  { job, notBefore }: OutboxRow,
  reader: Person,
): Promise<ReadonlyMap<string, string>> {
  if (job === null) return new Map();
  const isShown = await isSummaryShown(store, reader, store.calendar.dateOf(notBefore));
  return new Map([
    [UNPROMPTED['leaders-digest'].title, DIGEST_WORD],
    [UNPROMPTED['weekly-card'].title, SUPERVISION_WORD],
    ...(isShown ? [[UNPROMPTED['weekly-summary'].title, SUPERVISION_WORD] as const] : []),
  ]);
}

async function statesOf(
  store: Store,
  reader: Person | undefined,
  said: readonly Content[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = store.database;
  const refs = [...new Set(said.flatMap(refsAnywhere))];
  if (!reader || refs.length === 0) return new Map();
  const entries = entriesFor(store, rows, reader);
  const found = await entries.list({ refs });
  return new Map(found.map((entry) => [entry.ref, stateLabel(entries.ledgerOf(entry), entry, reader)]));
}

/** By its buttons, and wherever in its words: what is no entry's has no state. */
function refsAnywhere(content: Content): string[] {
  const words = content.kind === 'notice' ? content.sections.flatMap(wordsOf) : [];
  return [...refsIn(content), ...words.flatMap(refsAmong)];
}

const HERE = '主动发到这里的消息不带内容';
/** In place of whatever has no title of the house's own. */
const SOMETHING = '有一条消息请您查看';

/** The message without what it says: its title, which is the house's own, numbers with their states, and its buttons. */
function byNumber(telling: Telling, content: Content): NoticeContent {
  const isTitled = content.kind === 'notice' && (telling.isTitled || !content.isView);
  const sections = content.kind === 'notice' ? content.sections : [];
  const told = sections.flatMap((section) => toldOf(telling, section));
  const named = new Set(told.flatMap(({ refs }) => refs));
  const rest = refsIn(content).filter((ref) => telling.states.has(ref) && !named.has(ref));
  const above = new Set(told.flatMap(({ section }) => (section.actions ?? []).map(({ action }) => action)));
  const below = (content.kind === 'text' ? [] : harmless(telling, content.actions)).filter(
    ({ action }) => !above.has(action),
  );
  const shown: Section[] = [
    ...told.map(({ section }) => section),
    ...(rest.length > 0 ? [withStates(telling, rest, [])] : []),
  ];
  const kept: NoticeContent = {
    kind: 'notice',
    title: isTitled ? content.title : SOMETHING,
    tone: content.kind === 'notice' ? content.tone : 'plain',
    sections: shown,
    actions: below,
  };
  return {
    ...kept,
    sections: [...shown, { lines: [hintFor(kept, telling.words.get(kept.title.replace(/（.*$/u, '')))] }],
  };
}

function hintFor(content: NoticeContent, word: string | undefined): string {
  if (word !== undefined) return `${HERE}，请发送「${word}」查看。`;
  const actions = actionsOf(content);
  if (actions.some(({ action }) => action.startsWith(SHOW))) return `${HERE}，请发送「${SHOW} <编号>」查看。`;
  return actions.length > 0 ? `${HERE}，请用下面的词查看。` : `${HERE}，请到其他平台查看，或询问系统管理员。`;
}

interface Told {
  section: Section;
  refs: string[];
}

/** The head of the chain is a number that is to be given out. */
const isHead = (line: string): boolean => /^([0-9a-f]{4} ){7}[0-9a-f]{4}$/u.test(line);

function toldOf(telling: Telling, section: Section): Told[] {
  const actions = harmless(telling, section.actions ?? []);
  const byButton = actions.flatMap(({ action }) => targetsIn(action).map(({ ref }) => ref));
  const refs = [...new Set([...byButton, ...wordsOf(section).flatMap(refsAmong)])].filter((ref) =>
    telling.states.has(ref),
  );
  if (refs.length > 0) return [{ section: withStates(telling, refs, actions), refs }];
  const heads = section.lines.filter(isHead);
  if (heads.length > 0) return [{ section: { heading: '存证链首', lines: heads }, refs }];
  return actions.length > 0 ? [{ section: { lines: [], actions }, refs }] : [];
}

function withStates({ states }: Telling, refs: readonly string[], actions: readonly Action[]): Section {
  const isShown = actions.some(({ action }) => action.startsWith(SHOW));
  return {
    lines: refs.map((ref) => `${ref}「${states.get(ref) ?? ''}」`),
    actions: [...actions, ...(isShown ? [] : [{ action: showLine(...refs), label: SHOW }])],
  };
}

/** The buttons whose lines say nothing but a word and what it is for; what stands on them is made anew. */
const harmless = (telling: Telling, actions: readonly Action[]): Action[] =>
  actions.flatMap(({ action, style }) => {
    const [word = '', ...rest] = action.split(/\s+/u);
    const aside = rest.filter((part) => !isTargets(telling, part));
    if (!aside.every((part) => isFixed(telling, part))) return [];
    return [{ action, label: [word, ...aside].join(' '), ...(style && { style }) }];
  });

const isTargets = ({ states }: Telling, part: string): boolean => {
  const targets = targetsIn(`${SHOW} ${part}`);
  return targets.length > 0 && targets.every(({ ref }) => states.has(ref));
};

const FIXED: ReadonlySet<string> = new Set(['全部', '逾期', '无', '有']);

/** A word of the house's own, or a period. */
const isFixed = ({ store }: Telling, part: string): boolean =>
  FIXED.has(part) || /^\d{4}-(?:\d{2}|Q\d)$/u.test(part) || isStateName(store.ledgers, part);
