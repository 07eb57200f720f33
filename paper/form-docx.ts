import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { toBuffer as qrPicture } from 'qrcode';
import type { Block, FormCell, FormRow, PaperForm } from './form.ts';
import { RECEIPT_LABEL, signatureLine, tickOf } from './form.ts';

/** Word has it everywhere in China; elsewhere it takes another by itself. */
const FONT = {
  ascii: 'SimSun',
  hAnsi: 'SimSun',
  eastAsia: 'SimSun',
  cs: 'SimSun',
  hint: 'eastAsia',
} as const;
/** SimSun has no ☑. */
const TICK_FONT = { ascii: 'Segoe UI Symbol', hAnsi: 'Segoe UI Symbol', eastAsia: 'MS Gothic' } as const;

/** Twips, twentieths of a point: A4, upright. */
const PAGE = { width: 11_906, height: 16_838, side: 1_201, top: 1_280, bottom: 1_240 };
const COLUMNS = 6;
const COLUMN = (PAGE.width - 2 * PAGE.side) / COLUMNS;
const LINE = 330;
/** Half points. */
const SIZE = 21;
const NOTE_SIZE = 18;

/** A form as a Word document, A4: the same texts in the same order as in its PDF. The file tells no name. */
export async function formDocx(form: PaperForm): Promise<Uint8Array> {
  const document = new Document({
    creator: '清廉台账',
    lastModifiedBy: '清廉台账',
    title: form.title,
    styles: { default: { document: { run: { font: FONT, size: SIZE, language: { eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: {
              left: PAGE.side,
              right: PAGE.side,
              top: PAGE.top,
              bottom: PAGE.bottom,
              footer: PAGE.bottom / 2,
            },
          },
        },
        footers: { default: new Footer({ children: [pageLine(form.mark)] }) },
        children: [...heading(form), table(form.rows), ...(await foot(form))],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const RIGHT = [{ type: TabStopType.RIGHT, position: COLUMNS * COLUMN }];

const heading = ({ title, head }: PaperForm): Paragraph[] => [
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 200 },
    children: [new TextRun({ text: title, bold: true, size: 38 })],
  }),
  new Paragraph({ tabStops: RIGHT, spacing: { after: 80 }, children: [new TextRun(head.join('\t'))] }),
];

const pageLine = (mark: string): Paragraph =>
  new Paragraph({
    tabStops: RIGHT,
    children: [
      new TextRun({
        size: NOTE_SIZE,
        children: [`${mark}\t第 `, PageNumber.CURRENT, ' 页　共 ', PageNumber.TOTAL_PAGES, ' 页'],
      }),
    ],
  });

function table(rows: readonly FormRow[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: COLUMNS * COLUMN, type: WidthType.DXA },
    columnWidths: Array.from({ length: COLUMNS }, () => COLUMN),
    margins: { left: 120, right: 120, top: 80, bottom: 80 },
    rows: rows.map(
      (row) => new TableRow({ children: row.flatMap((cell) => cells(cell, COLUMNS / row.length - 1)) }),
    ),
  });
}

const cells = ({ label, blocks, minLines = 0 }: FormCell, columns: number): TableCell[] => {
  const content = blocks.flatMap(paragraphs);
  const last = blocks.at(-1)?.kind === 'signature' ? content.length - 1 : content.length;
  while (content.length < minLines) content.splice(last, 0, new Paragraph({}));
  return [
    new TableCell({
      verticalAlign: VerticalAlign.CENTER,
      width: { size: COLUMN, type: WidthType.DXA },
      children: label
        .split('\n')
        .map((line) => new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun(line)] })),
    }),
    new TableCell({
      columnSpan: columns,
      verticalAlign: content.length > 1 ? VerticalAlign.TOP : VerticalAlign.CENTER,
      width: { size: columns * COLUMN, type: WidthType.DXA },
      children: content,
    }),
  ];
};

function paragraphs(block: Block): Paragraph[] {
  const spacing = { line: LINE };
  if (block.kind === 'text') {
    return block.text
      .split('\n')
      .map((line) => new Paragraph({ spacing, children: line ? [new TextRun(line)] : [] }));
  }
  if (block.kind === 'signature') {
    const children = [new TextRun(signatureLine(block.who))];
    return [
      new Paragraph({ alignment: AlignmentType.RIGHT, spacing: { ...spacing, before: 240 }, children }),
    ];
  }
  const children = block.choices.flatMap((choice, index) => [
    new TextRun({ text: tickOf(choice), font: TICK_FONT }),
    new TextRun(`${choice.label}${index < block.choices.length - 1 ? '　' : ''}`),
  ]);
  return [new Paragraph({ spacing, children })];
}

async function foot({ notes, receipt }: PaperForm): Promise<(Paragraph | Table)[]> {
  const texts = [...notes, ...(receipt ? [RECEIPT_LABEL + receipt] : [])];
  const children = texts.map(
    (note) =>
      new Paragraph({ spacing: { before: 60 }, children: [new TextRun({ text: note, size: NOTE_SIZE })] }),
  );
  if (!receipt) return children;
  const picture = new ImageRun({
    type: 'png',
    data: await qrPicture(receipt, { errorCorrectionLevel: 'M', margin: 0, scale: 4 }),
    transformation: { width: 112, height: 112 },
    altText: { name: '回执二维码', title: '回执二维码', description: '回执二维码' },
  });
  const [wide, narrow] = [4.7 * COLUMN, 1.3 * COLUMN].map(Math.round) as [number, number];
  const beside = (content: Paragraph[], width: number) =>
    new TableCell({ children: content, borders: NO_BORDERS, width: { size: width, type: WidthType.DXA } });
  const drawn = new Paragraph({ alignment: AlignmentType.RIGHT, children: [picture] });
  return [
    new Paragraph({ spacing: { line: 120 } }),
    new Table({
      layout: TableLayoutType.FIXED,
      borders: { ...NO_BORDERS, insideHorizontal: NONE, insideVertical: NONE },
      columnWidths: [wide, narrow],
      rows: [new TableRow({ cantSplit: true, children: [beside(children, wide), beside([drawn], narrow)] })],
    }),
  ];
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE } as const;
