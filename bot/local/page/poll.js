const CALM_MS = 1000;
const HURRIED_MS = 200;
const HURRY_FOR_MS = 3000;
const HIDDEN_MS = 10_000;
const SLOWEST_MS = 15_000;

/**
 * Asks again and again: each second, seldom while the page is hidden, ever more seldom while nobody answers.
 * @param {() => Promise<boolean>} ask whether there may be more to fetch at once
 * @param {(error: Error | undefined) => void} onOutcome called after each turn
 */
export function startPolling(ask, onOutcome) {
  let timer;
  let running = false;
  let stopped = false;
  let again = false;
  let failures = 0;
  let hurryUntil = 0;

  async function turn() {
    clearTimeout(timer);
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    try {
      again = (await ask()) || again;
      failures = 0;
      if (!stopped) onOutcome(undefined);
    } catch (error) {
      failures += 1;
      if (!stopped) onOutcome(error);
    }
    running = false;
    if (!stopped) timer = setTimeout(turn, waitMs());
  }

  function waitMs() {
    if (failures > 0) return Math.min(CALM_MS * 2 ** (failures - 1), SLOWEST_MS);
    if (again) return 0;
    if (document.hidden) return HIDDEN_MS;
    return performance.now() < hurryUntil ? HURRIED_MS : CALM_MS;
  }

  function soon() {
    hurryUntil = performance.now() + HURRY_FOR_MS;
    turn();
  }

  const wake = () => !document.hidden && turn();
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  turn();

  return {
    /** An answer is expected: ask now and for a while more often. */
    soon,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    },
  };
}
