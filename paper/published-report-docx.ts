import {
  AlignmentType,
  Document,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { inWords } from '../ledger/rectification/published/compose.ts';
import type { PublishedReport, ReportSection } from '../ledger/rectification/published/published-report.ts';

/** The faces that official documents are set in (GB/T 9704-2012, 5.2.2 and 7.3); a machine without them takes others. */
const face = (name: string) =>
  ({ ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' }) as const;
const TITLE = face('方正小标宋简体');
const BODY = face('仿宋_GB2312');
const HEADING = face('黑体');
const SUBHEADING = face('楷体_GB2312');

/** Half points: 二号 and 三号. */
const TITLE_SIZE = 44;
const SIZE = 32;
/** Twips: 28 points from line to line, two signs in front of a paragraph. */
const LINE = { line: 560, lineRule: LineRuleType.EXACT } as const;
const INDENT = { firstLine: SIZE * 20 } as const;
/** Twips: A4 with the margins of an official document, 37 mm above and 28 mm to the left, 156 mm by 225 mm of text. */
const PAGE = { width: 11_906, height: 16_838, top: 2_098, bottom: 1_984, left: 1_587, right: 1_474 };

/** @param isFinal somebody has signed it off as it stands; otherwise every page says that it is a draft */
export async function publishedReportDocx(report: PublishedReport, isFinal: boolean): Promise<Uint8Array> {
  const document = new Document({
    creator: '清廉台账',
    lastModifiedBy: '清廉台账',
    title: report.title,
    styles: { default: { document: { run: { font: BODY, size: SIZE, language: { eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right },
          },
        },
        ...(!isFinal && { headers: { default: new Header({ children: [draftMark()] }) } }),
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          title(report.title),
          paragraph(report.opening),
          ...report.sections.flatMap(section),
          ...(report.contact ? [paragraph(report.contact)] : []),
          ...closing(report),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const title = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { ...LINE, line: 720, after: 560 },
    children: [new TextRun({ text, font: TITLE, size: TITLE_SIZE })],
  });

const paragraph = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: INDENT,
    spacing: LINE,
    children: [new TextRun(text)],
  });

const headed = (text: string, font: typeof HEADING): Paragraph =>
  new Paragraph({
    indent: INDENT,
    spacing: LINE,
    keepNext: true,
    children: [new TextRun({ text, font })],
  });

const section = ({ heading, paragraphs }: ReportSection): Paragraph[] => [
  headed(heading, HEADING),
  ...paragraphs.flatMap(({ heading: own, text }) => [
    ...(own ? [headed(own, SUBHEADING)] : []),
    ...(text ? [paragraph(text)] : []),
  ]),
];

/** Who publishes it and when, set to the right. */
const closing = ({ issuer, asOf }: PublishedReport): Paragraph[] =>
  [issuer, inWords(asOf)].map(
    (text, index) =>
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        indent: { right: SIZE * 20 },
        spacing: { ...LINE, before: index === 0 ? 560 : 0 },
        keepNext: index === 0,
        children: [new TextRun(text)],
      }),
  );

const draftMark = (): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [new TextRun({ text: '草稿：未经签发，不得对外公布', font: HEADING, size: 24 })],
  });

const pageNumber = (): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ size: 28, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
