import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../ledger/attachment-kind.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import { documentDate } from '../../../ledger/document-date.ts';
import { pdfOf, photoOf, tableOf, wordOf } from './dated-files.ts';
import * as sample from './sample-files.ts';

const calendar = bureauCalendar();
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

async function dateOf(bytes: Uint8Array): Promise<string | undefined> {
  const kind = await kindOf(bytes);
  if (!kind) throw new Error('Not taken at all');
  return documentDate(bytes, kind.type, calendar);
}

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n1 0 obj << ${text} >> endobj`, 'latin1');

describe('the date that a document has of itself', () => {
  it('is when an office document was last changed, by the bureau’s day', async () => {
    expect(await dateOf(wordOf('2026-01-05T03:00:00Z', '2026-03-31T17:00:00Z'))).toBe('2026-04-01');
    expect(await dateOf(wordOf('2026-01-05T03:00:00Z', '2026-01-05T03:00:00Z', 'd'))).toBe('2026-01-05');
    expect(await dateOf(await tableOf(new Date('2026-02-03T02:00:00Z')))).toBe('2026-02-03');
  });

  it('is the latest that a PDF names, whoever wrote it', async () => {
    expect(await dateOf(await pdfOf(new Date('2026-05-06T02:00:00Z')))).toBe('2026-05-06');
    expect(
      await dateOf(pdf("/CreationDate (D:20260105100000+08'00') /ModDate(D:20260401003000+08'00')")),
    ).toBe('2026-04-01');
    expect(await dateOf(pdf('/CreationDate (D:20260105)'))).toBe('2026-01-05');
    expect(await dateOf(pdf('<xmp:ModifyDate>2026-07-01T23:30:00Z</xmp:ModifyDate>'))).toBe('2026-07-02');
    expect(await dateOf(pdf('<rdf:Description xmp:CreateDate="2026-07-01"/>'))).toBe('2026-07-01');
  });

  it('is the latest of several, in whatever order they stand, on the bureau’s day of each', async () => {
    expect(await dateOf(pdf('/ModDate (D:20260401) /CreationDate (D:20260105)'))).toBe('2026-04-01');
    expect(await dateOf(pdf("/ModDate (D:20260401200000+00'00')"))).toBe('2026-04-02');
    expect(await dateOf(pdf('/ModDate (D:20260401200000+00)'))).toBe('2026-04-02');
    expect(await dateOf(pdf('/ModDate (D:202604012000Z)'))).toBe('2026-04-02');
    expect(await dateOf(pdf('/ModDate (D:20260401Z)'))).toBe('2026-04-01');
    expect(await dateOf(pdf('/ModDate (D:19900101)'))).toBe('1990-01-01');
  });

  it('is none that no calendar has: the file is taken all the same', async () => {
    expect(await dateOf(pdf('/ModDate (D:20260230)'))).toBeUndefined();
    expect(await dateOf(pdf('/ModDate (D:20260230) /CreationDate (D:20260105)'))).toBe('2026-01-05');
    expect(await dateOf(photoOf({ taken: '2026:02:30 10:00:00' }))).toBeUndefined();
  });

  it('is looked for in five thousand places of a PDF and no more', async () => {
    const places = (count: number) => `${'(D:20260105)'.repeat(count)}(D:20260401)`;
    expect(await dateOf(pdf(places(4999)))).toBe('2026-04-01');
    expect(await dateOf(pdf(places(5000)))).toBe('2026-01-05');
  });

  it('is when a photograph was taken, whatever was done with it afterwards', async () => {
    for (const order of ['II', 'MM'] as const) {
      const times = { taken: '2026:09:01 10:00:00', changed: '2026:11:20 09:00:00' };
      expect(await dateOf(photoOf(times, order))).toBe('2026-09-01');
      expect(await dateOf(photoOf({ changed: '2026:11:20 09:00:00' }, order))).toBe('2026-11-20');
    }
  });

  it.each([
    ['a clock that was never set', photoOf({ taken: '1980:01:01 00:00:00' })],
    ['blanks in place of a date', photoOf({ taken: '    :  :     :  :  ' })],
    ['a date that is none', pdf('/ModDate (D:20261399000000Z)')],
    ['a month that is none', pdf('/ModDate (D:20261399)')],
    ['a month that is none, in an office document', wordOf('2026-13-01T00:00:00Z')],
    ['a year of five figures', pdf('<xmp:ModifyDate>12026-07-01</xmp:ModifyDate>')],
    ['a day of three figures', pdf('<xmp:ModifyDate>2026-07-011</xmp:ModifyDate>')],
    ['the name of a date in its words', pdf('(/ModDate is when it was changed) (D:2026)')],
    ['nothing at all', sample.pdf()],
    ['a picture only', sample.jpg()],
    ['no part for it', sample.docx()],
    ['a kind that has none', sample.text()],
  ])('is unknown where a document has %s', async (_, bytes) => {
    expect(await dateOf(bytes)).toBeUndefined();
  });

  it('is unknown, or a date, of whatever is cut short or damaged', () => {
    const whole: [Buffer, string][] = [
      [photoOf({ taken: '2026:09:01 10:00:00' }), 'image/jpeg'],
      [pdf("/ModDate (D:20260401003000+08'00')"), 'application/pdf'],
      [wordOf('2026-01-05T03:00:00Z'), WORD],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.nat(),
        fc.nat(),
        fc.nat(255),
        ([bytes, type], end, at, value) => {
          const broken = Buffer.from(bytes.subarray(0, end % (bytes.length + 1)));
          if (broken.length > 0) broken[at % broken.length] = value;
          expect(documentDate(broken, type, calendar) ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  const core = (length: number, declared = length) => {
    const data = Buffer.alloc(length, ' ');
    data.write('<modified>2026-01-05T03:00:00Z</modified>');
    return sample.docx([{ name: 'docProps/core.xml', data, declared }]);
  };

  it('is read of a part of up to 64 kB, with or without a namespace, and only of an office document', () => {
    expect(documentDate(core(64 * 1024), WORD, calendar)).toBe('2026-01-05');
    expect(documentDate(core(64 * 1024 + 1), WORD, calendar)).toBeUndefined();
    expect(documentDate(core(64 * 1024 + 1, 900), WORD, calendar)).toBeUndefined();
    expect(documentDate(core(900), 'application/zip', calendar)).toBeUndefined();
  });

  it('is found without unpacking what pretends to be its part', () => {
    const bomb = sample.docx([
      { name: 'docProps/core.xml', data: Buffer.alloc(50_000_000, '<'), declared: 900 },
    ]);
    const before = process.memoryUsage().arrayBuffers;
    expect(documentDate(bomb, WORD, calendar)).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });
});
