import { Unanswered } from './api.js';
import { h } from './dom.js';
import { keepFocus } from './keep-focus.js';
import { createPresser } from './press.js';
import { renderContent } from './render-content.js';

/** One message, whose content may change where it stands. */
export class MessageView {
  #slot = h('div', { class: 'content' });
  #trouble = h('p', { class: 'trouble', role: 'alert' });
  #draft;
  #toaster;
  #onActed;
  #send;
  #shown;
  #busy = false;
  /** The next change answers a form: by the button's own answer or by polling, whichever is first. */
  #formSent = false;
  #composing = false;
  #waiting;

  /**
   * @param {object} message as the service gave it
   * @param {object} spec
   * @param {string} spec.person whose window this is
   * @param {string} spec.time on the bureau's clock
   * @param {Map<string, unknown>} spec.draft
   * @param {{ show: (sentence: string) => void, fail: (error: Error) => void }} spec.toaster
   * @param {() => void} spec.onActed a button was pressed and answered
   */
  constructor(message, { person, time, draft, toaster, onActed }) {
    this.at = message.at;
    this.from = message.from;
    this.#draft = draft;
    this.#toaster = toaster;
    this.#onActed = onActed;
    this.#send = createPresser(person, message.messageId);
    this.element = h(
      'article',
      {
        class: `message from-${message.author ? 'other' : message.from}`,
        tabindex: '-1',
        'data-message': message.messageId,
        oncompositionstart: () => this.#setComposing(true),
        oncompositionend: () => this.#setComposing(false),
      },
      h('span', { class: 'visually-hidden' }, `${authorOf(message)}：`),
      this.#slot,
      this.#trouble,
      metaLine(message, time),
    );
    this.show(message.content);
  }

  /** Replaces the content, unless it is the same; what is being typed into it goes on. */
  show(content) {
    if (JSON.stringify(content) === JSON.stringify(this.#shown)) return;
    if (this.#composing) {
      this.#waiting = content;
      return;
    }
    const before = this.#shown;
    if (content.kind !== 'form' || (before && before.title !== content.title)) this.#draft.clear();
    this.#shown = content;
    const press = (action, form, button) => this.#press(action, form, button);
    keepFocus(this.element, () => this.#slot.replaceChildren(renderContent(content, press, this.#draft)));
    if (before) this.#flash();
    if (this.#formSent) this.#showFirstError();
  }

  async #press(action, form, button) {
    if (this.#busy) return;
    this.#setBusy(true, button);
    this.#formSent = form !== undefined;
    try {
      const answer = await this.#send(action, form);
      this.#setBusy(false, button);
      this.#take(answer);
    } catch (error) {
      this.#setBusy(false, button);
      this.#formSent = false;
      this.#toaster.fail(error);
      if (error instanceof Unanswered) this.#offerAgain();
    }
  }

  #take({ toast, card }) {
    if (toast) this.#toaster.show(toast);
    if (card) {
      this.show(card);
      this.#formSent = false;
    }
    this.#onActed();
  }

  #offerAgain() {
    this.#trouble.textContent = '没有得到回答，填的内容还在。再按一次即可，不会重复办理。';
    this.#trouble.scrollIntoView({ block: 'nearest' });
  }

  #setBusy(now, button) {
    this.#busy = now;
    if (now) this.#trouble.textContent = '';
    this.element.setAttribute('aria-busy', String(now));
    button.classList.toggle('is-busy', now);
  }

  #showFirstError() {
    const wrong = this.#slot.querySelector('[data-error]');
    if (!wrong) return;
    this.#formSent = false;
    wrong.focus({ preventScroll: true });
    wrong.closest('.field')?.scrollIntoView({ block: 'center' });
  }

  #flash() {
    this.element.classList.remove('is-changed');
    requestAnimationFrame(() => this.element.classList.add('is-changed'));
  }

  /** A redraw would break off the choice of a Chinese character, so it waits. */
  #setComposing(now) {
    this.#composing = now;
    const content = this.#waiting;
    if (now || !content) return;
    this.#waiting = undefined;
    setTimeout(() => this.show(content));
  }
}

/** `author` is given for what others said in the group. */
function authorOf({ author, from }) {
  return author ?? (from === 'person' ? '我' : '清廉台账');
}

function metaLine(message, time) {
  return h(
    'p',
    { class: 'meta' },
    message.group && h('span', { class: 'group-mark' }, '群聊'),
    message.author && h('bdi', { 'aria-hidden': 'true' }, message.author),
    h('time', { datetime: message.at }, time),
  );
}
