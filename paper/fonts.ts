import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The letters that a PDF is set in; they travel inside it, so that it looks the same everywhere. */
export interface Fonts {
  regular: Buffer;
  medium: Buffer;
}

let read: Promise<Fonts> | undefined;

/** Noto Sans Hans, read from its package once. @throws Error of the file system when the package is not whole */
export function paperFonts(): Promise<Fonts> {
  read ??= readFonts().catch((fault) => {
    read = undefined;
    throw fault;
  });
  return read;
}

async function readFonts(): Promise<Fonts> {
  const folder = new URL('../fonts/', import.meta.resolve('@embedpdf/fonts-sc'));
  const font = (weight: string) => readFile(fileURLToPath(new URL(`NotoSansHans-${weight}.otf`, folder)));
  const [regular, medium] = await Promise.all([font('Regular'), font('Medium')]);
  return { regular, medium };
}
