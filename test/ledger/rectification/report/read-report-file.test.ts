import { readFileSync } from 'node:fs';
import { Document, Packer, Paragraph, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';
import { readReportFile } from '../../../../ledger/rectification/report/read-report-file.ts';
import { Refusal } from '../../../../ledger/refusal.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const utf8 = (text: string) => new TextEncoder().encode(text);

async function docx(paragraphs: readonly Paragraph[]): Promise<Uint8Array> {
  return Packer.toBuffer(new Document({ sections: [{ children: [...paragraphs] }] }));
}

async function refused(name: string, bytes: Uint8Array): Promise<string> {
  const error: unknown = await readReportFile(name, bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`);
  expect(error.code).toBe('invalid-input');
  return error.message;
}

describe('a text file', () => {
  it('is read as UTF-8, with or without BOM, whatever the case of its ending', async () => {
    expect(await readReportFile('通报.txt', utf8('一是子。'))).toBe('一是子。');
    expect(await readReportFile('通报.TXT', utf8('\uFEFF一是子。'))).toBe('一是子。');
  });

  it('is read as GB18030 where it is no UTF-8', async () => {
    const bytes = Uint8Array.of(0xd2, 0xbb, 0xca, 0xc7, 0xd7, 0xd3, 0xa1, 0xa3);
    expect(await readReportFile('通报.txt', bytes)).toBe('一是子。');
  });

  it('is refused where it is neither', async () => {
    expect(await refused('通报.txt', Uint8Array.of(0xff, 0xfe, 0x00, 0x4e))).toContain('GB18030');
    expect(await refused('通报.txt', Uint8Array.of(0x41, 0x00, 0x42))).toContain('不是纯文本');
  });
});

describe('a Word file', () => {
  it.each([
    'issues-under-aspects.txt',
    'chapters-as-aspects.txt',
    'restarting-numbers.txt',
  ])('gives the same report as the text of %s, a paragraph a line', async (name) => {
    const text = fixture(name).toString('utf8');
    const bytes = await docx(
      text
        .trimEnd()
        .split('\n')
        .map((line) => new Paragraph(line)),
    );
    const read = await readReportFile('通报.docx', bytes);
    expect(parseReport(read)).toEqual(parseReport(text));
    expect(parseReport(read).problems.length).toBeGreaterThan(5);
  });

  it('keeps line breaks inside a paragraph, and text that formatting has cut into pieces', async () => {
    const runs = [new TextRun('二、整改落实情况'), new TextRun({ text: '1.关于“甲', break: 1 })];
    const bytes = await docx([
      new Paragraph({ children: [...runs, new TextRun({ text: '”问题的整改。', bold: true })] }),
      new Paragraph({ children: [new TextRun('一是子。'), new TextRun({ text: '二是丑。', break: 1 })] }),
    ]);
    const [problem] = parseReport(await readReportFile('通报.docx', bytes)).problems;
    expect(problem).toMatchObject({ title: '甲', line: 2 });
    expect(problem?.measures).toEqual([
      { number: 1, text: '子。', line: 3 },
      { number: 2, text: '丑。', line: 4 },
    ]);
  });

  it('is refused where it is cut short, damaged or something else under that name', async () => {
    const bytes = await docx([new Paragraph('一是子。')]);
    const damaged = bytes.slice();
    damaged.fill(0x55, 40, 400);
    for (const wrong of [bytes.subarray(0, 600), damaged, utf8('一是子。'), Uint8Array.of(0x50, 0x4b)]) {
      expect(await refused('通报.docx', wrong)).toContain('不是完好的 .docx 文件');
    }
  });

  it('never fails with anything but a refusal, whichever byte of it is wrong', async () => {
    const bytes = await docx([new Paragraph('一是子。')]);
    for (let at = 0; at < bytes.length; at += 97) {
      const wrong = bytes.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 0xff;
      const outcome: unknown = await readReportFile('通报.docx', wrong).catch((thrown: unknown) => thrown);
      expect(typeof outcome === 'string' || outcome instanceof Refusal).toBe(true);
    }
  });

  it('is refused where a small file would unpack to a huge one', async () => {
    const bytes = await docx([new Paragraph('甲'.repeat(9_000_000))]);
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(await refused('通报.docx', bytes)).toContain('8 MB');
  });

  it('is refused where it has no words in it', async () => {
    expect(await refused('扫描件.docx', await docx([new Paragraph('')]))).toContain('没有文字');
  });
});

describe('any other file', () => {
  it('is refused by its name, its emptiness or its size, and told what is expected', async () => {
    expect(await refused('通报.pdf', utf8('x'))).toBe(
      '“通报.pdf”不是 .txt 或 .docx 文件，请另存为其中一种再导入',
    );
    expect(await refused('通报', utf8('x'))).toContain('不是 .txt 或 .docx');
    expect(await refused('constructor', utf8('x'))).toContain('不是 .txt 或 .docx');
    expect(await refused('通报.txt', new Uint8Array())).toContain('空文件（0 字节）');
    expect(await refused('通报.docx', new Uint8Array())).toContain('空文件（0 字节）');
    expect(await refused('通报.txt', new Uint8Array(20 * 1024 * 1024 + 1))).toContain('20.0 MB');
    expect(await refused('通报.txt', utf8(' \r\n\u3000'))).toContain('没有文字');
  });
});
