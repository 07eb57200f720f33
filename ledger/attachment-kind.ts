/** What a file is, judged by its content. */
export interface FileKind {
  kind: 'image' | 'document' | 'voice';
  /** Its media type, as it is handed out. */
  type: string;
  /** The endings that a name of such a file has; the first is the usual one. */
  endings: readonly string[];
}

export const KIND_LABELS: Readonly<Record<FileKind['kind'], string>> = {
  image: '图片',
  document: '文档',
  voice: '语音',
};

/** What is taken, as people are told. */
export const TAKEN =
  '图片（jpg、png、gif、webp、heic）、文档（pdf、doc、docx、xls、xlsx、ppt、pptx、UTF-8 编码的 txt）、语音（amr、mp3、m4a、wav、ogg）';

const image = (type: string, ...endings: string[]): FileKind => ({ kind: 'image', type, endings });
const document = (type: string, ...endings: string[]): FileKind => ({ kind: 'document', type, endings });
const voice = (type: string, ...endings: string[]): FileKind => ({ kind: 'voice', type, endings });

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** By what the library calls them. What stands not here, such as archives, programs and documents with macros, is not taken. */
const KINDS: Readonly<Record<string, FileKind>> = {
  jpg: image('image/jpeg', 'jpg', 'jpeg'),
  png: image('image/png', 'png'),
  apng: image('image/png', 'png', 'apng'),
  gif: image('image/gif', 'gif'),
  webp: image('image/webp', 'webp'),
  heic: image('image/heic', 'heic', 'heif'),
  heif: image('image/heif', 'heif', 'heic'),
  pdf: document('application/pdf', 'pdf'),
  docx: document(`${OFFICE}.wordprocessingml.document`, 'docx'),
  xlsx: document(`${OFFICE}.spreadsheetml.sheet`, 'xlsx'),
  pptx: document(`${OFFICE}.presentationml.presentation`, 'pptx'),
  amr: voice('audio/amr', 'amr'),
  mp3: voice('audio/mpeg', 'mp3'),
  m4a: voice('audio/mp4', 'm4a'),
  wav: voice('audio/wav', 'wav'),
  ogg: voice('audio/ogg', 'ogg', 'oga'),
  oga: voice('audio/ogg', 'ogg', 'oga'),
  opus: voice('audio/ogg', 'ogg', 'opus', 'oga'),
};

/** The old office formats are one container; which of them it is, is told by the stream inside that holds the text. */
const STREAMS: readonly (readonly [string, FileKind])[] = [
  ['WordDocument', document('application/msword', 'doc', 'wps', 'dot')],
  ['Workbook', document('application/vnd.ms-excel', 'xls', 'et', 'xlt')],
  ['Book', document('application/vnd.ms-excel', 'xls', 'et', 'xlt')],
  ['PowerPoint Document', document('application/vnd.ms-powerpoint', 'ppt', 'dps', 'pps')],
];

const TEXT = document('text/plain; charset=utf-8', 'txt', 'csv', 'md', 'log');

/** @returns `undefined` for what is not taken. Nothing is unpacked but the list of types inside an office document, up to 1 MB. */
export async function kindOf(bytes: Uint8Array): Promise<FileKind | undefined> {
  // Loaded with the first file: a start does not wait for it.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found?.ext === 'cfb') return officeKind(bytes);
  if (found) {
    const kind = Object.hasOwn(KINDS, found.ext) ? KINDS[found.ext] : undefined;
    return kind && !(isZip(kind) ? hasMacros(bytes) : endsAsArchive(bytes)) ? kind : undefined;
  }
  return isPlainText(bytes) ? TEXT : undefined;
}

const isZip = ({ type }: FileKind): boolean => type.startsWith(OFFICE);

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether a document that calls itself free of macros has some all the same; the names in a zip stand in the clear. */
const hasMacros = (bytes: Uint8Array): boolean => /vbaProject\.bin/i.test(tailOf(bytes, 1024 * 1024));

const tailOf = (bytes: Uint8Array, length: number): string =>
  asBuffer(bytes.subarray(Math.max(0, bytes.length - length))).toString('latin1');

/** A directory entry has 128 bytes: its name, then at 64 the name's length with its end, then at 66 what it is. */
const ENTRY_LENGTH = 128;
const STREAM = 2;

function officeKind(bytes: Uint8Array): FileKind | undefined {
  const file = asBuffer(bytes);
  if (hasStream(file, 'VBA', 1) || hasStream(file, '_VBA_PROJECT')) return undefined;
  return STREAMS.find(([name]) => hasStream(file, name))?.[1];
}

function hasStream(file: Buffer, name: string, type = STREAM): boolean {
  const wanted = Buffer.from(name, 'utf16le');
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    if (at % ENTRY_LENGTH !== 0 || at + ENTRY_LENGTH > file.length) continue;
    if (file.readUInt16LE(at + 64) === wanted.length + 2 && file[at + 66] === type) return true;
  }
  return false;
}

const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

/** Whether a file that begins as something else is a zip archive when it is read from its end. */
function endsAsArchive(bytes: Uint8Array): boolean {
  const tail = asBuffer(bytes.subarray(Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT)));
  for (
    let at = tail.lastIndexOf(END_OF_ZIP);
    at >= 0;
    at = at > 0 ? tail.lastIndexOf(END_OF_ZIP, at - 1) : -1
  ) {
    if (at + END_LENGTH > tail.length) continue;
    if (at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}

/** How pages, drawings and scripts begin, which a browser or a shell would run. */
const RUNNABLE = /^\s*(<[!?a-z]|#!|@echo\b|%!ps|\{\\rtf|mime-version:)/iu;
const ANY_MARKUP = /<\s*(script|html|svg|iframe|body|!doctype)\b/iu;
/** Tabs and line ends stand in texts, other control characters do not. */
const CONTROL = /(?![\t\n\f\r])\p{Cc}/u;
const DECODED_AT_ONCE = 1024 * 1024;

function isPlainText(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += DECODED_AT_ONCE) {
      const text = decoder.decode(bytes.subarray(at, at + DECODED_AT_ONCE), { stream: true });
      if (CONTROL.test(text) || ANY_MARKUP.test(text) || (at === 0 && RUNNABLE.test(text))) return false;
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
