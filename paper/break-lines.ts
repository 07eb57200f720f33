/** How wide a text is. */
export type Measure = (text: string) => number;

/** May not begin a line; the character before goes with them. */
const CLOSING = /^[，。、；：！？）》」』】〉〕”’…—～·,.;:!?)\]}%℃]$/u;
/** May not end a line. */
const OPENING = /^[（《「『【〈〔“‘([{]$/u;
/** Words of Latin letters and numbers stay whole where they fit; everything else may be parted anywhere. */
const PIECES = /[\p{Script=Latin}\p{N}_@/.\-+]+|\P{M}\p{M}*|\p{M}/gu;

/**
 * Lines as Chinese is set: broken between any two characters, but no line begins with a closing mark or ends with an
 * opening one. Nothing is lost: the lines put together are the text, but for the line breaks that stand in it.
 */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  const pieces = (paragraph.match(PIECES) ?? []).flatMap((piece) =>
    measure(piece) > width ? [...piece] : [piece],
  );
  for (const piece of pieces) {
    const size = measure(piece);
    if (line.length > 0 && used + size > width) {
      const carried = carriedOver(line, piece);
      lines.push(line.join(''));
      line = carried;
      used = measure(line.join(''));
    }
    line.push(piece);
    used += size;
  }
  return [...lines, line.join('')];
}

/** Takes from the end of a line what has to stand on the next with the piece that follows; always leaves something. */
function carriedOver(line: string[], next: string): string[] {
  const carried: string[] = [];
  let first = next;
  while (line.length > 1 && carried.length < 4) {
    const last = line.at(-1) ?? '';
    if (!CLOSING.test(first) && !OPENING.test(last)) break;
    carried.unshift(last);
    line.pop();
    first = last;
  }
  return carried;
}
