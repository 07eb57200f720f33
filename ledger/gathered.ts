import type { CalendarDate } from './calendar.ts';
import { type Content, headline, type NoticeContent, type Section, type Tone } from './message.ts';

/** Several messages to one person that go out as one. What each of them said is kept as it was said. */
export interface Gathered {
  kind: 'gathered';
  parts: Part[];
}

export interface Part {
  /** Days that its words count are counted from then. */
  saidOn: CalendarDate;
  content: Content;
}

/** More make a message that nobody reads to its end. */
const MOST_PARTS = 10;
/** Of one message in a gathered one; more are counted, not shown. */
const SECTIONS_SHOWN = 20;
/** Those that stood below one message. All others can be typed. */
const BUTTONS_KEPT = 3;

/** Whether the message can stand among others. */
export const canBeGathered = (content: Content): boolean =>
  content.kind === 'text' || (content.kind === 'notice' && !content.confidential);

export const hasRoom = ({ parts }: Gathered): boolean => parts.length < MOST_PARTS;

/** As it is sent: a heading for each message with the day on which it was said, in the order of saying. */
export function asOne({ parts }: Gathered): NoticeContent {
  const [first] = parts;
  return {
    kind: 'notice',
    title: parts.length === 1 && first ? headline(first.content) : `合并提醒（${parts.length} 条）`,
    tone: gravest(parts.map(({ content }) => (content.kind === 'notice' ? content.tone : 'plain'))),
    sections: [
      { lines: ['为少打扰，提醒每周有条数上限，超出的延后合并。文中天数以标明的日期为准。'] },
      ...parts.flatMap(sectionsOf),
    ],
    actions: [],
  };
}

const TONES = ['red', 'yellow', 'green', 'plain'] as const satisfies readonly Tone[];

const gravest = (tones: readonly Tone[]): Tone => TONES.find((tone) => tones.includes(tone)) ?? 'plain';

function sectionsOf({ saidOn, content }: Part): Section[] {
  const heading = `${saidOn} ${headline(content)}`;
  if (content.kind !== 'notice') return [{ heading, lines: [] }];
  const rest = content.sections.length - SECTIONS_SHOWN;
  const [first, ...others] = content.sections.slice(0, SECTIONS_SHOWN);
  const begins = first && first.heading === undefined ? first : undefined;
  const actions = [...(begins?.actions ?? []), ...content.actions.slice(0, BUTTONS_KEPT)];
  return [
    { ...begins, heading, lines: begins?.lines ?? [], ...(actions.length > 0 && { actions }) },
    ...(begins || !first ? others : [first, ...others]),
    ...(rest > 0 ? [{ lines: [`… 另有 ${rest} 项`] }] : []),
  ];
}
