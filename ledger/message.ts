/** What the bot says, before any platform has given it a shape. Text is plain text: no platform may read markup in it. */
export type Content = TextContent | NoticeContent | FormContent | TableContent;

export interface TextContent {
  kind: 'text';
  text: string;
}

/** A card: a title, paragraphs in sections, buttons. */
export interface NoticeContent {
  kind: 'notice';
  title: string;
  tone: Tone;
  sections: Section[];
  actions: Action[];
  /** The line that shows what the card is about as things now stand, for after one of its buttons was pressed. */
  refresh?: string;
  /** The card is what its line shows: it is kept so. Without it, its words were true when it was sent, and stay. */
  isView?: true;
  /** Number and state stand here for what must not stand in this chat: who asked for it is given a way to a page. */
  confidential?: true;
}

/** A part of a card about one thing, with the buttons for that thing beside it. */
export interface Section {
  heading?: string;
  lines: string[];
  /** Shown below the lines; whatever a platform cannot draw it shows as a table. */
  chart?: Chart;
  /** Shown as a QR code below the lines; they hold it as text too, for whatever cannot draw it. */
  qr?: string;
  actions?: Action[];
}

/** Figures over time or by kind, drawn as bars or lines. */
export interface Chart {
  shape: 'bars' | 'lines';
  title: string;
  /** What stands along the axis, such as weeks. */
  labels: string[];
  /** As many values as there are labels, each. */
  series: { name: string; values: number[] }[];
}

/** A form as it now stands: what was typed so far, and what is wrong with it. */
export interface FormContent {
  kind: 'form';
  title: string;
  intro: string[];
  fields: FormField[];
  actions: Action[];
}

export interface FormField {
  name: string;
  label: string;
  type: FieldType;
  required: boolean;
  hint?: string;
  /** For `select`, `multiselect`, `person` and `people`. */
  options?: FieldOption[];
  /** `multiselect` and `people`: a list; `checkbox`: a boolean; else text (`date` YYYY-MM-DD, `datetime` YYYY-MM-DDTHH:mm, bureau time). */
  value?: FieldValue;
  error?: string;
  /** Never folded away, though it may be left empty: whether it is needed depends on what is typed elsewhere. */
  open?: true;
}

export type FieldType =
  | 'text'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'select'
  | 'multiselect'
  | 'person'
  | 'people'
  | 'checkbox';
export type FieldValue = string | string[] | boolean;

export interface FieldOption {
  value: string;
  label: string;
}

export interface TableContent {
  kind: 'table';
  title: string;
  columns: string[];
  rows: string[][];
  /** Below the table: totals, what was left out. */
  footer: string[];
  actions: Action[];
  refresh?: string;
  isView?: true;
}

/** A button. Its `action` is a line that a person could have typed, so that buttons and words go one way. */
export interface Action {
  action: string;
  label: string;
  style?: 'primary' | 'danger';
  /** The button opens this address; the line stands for it where a platform cannot. */
  url?: string;
}

export type Tone = 'plain' | 'green' | 'yellow' | 'red';

export const text = (line: string): TextContent => ({ kind: 'text', text: line });

/** The line that shows one entry, or several. */
export const showLine = (...refs: readonly string[]): string => `${SHOW} ${refs.join(',')}`;
export const SHOW = '查看';

/** The line that gives a way to a page: for an entry, or for a form that was opened. */
export const openLine = (refOrForm: string): string => `${OPEN} ${refOrForm}`;
export const OPEN = '打开';
/** What is opened beside an entry: the list of them all, for those who keep it. */
export const WHOLE_LEDGER = '台账';
/** Where 整改台账 is imported and exported as a table. */
export const WORKBOOK = '表格';
/** 整改台账 as a table. */
export const ITEM_TABLE = '整改台账';

/** What stands for a message in one line. */
export const headline = (content: Content): string =>
  content.kind === 'text' ? content.text : content.title;
