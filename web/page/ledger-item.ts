import type { ShownItem, TrailLine } from '../../bot/page/table-trail.ts';
import { type Html, html } from './html.ts';

/** An item in full, what was done step by step, and the way to where it is worked on. */
export function itemBody(
  { entry, sections, lines, flaws }: ShownItem,
  { back, hasFiles }: { back: string; hasFiles: boolean },
): Html {
  const parts = sections.map(
    ({ heading, lines: said }) =>
      html`<section class="card">${heading !== undefined && html`<h2 dir="auto">${heading}</h2>`}${said.map((each) => html`<p dir="auto">${each}</p>`)}</section>`,
  );
  return html`<p class="screen"><a class="link" href="/p/items?${back}">回到台账</a></p>
<div class="parts">${parts}</div>
<form class="screen" method="post" action="/p/items?${back}"><input type="hidden" name="r" value="${entry.ref}"><div class="buttons"><button class="primary" name="do" value="open">${hasFiles ? '办理和佐证文件' : '办理'}</button></div></form>
${trail(lines)}${chain(lines.length, flaws)}`;
}

// Wider than a phone: it is pushed sideways in a box of its own, which keys reach too.
const trail = (lines: readonly TrailLine[]): Html =>
  html`<section class="card wide" role="region" aria-label="办理过程" tabindex="0"><table class="trail"><caption>办理过程（新的在前）</caption>
<thead><tr><th scope="col">时间</th><th scope="col">谁</th><th scope="col">办理</th><th scope="col">变化</th><th scope="col">内容</th><th scope="col">记录</th></tr></thead>
<tbody>${lines.map(step)}</tbody></table></section>`;

const step = ({ at, who, what, changes, note, hash }: TrailLine): Html =>
  html`<tr><th scope="row">${at}</th><td dir="auto">${who}</td><td>${what}</td><td>${changes.map((each) => html`<span class="change" dir="auto">${each}</span>`)}</td><td dir="auto">${note}</td><td><code>${hash}</code></td></tr>`;

/** The chain as far as this item: the whole is verified by the operator's command. */
function chain(steps: number, flaws: readonly string[]): Html {
  if (flaws.length === 0)
    return html`<p class="done" role="status">核对一致：此项 ${steps} 步记录各与其哈希相符、与前一条相接，现在的内容与最后一条相符。</p>`;
  return html`<div class="wrong" role="alert"><p>记录核对不一致，请联系系统管理员：</p><ul>${flaws.map((flaw) => html`<li>${flaw}</li>`)}</ul></div>`;
}
