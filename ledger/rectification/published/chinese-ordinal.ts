const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 → 一, 12 → 十二, 20 → 二十, up to 99; above that the figure itself. */
export function chineseOrdinal(number: number): string {
  if (!Number.isInteger(number) || number < 1 || number > 99) return `${number}`;
  const tens = Math.floor(number / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${ten}${DIGITS[number % 10]}`;
}
