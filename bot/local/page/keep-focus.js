/** Redraws a part of the page; whoever was typing in it goes on where he was. Elements are told apart by `data-key`. */
export function keepFocus(element, redraw) {
  const active = document.activeElement;
  const inside = active !== element && element.contains(active);
  const key = inside ? active.closest('[data-key]')?.dataset.key : undefined;
  const selection = inside ? [active.selectionStart, active.selectionEnd] : [];
  redraw();
  if (!inside) return;
  const again = key && element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (again || element).focus({ preventScroll: true });
  if (again && typeof selection[0] === 'number') again.setSelectionRange?.(...selection);
}
