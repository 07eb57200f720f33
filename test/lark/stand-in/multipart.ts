import { Busboy, type BusboyFileStream } from '@fastify/busboy';

/** A body of `multipart/form-data`. */
export interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, Buffer>;
}

export const isMultipart = (contentType: string): boolean => contentType.startsWith('multipart/form-data');

/** Reads a form; undefined where it is none. A part without a file name is a field, whatever it holds. */
export function formIn(contentType: string, body: Buffer): Promise<SentForm | undefined> {
  return new Promise((resolve) => {
    const fields: Record<string, string> = {};
    const files = new Map<string, Buffer>();
    try {
      const reader = new Busboy({
        headers: { 'content-type': contentType },
        isPartAFile: (_name, _type, fileName) => fileName !== undefined,
      });
      reader.on('field', (name, value) => {
        fields[name] = value;
      });
      reader.on('file', (name, stream) => collect(stream, name, files));
      reader.on('error', () => resolve(undefined));
      reader.on('finish', () => resolve({ fields, files }));
      reader.end(body);
    } catch {
      resolve(undefined);
    }
  });
}

function collect(stream: BusboyFileStream, name: string, files: Map<string, Buffer>): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => files.set(name, Buffer.concat(chunks)));
}
