import { readXml } from './xml.ts';

/** A text of the shared table; a longer one than anybody may write is cut, and its length said. */
export interface SharedText {
  text: string;
  length: number;
}

/** The texts that the cells of all sheets point at. @param keep characters that are kept of one */
export async function readSharedTexts(part: Uint8Array | undefined, keep: number): Promise<SharedText[]> {
  const texts: SharedText[] = [];
  if (!part) return texts;
  let now: SharedText | undefined;
  let isText = false;
  let isReading = false;
  await readXml(part, {
    open(name) {
      if (name === 'si') now = { text: '', length: 0 };
      if (name === 'rPh') isReading = true;
      if (name === 't') isText = !isReading;
    },
    close(name) {
      if (name === 'si' && now) texts.push(now);
      if (name === 'rPh') isReading = false;
      if (name === 't') isText = false;
    },
    text(text) {
      if (!isText || !now) return;
      now.length += text.length;
      now.text += text.slice(0, Math.max(0, keep - now.text.length));
    },
  });
  return texts;
}

const isDateNumber = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Which of the cells' styles, by their place in the list, show a number as a date. */
export async function readDateStyles(part: Uint8Array | undefined): Promise<ReadonlySet<number>> {
  const styles = new Set<number>();
  if (!part) return styles;
  const codes = new Map<number, string>();
  let inCells = false;
  let place = 0;
  await readXml(part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId);
      const code = codes.get(id);
      if (code === undefined ? isDateNumber(id) : isDateCode(code)) styles.add(place);
      place += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
    text() {},
  });
  return styles;
}

/** What stands in quotes or brackets is shown as it is, and reckons nothing. */
const isDateCode = (code: string): boolean =>
  /[yd年日]/i.test(
    code.slice(0, 200).replace(/"[^"]*"|\\.|\[[^\]]*\]/g, (part) => part.replace(/[^年日]/g, '')),
  );
