import type { Action, Content, FormContent, NoticeContent, TableContent } from '../ledger/message.ts';
import { RESUME } from './dialogue/words.ts';
import { isFormWord } from './form-word.ts';

/** What one message of WeChat holds, in characters: our choice, under what it takes. */
const LONGEST = 2000;

/** What stands in a chat that knows nothing but text and pictures. */
export interface AsText {
  /** One or several messages, in order. */
  texts: string[];
  /** What is shown as QR codes behind them. */
  qrs: string[];
}

/** @param content of any kind; buttons stand as the words that do the same */
export function asText(content: Content): AsText {
  const qrs =
    content.kind === 'notice' ? content.sections.flatMap(({ qr }) => (qr === undefined ? [] : [qr])) : [];
  return { texts: inPieces(wording(content)), qrs };
}

function wording(content: Content): string {
  if (content.kind === 'text') return content.text;
  const body = bodyOf(content).filter((part) => part !== '');
  return body.length === 0 ? content.title : [`【${content.title}】`, ...body].join('\n');
}

function bodyOf(content: NoticeContent | FormContent | TableContent): string[] {
  if (content.kind === 'notice') return noticeBody(content);
  if (content.kind === 'table') return tableBody(content);
  return formBody(content);
}

const noticeBody = ({ sections, actions }: NoticeContent): string[] => [
  ...sections.flatMap(({ heading, lines, actions: own = [] }) => [heading ?? '', ...lines, ...buttons(own)]),
  ...buttons(actions),
];

const tableBody = ({ columns, rows, footer, actions }: TableContent): string[] => [
  ...rows.map((row) => row.map((cell, index) => `${columns[index] ?? ''}：${cell}`).join('；')),
  ...footer,
  ...buttons(actions),
];

/** Forms are asked question by question (bot/dialogue/): one that came this way all the same is taken up with a word. */
const formBody = ({ intro, fields }: FormContent): string[] => [
  ...intro,
  ...fields.map(({ label, required }) => `· ${label}${required ? '（必填）' : ''}`),
  `回复「${RESUME}」，一项一项填写。`,
];

/** What can be done here: words that say themselves what they do stand in one line. */
function buttons(actions: readonly Action[]): string[] {
  const [plain, others] = [actions.filter(saysItself), actions.filter((action) => !saysItself(action))];
  const words = plain.map(({ action }) => `「${typedWord(action)}」`);
  return [...(words.length > 0 ? [`回复${words.join('')}`] : []), ...others.map(explained)];
}

const saysItself = ({ action, label, url }: Action): boolean =>
  url === undefined && `${typedWord(action)} `.startsWith(`${label} `);

const explained = ({ action, label, url }: Action): string =>
  url === undefined ? `回复「${typedWord(action)}」：${label}` : `${label}：${url}`;

/** Nobody types the id of a form, the one that was opened last is meant; nor the version that a button was made for. */
const typedWord = (action: string): string => (isFormWord(action) ? RESUME : action.replace(/@\d+/gu, ''));

/** Cut between lines where that can be; a line that is too long by itself is cut where it must be. */
function inPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of text.split('\n').flatMap(cutLine)) {
    if (piece !== '' && piece.length + 1 + line.length > LONGEST) {
      pieces.push(piece);
      piece = line;
    } else piece = piece === '' ? line : `${piece}\n${line}`;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

function cutLine(line: string): string[] {
  const signs = [...line];
  const pieces: string[] = [];
  for (let from = 0; from === 0 || from < signs.length; from += LONGEST / 2)
    pieces.push(signs.slice(from, from + LONGEST / 2).join(''));
  return line.length <= LONGEST ? [line] : pieces;
}
