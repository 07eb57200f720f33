import { inflateRawSync } from 'node:zlib';
import type { Calendar, CalendarDate } from './calendar.ts';
import { photographedOn } from './photo-date.ts';
import { packedEntry, zipEntries } from './unpacked-size.ts';

/** What a clock says that was never set: nothing older is believed. */
const OLDEST = '1990-01-01';
/** The part of an office document that has its dates is smaller by far. */
const LARGEST_PART = 64 * 1024;
/** Places that are looked at in one PDF: each saved version and each note adds some. */
const MOST_PLACES = 5000;

/**
 * The date that a document has of itself: when it was last changed, or when a photograph was taken. It is what the document says,
 * which anybody can write; nothing more is read of it.
 * @param type its media type, by its content
 * @returns a date of the bureau's calendar; `undefined` where the document names none that can be believed
 */
export function documentDate(bytes: Uint8Array, type: string, calendar: Calendar): CalendarDate | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latest = datesIn(buffer, type, calendar)
    .filter((on) => on >= OLDEST && isDay(on))
    .sort()
    .at(-1);
  return latest;
}

/** 30 February is none, though a clock may say so. */
function isDay(on: string): boolean {
  const at = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(on);
}

function datesIn(buffer: Buffer, type: string, calendar: Calendar): CalendarDate[] {
  try {
    if (type === 'application/pdf') return pdfDates(buffer, calendar);
    if (type === 'image/jpeg') return [photographedOn(buffer) ?? ''];
    return type.includes('openxmlformats') ? officeDates(buffer, calendar) : [];
  } catch {
    // A document that is cut short or lies about its parts names no date.
    return [];
  }
}

/** .docx, .xlsx, .pptx: `dcterms:created` and `dcterms:modified` in docProps/core.xml. */
function officeDates(buffer: Buffer, calendar: Calendar): CalendarDate[] {
  const part = zipEntries(buffer)?.find(({ name }) => name === 'docProps/core.xml');
  if (!part || part.unpacked > LARGEST_PART) return [];
  const { packed, isStored } = packedEntry(buffer, part);
  const xml = isStored ? packed : inflateRawSync(packed, { maxOutputLength: LARGEST_PART });
  const dates = xml.toString('utf8').matchAll(/<(?:\w+:)?(?:created|modified)\b[^>]*>\s*([^<\s]{8,40})\s*</g);
  return [...dates].flatMap(([, said = '']) => isoDate(said, calendar) ?? []);
}

const PDF_DATE = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(?:(\d\d)'?)?)?/;
const XMP_DATE = /^(?:\s*=\s*["']|>)\s*([\d:T.Z+-]{8,40})/;

/** Every date that stands readable in it: of each version that was saved, of notes in it, of its XMP packet. */
function pdfDates(buffer: Buffer, calendar: Calendar): CalendarDate[] {
  const inXmp = ['xmp:CreateDate', 'xmp:ModifyDate'].flatMap((name) => behind(buffer, name));
  return [
    ...behind(buffer, '(D:').flatMap((text) => pdfDate(text, calendar) ?? []),
    ...inXmp.flatMap((text) => isoDate(XMP_DATE.exec(text)?.[1] ?? '', calendar) ?? []),
  ];
}

/** What stands behind each place where the name does. */
function behind(buffer: Buffer, name: string): string[] {
  const found: string[] = [];
  for (
    let at = buffer.indexOf(name, 0, 'latin1');
    at >= 0 && found.length < MOST_PLACES;
    at = buffer.indexOf(name, at + name.length, 'latin1')
  ) {
    const from = at + name.length;
    found.push(buffer.toString('latin1', from, from + 64));
  }
  return found;
}

function pdfDate(text: string, calendar: Calendar): CalendarDate | undefined {
  const [found, year, month, day, hour = '00', minute = '00', second = '00', z, hours, minutes = '00'] =
    PDF_DATE.exec(text) ?? [];
  if (found === undefined) return undefined;
  const zone = z ?? (hours === undefined ? '' : `${hours}:${minutes}`);
  return isoDate(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`, calendar);
}

/** A date without a zone is taken as it stands: who made the document meant his own day. */
function isoDate(said: string, calendar: Calendar): CalendarDate | undefined {
  const [, on = '', zone] = /^(\d{4}-\d\d-\d\d)(?:T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.exec(said) ?? [];
  const at = new Date(zone ? said : on);
  if (on === '' || Number.isNaN(at.getTime())) return undefined;
  return zone ? calendar.dateOf(at) : on;
}
