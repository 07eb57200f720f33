import { Refusal } from '../../refusal.ts';
import { docxFit } from './docx-fit.ts';

const megabyte = 1024 * 1024;
const maxFileBytes = 20 * megabyte;
/** A report of a hundred pages is about 2 MB of XML; mammoth takes one to two seconds and some 200 MB of memory for each. */
const maxUnpackedBytes = 8 * megabyte;

/**
 * The text of a report's file, one paragraph a line. `.txt` may be UTF-8, with or without BOM, or GB18030.
 * Refuses (`invalid-input`) other kinds of file, an empty or damaged one, and one over 20 MB.
 */
export async function readReportFile(name: string, bytes: Uint8Array): Promise<string> {
  const read = readers[/\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? ''];
  if (!read) throw refusal(`“${name}”不是 .txt 或 .docx 文件，请另存为其中一种再导入`);
  if (bytes.byteLength === 0) throw refusal(`“${name}”是空文件（0 字节），应当是通报全文`);
  if (bytes.byteLength > maxFileBytes) {
    const size = (bytes.byteLength / megabyte).toFixed(1);
    throw refusal(`“${name}”有 ${size} MB，超过 20 MB 的上限，请去掉图片后再导入`);
  }
  const text = await read(name, bytes);
  if (text.trim() === '') throw refusal(`“${name}”里没有文字，应当是通报全文；扫描件请先识别成文字`);
  return text;
}

const refusal = (sentence: string) => new Refusal('invalid-input', sentence);

const readers: Readonly<Record<string, (name: string, bytes: Uint8Array) => string | Promise<string>>> = {
  '.txt': readPlainText,
  '.docx': readDocx,
};

function readPlainText(name: string, bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    const text = decoded(bytes, encoding);
    if (text !== undefined && !text.includes('\0')) return text;
  }
  throw refusal(`“${name}”不是纯文本：既不是 UTF-8，也不是 GB18030 编码，请另存为 UTF-8 文本再导入`);
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function readDocx(name: string, bytes: Uint8Array): Promise<string> {
  const damaged = refusal(`“${name}”打不开：不是完好的 .docx 文件，请用 Word 或 WPS 重新另存为 .docx 再导入`);
  const fit = docxFit(bytes, maxUnpackedBytes);
  if (fit === 'damaged') throw damaged;
  if (fit === 'too-big') {
    const limit = maxUnpackedBytes / megabyte;
    throw refusal(
      `“${name}”解开后的文字部分超过 ${limit} MB 的上限，通报全文不会这样大，请另存为 .txt 再导入`,
    );
  }
  try {
    return await paragraphsOf(bytes);
  } catch {
    // What mammoth throws says nothing to the person who chose the file; it is the file that is wrong.
    throw damaged;
  }
}

interface DocxNode {
  readonly type: string;
  readonly value?: string;
  readonly breakType?: string;
  readonly children?: readonly DocxNode[];
}

/**
 * Taken from mammoth's document tree rather than from its `extractRawText`, which drops the line breaks inside a
 * paragraph: a report pasted from a web page often has no other ones, and its headings would run together.
 */
async function paragraphsOf(bytes: Uint8Array): Promise<string> {
  let text = '';
  const transformDocument = (document: DocxNode): DocxNode => {
    text = textOf(document);
    return { ...document, children: [] };
  };
  // Loaded when a file is read: the service starts without it.
  const { default: mammoth } = await import('mammoth');
  await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { transformDocument });
  return text;
}

function textOf(node: DocxNode): string {
  if (node.type === 'text') return node.value ?? '';
  if (node.type === 'tab') return '\t';
  if (node.type === 'break') return '\n';
  const inner = (node.children ?? []).map(textOf).join('');
  return node.type === 'paragraph' ? `${inner}\n` : inner;
}
