let pressed = false;

document.addEventListener('pointerdown', () => setPressed(true), true);
document.addEventListener('pointerup', () => setPressed(false), true);
document.addEventListener('pointercancel', () => setPressed(false), true);

function setPressed(now) {
  pressed = now;
}

/** On a touch screen the click comes a little after the finger has left. */
const CLICK_COMES_WITHIN_MS = 100;

/**
 * Changes the layout once no press is under way: what moves between press and release is not clicked.
 * @param {() => void} change
 */
export function afterPress(change) {
  const soon = () => setTimeout(change, CLICK_COMES_WITHIN_MS);
  if (pressed) document.addEventListener('pointerup', soon, { once: true, capture: true });
  else soon();
}
