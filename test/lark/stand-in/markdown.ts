/** Markup of a card's text that does something: mentions, links, pictures, colours, headings, emphasis. */
export interface Markup {
  /** Ids that are mentioned; `all` for everybody. */
  mentions: string[];
  /** Addresses that can be pressed. */
  links: string[];
  /** Keys of pictures. */
  images: string[];
  /** Whether anything else is formatted: bold, a heading, a list, a colour, a table, code. */
  isFormatted: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  colon: ':',
};
const MENTION = /<at\s+(?:ids?|user_id|email)\s*=\s*["']?([^"'\s>]+)["']?[^>]*>(?:[^<]*<\/at>)?/gi;
const PERSON = /<person\s+id\s*=\s*["']?([^"'\s>]+)["']?[^>]*>(?:<\/person>)?/gi;
const IMAGE = /!\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g;
const LINK = /\[([^\]]*)\]\(((?:https?|lark|mailto):[^)\s]*)[^)]*\)/gi;
const LINK_TAG = /<(?:link|a)\s[^>]*?(?:url|href)\s*=\s*["']?([^"'\s>]*)[^>]*>/gi;
const BARE_LINK = /\bhttps?:\/\/[^\s<>()]+/gi;
const TAGS =
  /<\/?(?:font|link|a|text_tag|number_tag|local_datetime|raw|b|i|u|s|strong|em|del|code)(?:\s[^>]*)?>/gi;
const FORMATS: readonly RegExp[] = [
  /^ {0,3}#{1,6}\s/m,
  /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/m,
  /^ {0,3}>/m,
  /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/m,
  /(\*\*|__|~~|\*|_|`)(?=\S)[^\n]*?\S\1/,
  /^\s*\|.*\|\s*\n\s*\|?\s*:?-+/m,
  /<(?:font|text_tag|number_tag|hr|br|b|i|u|s|strong|em|del|code|raw)\b[^>]*>/i,
  /^```/m,
];

/** A backslash before punctuation takes its meaning away, as the character's own number does. */
const withoutEscapes = (source: string): string =>
  source.replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => `&#${character.charCodeAt(0)};`);

/** What does something in a text that is read as markdown. */
export function markupOf(source: string): Markup {
  const text = withoutEscapes(source);
  const found = (pattern: RegExp, group: number) =>
    [...text.matchAll(pattern)].map((each) => each[group] ?? '');
  const bare = found(BARE_LINK, 0);
  return {
    mentions: [...found(MENTION, 1), ...found(PERSON, 1)].flatMap((ids) => ids.split(',')),
    links: [...new Set([...found(LINK, 2), ...found(LINK_TAG, 1), ...bare])],
    images: found(IMAGE, 2),
    isFormatted: FORMATS.some((pattern) => pattern.test(text)),
  };
}

/** The text that a person reads: markup done, entities resolved. */
export function shownMarkdown(source: string, names?: (openId: string) => string | undefined): string {
  const called = (id: string) => (id === 'all' ? '@所有人' : `@${names?.(id) ?? id}`);
  const plain = withoutEscapes(source)
    .replace(/<br\s*\/?>|<hr\s*\/?>/gi, '\n')
    .replace(MENTION, (_, id: string) => called(id))
    .replace(PERSON, (_, id: string) => called(id))
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(TAGS, '')
    .replace(/^ {0,3}#{1,6}\s+/gm, '')
    .replace(/(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\w*])(\*|_)(?=\S)([^\n*_]*?\S)\1(?![\w*])/g, '$2')
    .replace(/`([^`\n]+)`/g, '$1');
  return plain.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, number?: string, name?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (number) return String.fromCodePoint(Number(number));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );
}
