import type { Action } from '../ledger/message.ts';

export interface Page {
  /** From 1. */
  number: number;
  /** What was typed beside the page. */
  rest: string;
}

/** 「… 第2页」 → page 2 of what stands before. */
export function readPage(typed: string): Page {
  const page = /第\s*(\d{1,4})\s*页\s*$/u.exec(typed.normalize('NFKC'));
  if (!page) return { number: 1, rest: typed.trim() };
  return { number: Math.max(1, Number(page[1])), rest: typed.normalize('NFKC').slice(0, page.index).trim() };
}

/** The buttons to the pages before and after, where there are any. */
export function pageActions(line: string, page: number, pages: number): Action[] {
  const to = (number: number, label: string) => ({ action: `${line} 第${number}页`, label });
  return [...(page > 1 ? [to(page - 1, '上一页')] : []), ...(page < pages ? [to(page + 1, '下一页')] : [])];
}
