import { afterPress } from './after-press.js';
import { h, uniqueId } from './dom.js';

const SHOWN_MATCHES = 60;

/**
 * A text input over a list that narrows as one types. Arrow keys move, Enter picks, Escape closes.
 * The list opens in the flow of the page, below the input, so that no scroll container cuts it off.
 */
export class Combobox {
  #spec;
  #list;
  #more = h('p', { class: 'options-more', 'aria-live': 'polite', hidden: true });
  #matches = [];
  #current = -1;
  #filter = '';

  /**
   * @param {object} spec
   * @param {{ value: string, label: string, detail?: string }[]} spec.options
   * @param {(option: object) => void} spec.onPick
   * @param {() => void} [spec.onType]
   * @param {boolean} [spec.alwaysOpen] the list stays, and Escape is left to whoever shows it
   * @param {() => Set<string>} [spec.without] values that are not offered now
   * @param {Record<string, unknown>} [spec.attributes] of the input
   */
  constructor(spec) {
    this.#spec = spec;
    const id = uniqueId('list');
    this.#list = h('ul', { class: 'options', role: 'listbox', id, 'aria-label': '可选项', hidden: true });
    this.input = h('input', {
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id,
      dir: 'auto',
      ...spec.attributes,
      onkeydown: (event) => this.#onKey(event),
      oninput: () => this.#onInput(),
      onclick: () => this.#list.hidden && this.#open(),
      onblur: () => afterPress(() => document.activeElement !== this.input && this.#close()),
    });
    this.element = h('div', { class: 'combobox' }, this.input, this.#list, this.#more);
    if (spec.alwaysOpen) this.#open();
  }

  #open() {
    this.#matches = narrow(this.#spec.options, this.#filter, this.#spec.without?.());
    const found = this.#matches.length;
    this.#list.replaceChildren(
      ...this.#matches.slice(0, SHOWN_MATCHES).map((option) => this.#optionElement(option)),
    );
    this.#more.textContent =
      found === 0
        ? `没有找到「${this.input.value.trim()}」`
        : `还有 ${found - SHOWN_MATCHES} 项，继续输入可缩小范围`;
    this.#more.hidden = found > 0 && found <= SHOWN_MATCHES;
    this.#list.hidden = found === 0;
    this.input.setAttribute('aria-expanded', String(found > 0));
    if (!this.#spec.alwaysOpen) this.#list.scrollIntoView({ block: 'nearest' });
    this.#mark(this.#filter && found > 0 ? 0 : -1);
  }

  #close() {
    if (this.#spec.alwaysOpen) return;
    this.#list.hidden = true;
    this.#more.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.#mark(-1);
  }

  #mark(index) {
    this.#list.children[this.#current]?.setAttribute('aria-selected', 'false');
    this.#current = index;
    const option = this.#list.children[index];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  #pick(option) {
    this.#filter = '';
    this.#close();
    this.#spec.onPick(option);
  }

  #optionElement(option) {
    return h(
      'li',
      {
        role: 'option',
        id: uniqueId('option'),
        'aria-selected': 'false',
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#pick(option),
      },
      h('span', { class: 'option-label' }, h('bdi', {}, option.label)),
      option.detail && h('span', { class: 'option-detail' }, option.detail),
    );
  }

  #onInput() {
    this.#filter = this.input.value;
    this.#spec.onType?.();
    this.#open();
  }

  #onKey(event) {
    if (event.isComposing) return;
    const isOpen = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.#step(event.key === 'ArrowDown' ? 1 : -1);
      else this.#open();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && this.#matches[this.#current]) this.#pick(this.#matches[this.#current]);
    } else if (event.key === 'Escape' && isOpen && !this.#spec.alwaysOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }

  /** Round and round; from nowhere, down is the first and up the last. */
  #step(by) {
    const shown = this.#list.children.length;
    const from = this.#current === -1 && by < 0 ? 0 : this.#current;
    this.#mark((from + by + shown) % shown);
  }
}

/** The options that contain every word typed, in their own order. */
function narrow(options, filter, without) {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter((option) => {
    if (without?.has(option.value)) return false;
    const text = `${option.label} ${option.detail ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
