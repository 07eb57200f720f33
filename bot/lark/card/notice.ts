import type { NoticeContent, Section, TextContent } from '../../../ledger/message.ts';
import { type ButtonRow, buttonRow, MORE_ACTIONS } from './button.ts';
import { foldedPanel, remark, rule, textBlock } from './element.ts';
import { type Card, frame } from './frame.ts';
import { type Measure, type PictureOf, sectionElements } from './section.ts';
import { MOST, Room, sizeOf } from './size.ts';
import { textCard } from './text.ts';

/** More sections than fit in any case: each has two elements at least. */
const MOST_SECTIONS = MOST.elements / 2;
/** From the ninth on, the sections of a long list are folded away together. */
const SECTIONS_UNFOLDED = 8;
/** One or two more are not worth folding. */
const SECTIONS_WITHOUT_FOLD = 10;
const BUTTONS_BELOW = 12;

const TEXTS = [
  { lines: 200, chars: 5000 },
  { lines: 100, chars: 2000 },
  { lines: 60, chars: 1000 },
  { lines: 40, chars: 500 },
  { lines: 20, chars: 200 },
  { lines: 8, chars: 80 },
];
/** Buttons of the sections in sight, and of the folded ones. */
const BUTTONS = [
  { first: 20, rest: 20 },
  { first: 20, rest: 2 },
  { first: 20, rest: 1 },
  { first: 5, rest: 1 },
  { first: 4, rest: 1 },
  { first: 3, rest: 1 },
  { first: 2, rest: 1 },
  { first: 1, rest: 1 },
];

type Text = (typeof TEXTS)[number];
type Buttons = (typeof BUTTONS)[number];

interface Layout {
  card: Card;
  /** Sections that found no room. */
  missing: number;
}

/** A notice: the most buttons and the longest texts with which all sections fit; where none do, the most sections. */
export function noticeCard(content: NoticeContent, pictureOf?: PictureOf): Card {
  if (content.sections.length === 0 && content.actions.length === 0) return textCard(wordsAlone(content));
  let best: Layout | undefined;
  for (const buttons of BUTTONS) {
    for (const text of TEXTS) {
      const layout = layOut(content, text, buttons, pictureOf);
      if (layout.missing === 0) return layout.card;
      if (!best || layout.missing < best.missing) best = layout;
    }
  }
  return best?.card ?? frame({ headline: content.title, title: content.title }, []);
}

/** A title with nothing below it is a sentence. */
const wordsAlone = ({ title }: NoticeContent): TextContent => ({ kind: 'text', text: title });

/** What a long card has beside its sections. */
const BESIDE = sizeOf([
  foldedPanel('其余 99999 项', []),
  remark('… 另有 99999 项未显示'),
  remark(MORE_ACTIONS),
]);

function layOut(content: NoticeContent, text: Text, buttons: Buttons, pictureOf?: PictureOf): Layout {
  const { title, tone, sections, actions } = content;
  const about = { headline: title, title, tone };
  const below = buttonRow(actions, BUTTONS_BELOW);
  const foot = below.elements.length > 0 ? [rule, ...below.elements] : [];
  const room = new Room(sizeOf(frame(about, foot)), BESIDE);
  const inSight = sections.length > SECTIONS_WITHOUT_FOLD ? SECTIONS_UNFOLDED : sections.length;
  const placed: ButtonRow[] = [];
  for (const [index, section] of sections.slice(0, MOST_SECTIONS).entries()) {
    const folded = index >= inSight;
    const measure: Measure = {
      ...text,
      buttons: folded ? buttons.rest : buttons.first,
      drawn: !folded,
      folding: index > 0 && !folded && sections.length > 2,
    };
    const next = place(section, { measure, pictureOf, parted: index > 0 && !folded }, room);
    if (!next) break;
    placed.push(next);
  }
  const missing = sections.length - placed.length;
  const left = placed.reduce((sum, each) => sum + each.left, below.left);
  const rest = placed.slice(inSight).flatMap(({ elements }) => elements);
  const elements = [
    ...placed.slice(0, inSight).flatMap((each) => each.elements),
    ...(rest.length > 0 ? [foldedPanel(`其余 ${placed.length - inSight} 项`, rest)] : []),
    ...(missing > 0 ? [remark(`… 另有 ${missing} 项未显示`)] : []),
    ...(left > 0 ? [remark(MORE_ACTIONS)] : []),
    ...foot,
  ];
  return { card: frame(about, elements.length > 0 ? elements : [textBlock('（没有内容）')]), missing };
}

interface Placing {
  measure: Measure;
  pictureOf: PictureOf | undefined;
  parted: boolean;
}

/** The section where there is room for it: with its chart and QR code drawn, or else with words alone. */
function place(section: Section, { measure, pictureOf, parted }: Placing, room: Room): ButtonRow | undefined {
  const isDrawable = section.chart !== undefined || section.qr !== undefined;
  for (const drawn of measure.drawn && isDrawable ? [true, false] : [measure.drawn]) {
    const { elements, left } = sectionElements(section, { ...measure, drawn }, pictureOf);
    const apart = parted && elements.length > 0 ? [rule, ...elements] : elements;
    if (room.take(apart)) return { elements: apart, left };
  }
  return undefined;
}
