import { setImmediate as breathe } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { badFile } from './book.ts';

/** What is told of an XML file while it is read. Names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Read at once; others are served in between. */
const PIECE_BYTES = 128 * 1024;

/**
 * Reads an XML part from its beginning to its end, a piece at a time. No entity but the five of XML itself is ever expanded.
 * @throws Refusal `invalid-input` for a part that declares a document type, which no table program writes, or that is no XML
 */
export async function readXml(part: Uint8Array, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const refuse = (sentence: string) => {
    throw badFile(sentence);
  };
  parser.on('doctype', () => refuse(DECLARES));
  parser.on('error', () => refuse(UNREADABLE));
  parser.on('opentag', ({ name, attributes }) => listener.open(local(name), attributes));
  parser.on('closetag', ({ name }) => listener.close(local(name)));
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  const decoder = new TextDecoder('utf-8');
  for (let at = 0; at < part.length; at += PIECE_BYTES) {
    parser.write(decoder.decode(part.subarray(at, at + PIECE_BYTES), { stream: true }));
    await breathe();
  }
  parser.close();
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const DECLARES = '文件里有不该有的 XML 声明（DOCTYPE），没有读入。请用表格软件打开后另存为 .xlsx 再试。';
export const UNREADABLE = '文件打不开：可能已损坏，或不是 .xlsx。请用表格软件打开后另存为 .xlsx 再试。';
