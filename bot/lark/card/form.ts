import type { Action, FormContent, FormField } from '../../../ledger/message.ts';
import { button, canStandOnButton, row } from './button.ts';
import { OPTION_ROOMS, type Options, offeredOptions } from './choices.ts';
import { type Control, type ControlMeasure, controlOf, markedLabel } from './control.ts';
import { type Element, type Look, remark, textBlock } from './element.ts';
import { type Card, frame } from './frame.ts';
import { noticeCard } from './notice.ts';
import { cut, cutLines } from './shown-text.ts';
import { fits, sizeOf } from './size.ts';

export interface CardContext {
  /** The person's open_id, where he has an account here. */
  openIdOf(personId: string): string | undefined;
  /** What the platform calls the picture of the QR code for that text, where it has one; absent where it has none at all. */
  pictureOf?(text: string): string | undefined;
}

interface Measure extends ControlMeasure {
  intro: { lines: number; chars: number };
  hint: number;
  error: number;
}

/** Most first. */
const MEASURES: readonly Measure[] = [
  {
    intro: { lines: 12, chars: 600 },
    label: 200,
    hint: 300,
    error: 300,
    value: 1000,
    preview: 200,
    choices: 600,
  },
  {
    intro: { lines: 8, chars: 300 },
    label: 100,
    hint: 120,
    error: 150,
    value: 500,
    preview: 150,
    choices: 400,
  },
  { intro: { lines: 6, chars: 200 }, label: 80, hint: 80, error: 100, value: 200, preview: 80, choices: 200 },
  { intro: { lines: 4, chars: 100 }, label: 60, hint: 40, error: 60, value: 60, preview: 40, choices: 100 },
  { intro: { lines: 2, chars: 60 }, label: 40, hint: 20, error: 40, value: 0, preview: 16, choices: 40 },
];
/** How many pieces of text a field has above it: apart; all but the error in one; all in one. */
const JOININGS = ['apart', 'error apart', 'one'] as const;
type Joining = (typeof JOININGS)[number];

const MOST_BUTTONS = 5;

/**
 * A form to be filled in. Where it is too much for a card, texts are shortened first, then long values are left to the draft
 * and only shown, and at last choices are asked for in words: no field is lost.
 */
export function formCard(form: FormContent, context: CardContext): Card {
  const actions = form.actions.filter(canStandOnButton).slice(0, MOST_BUTTONS);
  if (actions.length === 0) return closedForm(form);
  let card: Card | undefined;
  for (const room of OPTION_ROOMS) {
    const options = offeredOptions(form.fields, (personId) => context.openIdOf(personId), room);
    for (const joining of JOININGS) {
      for (const measure of MEASURES) {
        card = layOut(form, actions, { options, joining, measure });
        if (fits(sizeOf(card))) return card;
      }
    }
  }
  return card ?? closedForm(form);
}

interface Manner {
  options: ReadonlyMap<FormField, Options | undefined>;
  joining: Joining;
  measure: Measure;
}

function layOut(form: FormContent, actions: readonly Action[], manner: Manner): Card {
  const { options, joining, measure } = manner;
  const fields = neededFirst(form.fields).map((field) => {
    const control = controlOf(field, options.get(field), measure);
    return { field, control, elements: [...saidAbove(field, control, joining, measure), control.element] };
  });
  const kept = fields.filter(({ control }) => control.kept).map(({ field }) => field.name);
  const intro = cutLines(form.intro, measure.intro).join('\n');
  return frame({ headline: form.title, title: form.title }, [
    ...(intro.trim() === '' ? [] : [textBlock(intro)]),
    {
      tag: 'form',
      name: 'form',
      elements: [...fields.flatMap(({ elements }) => elements), ...formButtons(actions, kept)],
    },
  ]);
}

/** Whoever is in a hurry finds what has to be filled in together, and what has to be mended with it. */
function neededFirst(fields: readonly FormField[]): FormField[] {
  const isNeeded = ({ required, error }: FormField) => required || error !== undefined;
  return [...fields.filter(isNeeded), ...fields.filter((field) => !isNeeded(field))];
}

/** The primary ones send the form; if none is, the first one does, since the platform wants one that does. */
function formButtons(actions: readonly Action[], kept: readonly string[]): Element[] {
  const sends = actions.some(({ style }) => style === 'primary')
    ? ({ style }: Action) => style === 'primary'
    : (action: Action) => action === actions[0];
  const buttons = actions.map((action, index) =>
    sends(action)
      ? button(action, { name: `button_${index}`, form_action_type: 'submit' }, kept)
      : button(action, { name: `button_${index}` }),
  );
  return row(buttons);
}

/** Label, error, hint, and what is to be said about the control. A checker carries its label itself. */
function saidAbove(field: FormField, control: Control, joining: Joining, measure: Measure): Element[] {
  const label = field.type === 'checkbox' ? '' : markedLabel(field, measure);
  const error = cut(field.error ?? '', measure.error);
  const hints = [cut(field.hint ?? '', measure.hint), ...control.remarks];
  const red: Look = { text_color: 'red' };
  if (joining === 'apart')
    return [
      ...block([label], {}),
      ...block([error], red),
      ...hints.filter((hint) => hint.trim() !== '').map((hint) => remark(hint)),
    ];
  if (joining === 'error apart') return [...block([label, ...hints], {}), ...block([error], red)];
  return block([label, error, ...hints], error.trim() === '' ? {} : red);
}

function block(pieces: readonly string[], look: Look): Element[] {
  const said = pieces.filter((piece) => piece.trim() !== '').join('\n');
  return said === '' ? [] : [textBlock(said, look)];
}

/** A form without buttons can only be read. */
function closedForm({ title, intro, fields }: FormContent): Card {
  const answers = fields.map((field) => `${field.label}：${answerIn(field) || '（未填写）'}`);
  return noticeCard({
    kind: 'notice',
    title,
    tone: 'plain',
    sections: [{ lines: intro }, { lines: answers }],
    actions: [],
  });
}

function answerIn({ value, options }: FormField): string {
  if (typeof value === 'boolean') return value ? '是' : '';
  const values = [value ?? []].flat();
  return values.map((each) => options?.find((option) => option.value === each)?.label ?? each).join('、');
}
