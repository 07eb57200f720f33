/** A form of the bureau as it stands on paper, before Word or PDF has given it a shape. */
export interface PaperForm {
  title: string;
  /** The line between the title and the table: what stands at its left and at its right. */
  head: readonly [string, string];
  rows: readonly FormRow[];
  /** Below the table. */
  notes: readonly string[];
  /** Shown as text and as a QR code at the foot. */
  receipt?: string;
  /** Stands on every page, so that pages which fall apart are found together again. */
  mark: string;
  /** When what it says last changed; the file says no other time. */
  asOf: Date;
}

/** One, two or three cells that share the width of the page. */
export type FormRow = readonly FormCell[];

export interface FormCell {
  label: string;
  blocks: readonly Block[];
  /** Room for so many lines even where less is said: it is filled in by hand. */
  minLines?: number;
}

export type Block = TextBlock | ChoicesBlock | SignatureBlock;

export interface TextBlock {
  kind: 'text';
  text: string;
}

/** Every option, ticked or not, as one ticks them by hand. */
export interface ChoicesBlock {
  kind: 'choices';
  choices: readonly { label: string; ticked: boolean }[];
}

/** A line to be signed and dated by hand. */
export interface SignatureBlock {
  kind: 'signature';
  who: string;
}

export const TICKED = '☑';
export const UNTICKED = '☐';

export const tickOf = ({ ticked }: { ticked: boolean }): string => (ticked ? TICKED : UNTICKED);

/** What is signed: the blanks are as wide as a name and a date written by hand. */
export const signatureLine = (who: string): string => `${who}（签名）：${'　'.repeat(8)}年　　月　　日`;

/** What stands before the text of a receipt. */
export const RECEIPT_LABEL = '回执：';

/**
 * Text as paper can bear it: without control characters, which no XML may hold, and without the marks that turn the
 * direction of writing, by which a text would show other than it is.
 */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replace(/\t/gu, '  ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '');
