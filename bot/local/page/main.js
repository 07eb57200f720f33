import { api } from './api.js';
import { createBureauTime } from './bureau-time.js';
import { createClockBar } from './clock-bar.js';
import { h } from './dom.js';
import { warnBeforeLosingDrafts } from './drafts.js';
import { WindowList } from './window-list.js';

const loading = document.getElementById('loading');
const opener = document.getElementById('open-window');

async function start() {
  const [people, clock] = await Promise.all([api.people(), api.clock()]);
  if (people.length === 0) throw new Error('名单里还没有人：请先导入人员名册。');
  loading.remove();
  const time = createBureauTime(clock.timeZone);
  const windows = new WindowList({
    people,
    readTime: time.read,
    container: document.getElementById('windows'),
    switcher: document.getElementById('switcher'),
    opener,
  });
  document.getElementById('clock').replaceChildren(...createClockBar(clock, time, () => windows.refresh()));
}

function tryToStart() {
  loading.textContent = '正在读取人员名单…';
  start().catch((error) => {
    const again = h('button', { class: 'button', type: 'button', onclick: tryToStart }, '再试一次');
    loading.replaceChildren(h('span', {}, error.message), again);
    again.focus();
  });
}

warnBeforeLosingDrafts();
tryToStart();
