/** The longest name that is kept, in characters, with its ending. */
export const LONGEST_NAME = 100;

/** Endings by which a system runs, opens unpacked or renders a file, whatever is in it. */
const REFUSED_ENDINGS: ReadonlySet<string> = new Set(
  `exe com scr pif msi msp dll sys bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta lnk url reg jar apk app dmg sh bash
  py pl php asp aspx jsp html htm xhtml mht mhtml shtml svg svgz xml xsl swf chm docm dotm xlsm xltm xlam xlsb pptm potm
  ppsm ppam iso img zip rar 7z gz tgz tar bz2 xz cab`.split(/\s+/u),
);

/** The ending of a name in lower case, without its dot; empty where there is none. */
export const endingOf = (name: string): string =>
  /\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether a file may not be called so. */
export const isRefusedName = (name: string): boolean => REFUSED_ENDINGS.has(endingOf(cleanName(name)));

/**
 * A file's name as it may be shown and offered for download: one line without parts of a path, without what turns or hides
 * text. It is never used as a path.
 */
export function cleanName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/u).at(-1) ?? '';
  return last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[:*?"<>|]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '');
}

/**
 * The name that is kept: it ends as its content says, and is no longer than people read.
 * @param endings that such a file may have; the first is put behind a name that has none of them
 */
export function keptName(given: string, endings: readonly string[]): string {
  const clean = cleanName(given);
  const found = endingOf(clean);
  const fits = endings.includes(found);
  const ending = fits ? found : (endings[0] ?? '');
  const stem = fits ? clean.slice(0, -(ending.length + 1)) : clean;
  const most = LONGEST_NAME - ending.length - 1;
  const short = [...stem].slice(0, most).join('').trim();
  return `${short || '未命名'}.${ending}`;
}
