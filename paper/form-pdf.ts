import { create as qrCode } from 'qrcode';
import { paperFonts } from './fonts.ts';
import type { PaperForm } from './form.ts';
import { type Drawn, layOut, type Measures, PAGE } from './lay-out.ts';

/** What stands for a character that the font does not have, as printers always did (〓). */
const UNKNOWN = '〓';
const UNKNOWN_NOTE = '〓：字库以外的字，以电子记录为准。';
const THIN = 0.6;

/** A form as PDF, A4, with its fonts inside. The file tells no name and no time of its making. */
export async function formPdf(form: PaperForm): Promise<Uint8Array> {
  // Loaded when it is needed, as all writers of paper are: a start must not wait for it.
  const { default: PDFDocument } = await import('pdfkit');
  const fonts = await paperFonts();
  const document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    lang: 'zh-CN',
    info: { Title: form.title, Creator: '清廉台账', CreationDate: form.asOf, ModDate: form.asOf },
  });
  document.registerFont('regular', fonts.regular);
  document.registerFont('medium', fonts.medium);
  const pages = layOut(withKnownCharacters(document, form), measuresOf(document));
  for (const page of pages) {
    document.addPage();
    for (const drawn of page) draw(document, drawn);
  }
  return bytesOf(document);
}

type Document = PDFKit.PDFDocument;

async function bytesOf(document: Document): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Width by characters, each measured once: a page has thousands, of few kinds. */
export function measuresOf(document: Document): Measures {
  const measure = (weight: keyof Measures) => {
    const known = new Map<string, number>();
    const widthOf = (character: string) => {
      const width =
        known.get(character) ?? document.font(weight).fontSize(100).widthOfString(character) / 100;
      known.set(character, width);
      return width;
    };
    return (text: string) => [...text].reduce((sum, character) => sum + widthOf(character), 0);
  };
  return { regular: measure('regular'), medium: measure('medium') };
}

/** The form with what the font has; where it lacks something, a note says so. */
function withKnownCharacters(document: Document, form: PaperForm): PaperForm {
  // What pdfkit has no word for: the font under the document's hand.
  const { _font: held } = document.font('regular') as unknown as {
    _font: { font: { hasGlyphForCodePoint(code: number): boolean } };
  };
  let lacks = false;
  const known = (text: string) =>
    text.replace(/[^\n]/gu, (character) => {
      if (held.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return character;
      lacks = true;
      return UNKNOWN;
    });
  const title = known(form.title);
  const rows = form.rows.map((row) =>
    row.map((cell) => ({
      ...cell,
      blocks: cell.blocks.map((block) =>
        block.kind === 'text' ? { ...block, text: known(block.text) } : block,
      ),
    })),
  );
  return { ...form, title, rows, notes: lacks ? [...form.notes, UNKNOWN_NOTE] : form.notes };
}

function draw(document: Document, drawn: Drawn): void {
  if (drawn.kind === 'frame') {
    document.lineWidth(THIN).rect(drawn.x, drawn.y, drawn.width, drawn.height).stroke('black');
  } else if (drawn.kind === 'tick') drawTick(document, drawn);
  else if (drawn.kind === 'qr') drawQr(document, drawn);
  else {
    document.font(drawn.weight).fontSize(drawn.size).fillColor('black');
    // No features: letters stand as they were measured, one by one.
    document.text(drawn.text, drawn.x, drawn.y, { lineBreak: false, features: [] });
  }
}

/** The font has neither ☑ nor ☐. */
function drawTick(document: Document, { x, y, size, ticked }: Extract<Drawn, { kind: 'tick' }>): void {
  const side = size * 0.82;
  const top = y + size * 0.14;
  document.lineWidth(THIN).rect(x, top, side, side).stroke('black');
  if (!ticked) return;
  document
    .lineWidth(1.3)
    .moveTo(x + side * 0.18, top + side * 0.5)
    .lineTo(x + side * 0.42, top + side * 0.78)
    .lineTo(x + side * 0.86, top + side * 0.16)
    .stroke('black');
}

function drawQr(document: Document, { x, y, size, text }: Extract<Drawn, { kind: 'qr' }>): void {
  const { modules } = qrCode(text, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) document.rect(x + column * side, y + row * side, side, side);
    }
  }
  document.fill('black');
}
