import { api } from './api.js';
import { h } from './dom.js';

/** What can be chosen; the service judges by the content. */
const OFFERED =
  'image/*,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.wps,.et,.dps,.amr,.m4a,.heic,.opus,.ogg';

/**
 * The paperclip: files go out one after another, each with how far it is; what is wrong with one is said beside its name.
 * @param {object} spec
 * @param {string} spec.person id
 * @param {() => boolean} spec.inGroup whether what is sent now stands in the group
 * @param {() => void} spec.onSent called after each file that was stored
 */
export function createFileSender({ person, inGroup, onSent }) {
  const status = h('div', { class: 'file-status', role: 'status', hidden: true });
  const input = h('input', { type: 'file', multiple: true, accept: OFFERED, hidden: true, tabindex: '-1' });
  const button = h(
    'button',
    {
      class: 'chip file-button',
      type: 'button',
      title: '发送文件、图片或语音',
      'aria-label': '发送文件、图片或语音',
      onclick: () => input.click(),
    },
    '附件',
  );
  input.addEventListener('change', () => {
    const files = [...input.files];
    input.value = '';
    sendAll(files);
  });

  async function sendAll(files) {
    button.disabled = true;
    const failures = [];
    for (const file of files) {
      try {
        await api.sendFile({ person, group: inGroup(), file, id: crypto.randomUUID() }, progressOf(file));
        onSent();
      } catch (error) {
        failures.push(`「${shorten(file.name)}」没有发出：${error.message}`);
      }
    }
    button.disabled = false;
    status.replaceChildren(
      ...failures.map((failure) => h('p', { class: 'file-failure', dir: 'auto' }, failure)),
    );
    status.hidden = failures.length === 0;
  }

  function progressOf(file) {
    const bar = h('progress', { max: '1', 'aria-label': '发送进度' });
    bar.value = 0;
    status.replaceChildren(h('span', { dir: 'auto' }, `正在发送「${shorten(file.name)}」`), bar);
    status.hidden = false;
    return (share) => {
      bar.value = share;
    };
  }

  return { button, input, status };
}

function shorten(name) {
  const signs = [...name];
  return signs.length > 24 ? `${signs.slice(0, 12).join('')}…${signs.slice(-10).join('')}` : name;
}
