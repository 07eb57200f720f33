const digits = '〇一二三四五六七八九';

/** 一 … 九十九, or Arabic digits; `undefined` for anything else. Half-width input only. */
export function numberOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(text);
  if (tens) return (tens[1] ? digits.indexOf(tens[1]) : 1) * 10 + (tens[2] ? digits.indexOf(tens[2]) : 0);
  const unit = digits.indexOf(text);
  return text.length === 1 && unit > 0 ? unit : undefined;
}

/** Digit by digit, as years are written: 二〇二六 is 2026. `undefined` where one of them is no digit. */
export function digitsOf(text: string): number | undefined {
  const plain = [...text].map((each) => {
    if (/\d/.test(each)) return each;
    const value = digits.indexOf(/[○零О]/.test(each) ? '〇' : each);
    return value < 0 ? 'x' : String(value);
  });
  return plain.includes('x') || plain.length === 0 ? undefined : Number(plain.join(''));
}
