import { Unanswered } from './api.js';
import { h } from './dom.js';
import { sayingDraft } from './drafts.js';
import { createFileSender } from './send-file.js';

const QUICK_WORDS = ['帮助', '我要报告', '我的报告', '我的整改', '台账', '本周督查', '统计'];

/** Where a person types. What could not be sent stays and can be sent again. */
export class Composer {
  #say;
  #draft;
  #input;
  #group = h('input', { type: 'checkbox', onchange: () => this.#showGroup() });
  #send = h('button', { class: 'button is-primary send', type: 'submit' }, '发送');
  #failure = createFailure((text) => this.#speak(text));
  #sending = false;
  #attempt;

  /**
   * @param {object} spec
   * @param {string} spec.person id
   * @param {string} spec.id of the input
   * @param {(said: {text: string, group: boolean, id: string}) => Promise<void>} spec.say `id` stays the same when it is sent again
   * @param {() => void} spec.onSent called after a file was sent
   */
  constructor({ person, id, say, onSent }) {
    this.#say = say;
    this.#draft = sayingDraft(person);
    this.#input = this.#createInput(id);
    const files = createFileSender({ person, inGroup: () => this.#group.checked, onSent });
    this.element = h(
      'form',
      { class: 'composer', 'aria-label': '发言', onsubmit: (event) => this.#onSubmit(event) },
      this.#quickWords(),
      this.#failure.element,
      files.status,
      h(
        'div',
        { class: 'composer-row' },
        h(
          'label',
          { class: 'chip group-toggle', title: '勾选后这句话说在群里' },
          this.#group,
          h('span', {}, '群聊'),
        ),
        files.button,
        files.input,
        this.#input,
        this.#send,
      ),
    );
    this.#group.checked = this.#draft.group;
    this.#showGroup();
  }

  focus() {
    this.#input.focus();
  }

  #createInput(id) {
    const input = h('textarea', {
      id,
      class: 'composer-input',
      rows: '1',
      dir: 'auto',
      enterkeyhint: 'send',
      'aria-label': '说给清廉台账',
      onkeydown: (event) => this.#onKey(event),
      oninput: () => this.#keep(input.value),
    });
    input.value = this.#draft.text;
    return input;
  }

  #quickWords() {
    const words = QUICK_WORDS.map((word) =>
      h('button', { class: 'chip', type: 'button', onclick: () => this.#speak(word) }, word),
    );
    const row = h('div', { class: 'quick', role: 'group', 'aria-label': '快捷词' }, ...words);
    row.addEventListener('wheel', rollSideways, { passive: false });
    return row;
  }

  async #speak(text) {
    if (this.#sending || text.trim() === '') return;
    this.#setSending(true);
    try {
      await this.#say({ text, group: this.#group.checked, id: this.#attemptAt(text) });
      this.#attempt = undefined;
      this.#failure.hide();
      if (this.#input.value === text) this.#keep('');
    } catch (error) {
      this.#failure.show(error, text);
      if (this.#input.value === '') this.#keep(text);
    }
    this.#setSending(false);
  }

  /** The same words sent again after a failure are the same message. */
  #attemptAt(text) {
    if (this.#attempt?.text !== text) this.#attempt = { text, id: crypto.randomUUID() };
    return this.#attempt.id;
  }

  #setSending(now) {
    this.#sending = now;
    this.#send.setAttribute('aria-disabled', String(now));
  }

  #keep(text) {
    if (this.#input.value !== text) this.#input.value = text;
    this.#draft.text = text;
  }

  #showGroup() {
    this.#draft.group = this.#group.checked;
    this.element.classList.toggle('in-group', this.#group.checked);
    this.#input.placeholder = this.#group.checked ? '在群里说…' : '说点什么…';
  }

  #onSubmit(event) {
    event.preventDefault();
    this.#speak(this.#input.value);
    this.#input.focus();
  }

  /** Enter that ends the choice of a Chinese character is not meant for us; Safari reports it as key code 229. */
  #onKey(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#speak(this.#input.value);
  }
}

/** A mouse has one wheel only. */
function rollSideways(event) {
  const row = event.currentTarget;
  if (event.deltaX !== 0 || row.scrollWidth <= row.clientWidth) return;
  event.preventDefault();
  row.scrollLeft += event.deltaY;
}

function createFailure(onRetry) {
  let unsent = '';
  const sentence = h('span', { dir: 'auto' });
  const retry = h('button', { class: 'button', type: 'button', onclick: () => onRetry(unsent) }, '重发');
  const element = h('div', { class: 'composer-failure', role: 'alert', hidden: true }, sentence, retry);
  return {
    element,
    show(error, text) {
      unsent = text;
      const beginning = [...text.slice(0, 24)].slice(0, 12).join('');
      const what = beginning === text ? text : `${beginning}…`;
      sentence.textContent = `「${what}」没有发出：${error.message}`;
      retry.hidden = !(error instanceof Unanswered);
      element.hidden = false;
    },
    hide() {
      element.hidden = true;
    },
  };
}
