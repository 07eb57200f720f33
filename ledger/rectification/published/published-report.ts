import { createHash } from 'node:crypto';
import type { CalendarDate } from '../../calendar.ts';

/** 关于…整改进展情况的通报, in the parts in which it is printed: nothing that is not public stands in it. */
export interface PublishedReport {
  title: string;
  /** Who publishes it. */
  issuer: string;
  opening: string;
  sections: ReportSection[];
  /** How the public reaches the bureau; absent where no way is set. */
  contact?: string;
  /** The day up to which the ledger was read. */
  asOf: CalendarDate;
}

export interface ReportSection {
  heading: string;
  paragraphs: ReportParagraph[];
}

export interface ReportParagraph {
  /** A heading of its own, such as a problem's. */
  heading?: string;
  text: string;
}

/** What was let go out as final is known again by this: every word and its date. */
export const reportDigest = (report: PublishedReport): string =>
  createHash('sha256').update(JSON.stringify(report)).digest('hex');

/** 身份证号 and telephone numbers as people write them. */
const PRIVATE = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/gu;

/** How many numbers stand in it that look like somebody's own: who signs it off looks for them. */
export const privateNumbers = ({ sections }: PublishedReport): number =>
  sections
    .flatMap(({ paragraphs }) => paragraphs)
    .reduce((count, { text }) => count + (text.match(PRIVATE)?.length ?? 0), 0);
