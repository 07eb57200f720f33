/** Level M: a phone still reads it where a seventh is lost to glare or a fold; and the margin that readers ask for. */
const OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const;
/** Of one module in a picture, in pixels. */
const MODULE_SIZE = 6;

/** A QR code as SVG: black on white, sharp at every size. */
export const qrSvg = async (text: string): Promise<string> =>
  (await drawing()).toString(text, { ...OPTIONS, type: 'svg' });

/** The same as a PNG. */
export const qrPng = async (text: string): Promise<Buffer> =>
  (await drawing()).toBuffer(text, { ...OPTIONS, type: 'png', scale: MODULE_SIZE });

/** The same in characters, for a terminal. */
export const qrForTerminal = async (text: string): Promise<string> =>
  (await drawing()).toString(text, { type: 'utf8', margin: 2 });

/** Loaded with the first code: a start does not wait for it. */
const drawing = () => import('qrcode');
