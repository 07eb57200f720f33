/** Markup whose texts are escaped: made by `html` and in no other way. */
export class Html {
  readonly #markup: string;

  /** @param parts what stands in the source, nothing that came from outside */
  constructor(parts: readonly string[], values: readonly HtmlValue[]) {
    this.#markup = parts.reduce((done, part, index) => done + markupOf(values[index - 1]) + part);
  }

  toString(): string {
    return this.#markup;
  }
}

/** A text, other markup, a list of them; `undefined` and `false` are nothing. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

/** html`<p>${text}</p>`: whatever stands between is a text, and can be neither a tag nor the end of an attribute. */
export const html = (parts: TemplateStringsArray, ...values: HtmlValue[]): Html => new Html(parts, values);

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escaped(String(value));
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What no page may contain becomes a visible sign. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '').replace(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD');
