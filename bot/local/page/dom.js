/**
 * An element with its attributes, listeners (`onclick` …) and children. Strings become text nodes, never markup,
 * so nothing that somebody typed can turn into an element.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `undefined`, `null` and `false` leave the attribute out
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

let lastId = 0;

/** An element id that occurs once on the page. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
