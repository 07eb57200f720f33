import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { EndpointRequest } from '../../bot/platform.ts';
import type { Fields, RawValues } from '../../ledger/form.ts';
import { Refusal } from '../../ledger/refusal.ts';

/** A file as a browser sent it. */
export interface SentFile {
  name: string;
  bytes: Uint8Array;
}

/** What a browser sent: each name with all that stood under it. */
export interface Sent {
  values: ReadonlyMap<string, readonly string[]>;
  files: readonly SentFile[];
}

/** Of one answer; the forms' own limits are far below and say so in words. */
const FIELD_BYTES = 256 * 1024;
const FIELDS = 200;
const FIELD_NAME_BYTES = 100;

const unreadable = () => new Refusal('invalid-input', '发送的内容读不出来，没有办理。请返回重试。');

/**
 * Reads what a form of the pages sent, with files or without.
 * @throws Refusal `invalid-input` for what no form of ours sends, `too-long` for an answer that is cut
 */
export function readSent(
  { headers, body }: EndpointRequest,
  limits: { files: number; fileBytes: number },
): Promise<Sent> {
  const type = String(headers['content-type'] ?? '');
  return new Promise((resolve, reject) => {
    const values = new Map<string, string[]>();
    const files: SentFile[] = [];
    const fail = (fault: Refusal = unreadable()) => reject(fault);
    try {
      const reader = new Busboy({
        headers: { 'content-type': type },
        limits: {
          fieldNameSize: FIELD_NAME_BYTES,
          fieldSize: FIELD_BYTES,
          fields: FIELDS,
          files: limits.files,
          // One byte more than is taken, so that who takes it can say how much is too much.
          fileSize: limits.fileBytes + 1,
        },
      });
      reader.on('field', (name, value, nameCut, valueCut) => {
        if (nameCut || valueCut)
          return fail(new Refusal('too-long', '填写的内容太长，没有办理。请精简后再提交。'));
        values.set(name, [...(values.get(name) ?? []), value]);
      });
      reader.on('file', (_, stream, name) => collect(stream, name ?? '', files, fail));
      reader.on('filesLimit', () =>
        fail(new Refusal('too-long', `一次最多发送 ${limits.files} 个文件，没有办理。`)),
      );
      reader.on('error', () => fail());
      reader.on('finish', () => resolve({ values, files }));
      reader.end(body);
    } catch {
      fail();
    }
  });
}

/** A field for files that was left empty comes as a file without a name. */
function collect(stream: BusboyFileStream, name: string, files: SentFile[], fail: () => void): void {
  const pieces: Buffer[] = [];
  // A body that ends inside a file breaks the file's stream too, and what nobody listens to ends the process.
  stream.on('error', () => fail());
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('end', () => {
    const bytes = Buffer.concat(pieces);
    if (name !== '' || bytes.length > 0) files.push({ name, bytes });
  });
}

/** The first value under a name; empty where there is none. */
export const one = ({ values }: Sent, name: string): string => values.get(name)?.[0] ?? '';

/** The values of a form's own fields, as a platform would hand them over. */
export function rawValues({ values }: Sent, fields: Fields): RawValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { type }]): [string, unknown][] => {
      const given = values.get(name);
      if (given === undefined) return [];
      if (type === 'multiselect' || type === 'people') return [[name, [...given]]];
      // A browser ends lines as a letter does; everywhere else they end as here.
      const [first = ''] = given;
      return [[name, type === 'checkbox' ? first === 'true' : first.replace(/\r\n?/g, '\n')]];
    }),
  );
}

/** The hidden field that lists, with spaces between, what a form asked. */
export const SHOWN = 'shown';

/** What the form asked and nothing was chosen or ticked in: a browser sends no word of such fields. */
export function leftEmpty(sent: Sent, fields: Fields): string[] {
  const shown = new Set(one(sent, SHOWN).split(' '));
  return Object.entries(fields).flatMap(([name, { type }]) =>
    SILENT.has(type) && shown.has(name) && !sent.values.has(name) ? [name] : [],
  );
}

const SILENT: ReadonlySet<string> = new Set(['checkbox', 'multiselect', 'people']);
