import { api, Unanswered } from './api.js';

const RETRY_AFTER_MS = [500, 1500];

/**
 * Presses buttons of one message. A press keeps its id until the service has answered it, over automatic retries and
 * over the person's own, so that one press has one effect. What is sent with other values is another press.
 */
export function createPresser(person, messageId) {
  const idOf = new Map();

  return async function press(action, form) {
    const key = JSON.stringify([action, form ?? null]);
    const id = idOf.get(key) ?? crypto.randomUUID();
    idOf.set(key, id);
    const body = { person, messageId, action, ...(form ? { form } : {}), id };
    try {
      const answer = await patiently(() => api.act(body));
      idOf.delete(key);
      return answer;
    } catch (error) {
      if (!(error instanceof Unanswered)) idOf.delete(key);
      throw error;
    }
  };
}

async function patiently(call) {
  for (const waitMs of RETRY_AFTER_MS) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return call();
}
