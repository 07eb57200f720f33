import mammoth from 'mammoth';
import PDFDocument from 'pdfkit';
import { expect, it } from 'vitest';
import { paperFonts } from '../../paper/fonts.ts';
import { type PaperForm, tickOf } from '../../paper/form.ts';
import { formDocx } from '../../paper/form-docx.ts';
import { formPdf, measuresOf } from '../../paper/form-pdf.ts';
import { type Drawn, layOut, PAGE, type Page } from '../../paper/lay-out.ts';
import { reportForm } from '../../paper/report-form.ts';
import { contextFor, OFFICER, REPORTER, sampleReading } from './sample-reading.ts';

const RECEIPT = `QL1.${Buffer.alloc(105, 37).toString('base64url')}`;
const officers = (report = {}, more = {}) =>
  reportForm(sampleReading(report, more), contextFor(OFFICER, RECEIPT));

async function pagesOf(form: PaperForm): Promise<Page[]> {
  const { regular, medium } = await paperFonts();
  const document = new PDFDocument({ autoFirstPage: false });
  document.registerFont('regular', regular).registerFont('medium', medium);
  return layOut(form, measuresOf(document));
}

const wordsOf = (drawn: Drawn): string => {
  if (drawn.kind === 'tick') return tickOf(drawn);
  return drawn.kind === 'text' ? drawn.text : '';
};
/** What a page says, without what stands at the foot of every page. */
const saidOn = (page: Page) => page.slice(0, -2).map(wordsOf).join('');
const tight = (text: string) => text.replace(/[\s　]/gu, '');

async function wordText(form: PaperForm): Promise<string> {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await formDocx(form)) });
  return tight(value);
}

it('says the same in Word and in PDF, in the same order', async () => {
  const more = {
    supplements: [{ at: '2026-10-13T03:00:00Z', text: '补充：\n对方又来过一次电话。' }],
    questions: [{ at: '2026-10-13T03:00:00Z', by: OFFICER.id, text: '几点来电？' }],
    files: [
      {
        id: 'f1',
        sha256: 'ab'.repeat(32),
        name: '通话截图.png',
        type: 'image/png',
        size: 9,
        at: '2026-10-12T03:00:00Z',
      },
    ],
    objections: [{ at: '2026-10-20T03:00:00Z', text: '请再核实。' }],
  };
  const form = officers({}, more);
  const word = await wordText(form);
  expect(tight((await pagesOf(form)).map(saidOn).join(''))).toBe(word);
  for (const said of [
    '编号：K7PM-3XQ9',
    '林见清',
    '☑电话☐短信',
    '☐是☑否',
    '问：几点来电？',
    '1.通话截图.png（SHA-256abababababababab…）',
    `回执：${RECEIPT}`,
  ]) {
    expect(word).toContain(said);
  }
});

it('goes on on the next page where contents are long: nothing is lost, nothing stands outside its frame', async () => {
  const content = Array.from({ length: 5000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + (index % 3000)),
  ).join('');
  const pages = await pagesOf(officers({ content, handling: '长'.repeat(2000), place: '远'.repeat(100) }));
  const said = tight(pages.map(saidOn).join('')).replaceAll('具体内容（续）', '');
  expect(said).toContain(content);
  expect(pages.length).toBeGreaterThan(4);
  for (const page of pages) {
    expect(outside(page)).toEqual([]);
    expect(overlapping(page)).toEqual([]);
  }
});

/** What is drawn beyond the margins; the line at the foot of the page belongs there. */
const outside = (page: Page) =>
  page.slice(0, -2).filter((drawn) => {
    const height = drawn.kind === 'frame' ? drawn.height : drawn.size;
    return (
      drawn.x < PAGE.left - 0.01 ||
      drawn.y < PAGE.top - 0.01 ||
      drawn.y + height > PAGE.height - PAGE.bottom + 0.01
    );
  });

function overlapping(page: Page): unknown[] {
  const frames = page.flatMap((drawn) => (drawn.kind === 'frame' ? [drawn] : []));
  const crossing = frames.filter((one, index) =>
    frames
      .slice(index + 1)
      .some(
        (other) =>
          one.x + one.width > other.x + 0.01 &&
          other.x + other.width > one.x + 0.01 &&
          one.y + one.height > other.y + 0.01 &&
          other.y + other.height > one.y + 0.01,
      ),
  );
  // Each text begins and ends within one frame, or above and below the table.
  const [top, bottom] = [
    Math.min(...frames.map(({ y }) => y)),
    Math.max(...frames.map(({ y, height }) => y + height)),
  ];
  const astray = page.slice(0, -2).filter((drawn) => {
    if (drawn.kind !== 'text' || drawn.y < top || drawn.y >= bottom) return false;
    const width = [...drawn.text].reduce((sum, sign) => sum + (sign > '\u2e80' ? drawn.size : 0), 0);
    return !frames.some(
      ({ x, y, width: wide, height }) =>
        drawn.x >= x && drawn.x + width <= x + wide && drawn.y >= y && drawn.y + drawn.size <= y + height,
    );
  });
  return [...crossing, ...astray];
}

it('leaves out of the reporter’s own copy what the officers wrote for themselves', async () => {
  const own = await wordText(reportForm(sampleReading(), contextFor(REPORTER)));
  expect(own).toContain('（由受理人员填写，记录人联不载）');
  expect(own).toContain('已核实并提醒当事人');
  for (const hidden of ['未提出违反程序的要求', '由分管领导当面提醒', '☑一般过问', '☑提醒']) {
    expect(own).not.toContain(hidden);
    expect(await wordText(officers())).toContain(hidden);
  }
});

it('bears every character: what no XML may hold is left out, what turns the writing too, and what the font lacks is marked', async () => {
  const hostile = `甲\u0000\u0008\u202e乙\ud800丙\ufffe丁😀<b>&amp;]]>\r\n戊`;
  const form = officers({ content: hostile, place: hostile });
  expect(await wordText(form)).toContain('甲乙丙丁😀<b>&amp;]]>戊');
  const pdf = Buffer.from(await formPdf(form)).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
});

it('is the same file each time, and its description names nobody', async () => {
  const [one, other] = [await formPdf(officers()), await formPdf(officers())];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  const file = Buffer.from(one).toString('latin1');
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('latin1');
  expect(file).toContain(utf16('记录报告表'));
  expect(file).not.toContain(utf16('林见清'));
});
