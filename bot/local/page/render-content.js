import { actionButtons } from './action-buttons.js';
import { h } from './dom.js';
import { plainText } from './plain-text.js';
import { renderChart } from './render-chart.js';
import { renderForm } from './render-form.js';
import { renderTable } from './render-table.js';

const RENDERERS = {
  text: (content) => h('div', { class: 'bubble' }, plainText('p', content.text)),
  notice: renderNotice,
  form: renderForm,
  table: renderTable,
};

/**
 * The element that shows a content.
 * @param {{ kind: string }} content one of those of ledger/message.ts
 * @param {(action: string, form: object | undefined, button: HTMLElement) => void} press
 * @param {Map<string, unknown>} draft what was typed so far into its form
 */
export function renderContent(content, press, draft) {
  const render = RENDERERS[content.kind] ?? renderUnknown;
  return render(content, press, draft);
}

function renderNotice(content, press) {
  const buttons = (actions) =>
    actionButtons(actions, (action, button) => press(action.action, undefined, button));
  const sections = content.sections.map((section) =>
    h(
      'section',
      { class: 'card-section' },
      section.heading && plainText('h4', section.heading, 'section-heading'),
      ...section.lines.map((line) => plainText('p', line)),
      section.chart && renderChart(section.chart),
      section.qr && qrPicture(section.qr),
      buttons(section.actions),
    ),
  );
  return h(
    'div',
    { class: `card tone-${content.tone}` },
    plainText('h3', content.title, 'card-title'),
    ...sections,
    buttons(content.actions),
  );
}

const qrPicture = (text) =>
  h('img', { class: 'qr', src: `/chat/qr?${new URLSearchParams({ text })}`, alt: '上面文字的二维码' });

function renderUnknown(content) {
  const line = `这个页面还不会显示这种内容（${content.kind}）。`;
  return h('div', { class: 'bubble' }, content.title && plainText('p', content.title), plainText('p', line));
}
