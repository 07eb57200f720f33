import type { Rules } from '../../../config/rules.ts';
import { type Book, badFile, letterOf } from './book.ts';
import { openParts, type Parts } from './parts.ts';
import { readSheet } from './read-sheet.ts';
import { readDateStyles, readSharedTexts } from './strings-and-styles.ts';
import { readXml, UNREADABLE } from './xml.ts';

interface Listed {
  name: string;
  isHidden: boolean;
  part: string;
}

/** So many cells with formulas are named. */
const NAMED = 8;

/**
 * What stands in the sheets of a .xlsx file. Of formulas the results are taken that the file keeps; nothing is reckoned, no
 * other file is looked at, and pictures, drawings and links are passed over. Hidden sheets are not read, hidden rows are.
 * @throws Refusal `invalid-input` for what is no such file, too large, or has macros or a password
 */
export async function readXlsx(bytes: Uint8Array, limits: Rules['import']): Promise<Book> {
  const parts = openParts(bytes, limits);
  const { listed, is1904 } = await listSheets(parts);
  const texts = await readSharedTexts(await parts.read('xl/sharedStrings.xml'), limits.maxCharacters + 1);
  const dateStyles = await readDateStyles(await parts.read('xl/styles.xml'));
  const book: Book = { sheets: [], notes: [] };
  for (const { name, isHidden, part } of listed) {
    if (isHidden) {
      book.notes.push(`工作表「${name}」是隐藏的，没有读入；需要导入的话，请取消隐藏后再试。`);
      continue;
    }
    const found = await parts.read(part);
    if (!found) continue;
    const around = { name, isHidden, texts, dateStyles, is1904, limits };
    const sheet = await readSheet(found, around);
    book.sheets.push(sheet);
    book.notes.push(...formulasIn(sheet));
  }
  return book;
}

function formulasIn({ name, rows }: Book['sheets'][number]): string[] {
  const cells = rows.flatMap(({ line, cells: inRow }) =>
    [...inRow].flatMap(([column, { isFormula }]) => (isFormula ? [`${letterOf(column)}${line}`] : [])),
  );
  if (cells.length === 0) return [];
  const named = `${cells.slice(0, NAMED).join('、')}${cells.length > NAMED ? ' 等' : ''}`;
  return [`工作表「${name}」有 ${cells.length} 个公式（${named}）：取文件里保存的结果，不作计算。`];
}

/** The sheets in the order in which they are shown, and where each stands in the file. */
async function listSheets(parts: Parts): Promise<{ listed: Listed[]; is1904: boolean }> {
  const workbook = await parts.read('xl/workbook.xml');
  const relations = await parts.read('xl/_rels/workbook.xml.rels');
  if (!workbook || !relations) throw badFile(UNREADABLE);
  const targets = new Map<string, string>();
  await readXml(relations, {
    open(tag, { Id = '', Target = '', TargetMode = '' }) {
      if (tag === 'Relationship' && TargetMode !== 'External') targets.set(Id, partAt(Target));
    },
    close() {},
    text() {},
  });
  const listed: Listed[] = [];
  let is1904 = false;
  await readXml(workbook, {
    open(tag, attributes) {
      if (tag === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => /(?:^|:)id$/.test(name))?.[1] ?? '';
      const isHidden = ['hidden', 'veryHidden'].includes(attributes.state ?? '');
      listed.push({ name: attributes.name ?? '', isHidden, part: targets.get(id) ?? '' });
    },
    close() {},
    text() {},
  });
  return { listed, is1904 };
}

const partAt = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
