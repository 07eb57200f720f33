import { h } from './dom.js';

const NEAR_BOTTOM_PX = 64;

/** The messages in order of time, by day. It follows new ones only while the reader is at the bottom. */
export class MessageLog {
  #views = new Map();
  #days = new Map();
  #readTime;
  #note = h('p', { class: 'log-note' }, '正在读取消息…');
  #list = h('div', { class: 'log-list' });
  #waiting = h('div', { class: 'waiting', hidden: true }, h('i'), h('i'), h('i'));
  #jump = h('button', { class: 'jump', type: 'button', hidden: true, onclick: () => this.#jumpDown() });
  #log;
  #atBottom = true;
  #unseen = 0;

  /**
   * @param {string} label
   * @param {(at: string) => { date: string, weekday: string }} readTime
   */
  constructor(label, readTime) {
    this.#readTime = readTime;
    this.#log = h(
      'div',
      { class: 'log', role: 'log', 'aria-label': label, 'aria-busy': 'true', tabindex: '0' },
      this.#note,
      this.#list,
      this.#waiting,
    );
    this.#log.addEventListener('scroll', () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#atBottom && this.#follow()).observe(this.#log);
    this.element = h('div', { class: 'log-frame' }, this.#log, this.#jump);
  }

  /** The view of a message that is shown already. */
  view(messageId) {
    return this.#views.get(messageId);
  }

  /**
   * Adds messages that were not there before.
   * @param {[string, object][]} added message id and view
   */
  add(added) {
    for (const [id, view] of added) {
      this.#views.set(id, view);
      this.#insert(view);
    }
    if (this.#atBottom) this.#follow(added.at(-1)?.[1].element);
    else this.#unseen += added.length;
    this.#showJump();
  }

  /** All that there was has been read once. */
  ready() {
    this.#log.removeAttribute('aria-busy');
    this.#note.hidden = this.#views.size > 0;
    this.#note.textContent = '还没有消息。说「帮助」看看能办什么，或按下面的快捷词。';
  }

  /** Whoever speaks wants to see what comes of it. */
  toEnd() {
    this.#follow();
  }

  /** After a change in place: whoever was at the bottom stays there, unless he is at work in a card. */
  settle() {
    if (this.#atBottom && !this.#list.contains(document.activeElement)) this.#follow();
  }

  setWaiting(now) {
    this.#waiting.hidden = !now;
    if (now && this.#atBottom) this.#follow();
  }

  #insert(view) {
    const day = this.#dayOf(view.at);
    let before = day.lastElementChild;
    while (before.dataset.at && before.dataset.at > view.at) before = before.previousElementSibling;
    view.element.dataset.at = view.at;
    before.after(view.element);
  }

  #dayOf(at) {
    const { date, weekday } = this.#readTime(at);
    const known = this.#days.get(date);
    if (known) return known;
    const heading = h('p', { class: 'date' }, `${date} ${weekday}`);
    const day = h('div', { class: 'day', 'data-date': date }, heading);
    this.#days.set(date, day);
    const later = [...this.#list.children].find((other) => other.dataset.date > date);
    this.#list.insertBefore(day, later ?? null);
    return day;
  }

  /** A tall message is read from its top; else the end is shown. */
  #follow(newest) {
    const tall = newest && newest.offsetHeight > this.#log.clientHeight - NEAR_BOTTOM_PX;
    this.#log.scrollTop = tall ? newest.offsetTop - 12 : this.#log.scrollHeight;
    this.#look();
  }

  #jumpDown() {
    this.#log.focus({ preventScroll: true });
    this.#follow();
  }

  /** A window that is not shown has no height and no bottom. */
  #look() {
    const { clientHeight, scrollHeight, scrollTop } = this.#log;
    if (clientHeight === 0) return;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#atBottom) this.#unseen = 0;
    this.#showJump();
  }

  #showJump() {
    this.#jump.hidden = this.#unseen === 0;
    this.#jump.textContent = `↓ ${this.#unseen > 1 ? `${this.#unseen} 条` : ''}新消息`;
  }
}
