import { type Action, SHOW } from '../../../ledger/message.ts';
import { type Element, plainText } from './element.ts';
import { buttonValue } from './pressed.ts';
import { cut, shown } from './shown-text.ts';

const LABEL_CHARS = 24;
/** A longer line is none of the house's: a button that carried half of it would do something else. */
const LINE_BYTES = 600;

export const canStandOnButton = ({ action }: Action): boolean =>
  action !== '' && action.length <= LINE_BYTES && Buffer.byteLength(JSON.stringify(action)) <= LINE_BYTES;

/** @param more what a form adds: the button's name and what it does to the form */
export function button(
  action: Action,
  more: { name?: string; form_action_type?: 'submit' } = {},
  kept: readonly string[] = [],
): Element {
  const label = shown(cut(action.label, LABEL_CHARS)).trim() || shown(cut(action.action, LABEL_CHARS));
  return {
    tag: 'button',
    ...more,
    text: plainText(label),
    type: action.style ?? 'default',
    ...(action.style === 'danger' && {
      confirm: { title: plainText('请确认'), text: plainText(`确认${label}？`) },
    }),
    behaviors: [
      action.url === undefined
        ? { type: 'callback', value: buttonValue(action.action, kept) }
        : { type: 'open_url', default_url: action.url },
    ],
  };
}

/** Buttons beside each other; where a screen is narrow, they go on in the next line. */
export function row(buttons: readonly Element[]): Element[] {
  if (buttons.length < 2) return [...buttons];
  return [
    {
      tag: 'column_set',
      flex_mode: 'flow',
      background_style: 'default',
      horizontal_spacing: '8px',
      columns: buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [one] })),
    },
  ];
}

/** The way into the thing itself stays; where there is none, no choice among equals is made for the reader. */
function shortened(actions: readonly Action[], most: number): Action[] {
  const last = actions.at(-1);
  if (!last?.action.startsWith(SHOW)) return [];
  return [...actions.slice(0, Math.max(most - 1, 0)), last];
}

export interface ButtonRow {
  elements: Element[];
  /** Actions that have no button. */
  left: number;
}

/** Stands below a card of which some buttons are missing. */
export const MORE_ACTIONS = '还有一些操作没有列出按钮：可发送「查看 编号」打开单项，或直接发送文字办理。';

/** At most so many of the actions in a row; of a section that is one of many, rather none than the wrong ones. */
export function buttonRow(actions: readonly Action[], most: number, ofSection = false): ButtonRow {
  const possible = actions.filter(canStandOnButton);
  const shownOnes =
    possible.length <= most ? possible : ofSection ? shortened(possible, most) : possible.slice(0, most);
  return {
    elements: row(shownOnes.map((action) => button(action))),
    left: actions.length - shownOnes.length,
  };
}
