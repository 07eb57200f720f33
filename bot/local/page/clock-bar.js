import { api } from './api.js';
import { ClockPanel } from './clock-panel.js';
import { h } from './dom.js';

const LOOK_AGAIN_MS = 15_000;

/**
 * The bureau's time, and the button that moves it.
 * @param {object} clock as the service gave it
 * @param {object} time of bureau-time.js
 * @param {() => void} onMoved
 */
export function createClockBar(clock, time, onMoved) {
  const display = h('time', { class: 'clock-now' });
  const button = h(
    'button',
    { class: 'button', type: 'button', 'aria-haspopup': 'dialog', onclick: open },
    '拨快时钟',
  );

  function show(next) {
    clock = next;
    display.textContent = clock.display;
    display.dateTime = clock.now;
  }

  async function look() {
    if (document.hidden) return;
    await api.clock().then(show, () => undefined);
  }

  async function open() {
    await look();
    new ClockPanel(clock, time, (moved) => {
      show(moved);
      onMoved();
    });
  }

  show(clock);
  setInterval(look, LOOK_AGAIN_MS);
  return [h('span', { class: 'visually-hidden' }, '局里时间'), display, button];
}
