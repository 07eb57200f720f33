import { api } from './api.js';
import { clockSummary } from './clock-summary.js';
import { h, uniqueId } from './dom.js';
import { openPanel } from './panel.js';

/** The panel that moves the bureau's clock, and says what ran on the way. */
export class ClockPanel {
  #clock;
  #time;
  #onMoved;
  #at = h('input', { type: 'datetime-local', id: uniqueId('clock'), max: '9999-12-31T23:59' });
  #now = h('strong');
  #presets = h('div', { class: 'chips', role: 'group', 'aria-label': '常用时刻' });
  #failure = h('p', { class: 'field-error', role: 'alert', dir: 'auto' });
  #outcome = h('div', { class: 'clock-outcome', role: 'status', 'aria-live': 'polite' });
  #dialog;
  #moving = false;

  /**
   * Opens it.
   * @param {object} clock as the service gave it
   * @param {object} time of bureau-time.js
   * @param {(clock: object) => void} onMoved
   */
  constructor(clock, time, onMoved) {
    this.#time = time;
    this.#onMoved = onMoved;
    this.#show(clock);
    const go = h(
      'button',
      { class: 'button is-primary', type: 'button', onclick: () => this.#moveToTyped() },
      '拨快',
    );
    this.#dialog = openPanel(
      'clock-panel',
      '拨快时钟',
      h('p', {}, '现在是 ', this.#now, '。时钟只能往前拨，不能拨回；途中到期的任务会依次运行。'),
      this.#presets,
      h('label', { class: 'field-label', for: this.#at.id }, '或拨到'),
      h('div', { class: 'clock-row' }, this.#at, go),
      this.#failure,
      this.#outcome,
    );
  }

  /** 「下周一」 is another day after a move; focus stays on the preset at the same place. */
  #show(clock) {
    this.#clock = clock;
    this.#now.textContent = clock.display;
    this.#at.value = this.#time.localOf(clock.now);
    this.#at.min = this.#at.value;
    const focused = [...this.#presets.children].indexOf(document.activeElement);
    const buttons = (clock.presets ?? []).map(({ label, to }) =>
      h('button', { class: 'chip', type: 'button', onclick: () => this.#move(to) }, label),
    );
    this.#presets.replaceChildren(...buttons);
    this.#presets.children[focused]?.focus();
  }

  #moveToTyped() {
    if (!this.#at.value) return this.#fail('请把日期和时间填完整。');
    this.#move(this.#time.instantOf(this.#at.value.slice(0, 16)));
  }

  async #move(to) {
    if (this.#moving) return;
    if (Date.parse(to) <= Date.parse(this.#clock.now)) {
      return this.#fail('时钟只能往前拨：请选一个比现在晚的时刻。');
    }
    this.#setMoving(true);
    try {
      const moved = await api.moveClock(to);
      this.#outcome.replaceChildren(clockSummary(moved.ran, moved.display, this.#time.read));
      this.#show(await api.clock().catch(() => ({ ...this.#clock, ...moved })));
      this.#onMoved(this.#clock);
    } catch (error) {
      this.#outcome.replaceChildren();
      this.#failure.textContent = error.message;
    }
    this.#setMoving(false);
  }

  #fail(sentence) {
    this.#failure.textContent = sentence;
    this.#at.focus();
  }

  #setMoving(now) {
    this.#moving = now;
    this.#dialog.setAttribute('aria-busy', String(now));
    if (!now) return;
    this.#failure.textContent = '';
    this.#outcome.replaceChildren(h('p', { class: 'progress' }, '正在拨快，依次运行途中到期的任务…'));
  }
}
