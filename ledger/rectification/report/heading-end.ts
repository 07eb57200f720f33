import { boundaryAt } from './boundary.ts';
import type { FoldedText } from './folded-text.ts';
import type { Head } from './head.ts';

const behind =
  /。|(?:一是|第一[,、:]|其一|\( ?1 ?\)|⑴|①|1\)|【?(?:整改(?:工作|落实)?(?:措施|情况|进展)|(?:具体|主要)表现)[:】])/g;

/** Where a problem's heading ends: by its wording, else at the first full stop, first measure or label, or line end. */
export function headingEnd(text: FoldedText, head: Head, quoted: Uint8Array): number {
  if (head.wordsEnd !== undefined) return head.wordsEnd;
  for (const found of text.folded.slice(head.contentStart, head.lineEnd).matchAll(behind)) {
    const at = head.contentStart + found.index;
    if (quoted[at]) continue;
    if (found[0] === '。') return at + 1;
    if (found.index > 0 && boundaryAt(text.folded, at) !== undefined) return at;
  }
  return head.lineEnd;
}
