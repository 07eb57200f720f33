import type { Content } from '../../ledger/message.ts';

/** What is said behind a content, as its last line. */
export function saidBehind(content: Content, line: string | undefined): Content {
  if (line === undefined) return content;
  switch (content.kind) {
    case 'text':
      return { ...content, text: `${content.text}\n${line}` };
    case 'notice':
      return { ...content, sections: [...content.sections, { lines: [line] }] };
    case 'table':
      return { ...content, footer: [...content.footer, line] };
    case 'form':
      return content;
  }
}
