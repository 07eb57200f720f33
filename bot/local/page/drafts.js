const messages = new Map();
const sayings = new Map();

/** What was typed so far into a message's form, by field; kept while windows change persons and cards are redrawn. */
export function formDraft(person, messageId) {
  const key = `${person} ${messageId}`;
  const draft = messages.get(key) ?? new Map();
  messages.set(key, draft);
  return draft;
}

/** What a person has typed but not sent. */
export function sayingDraft(person) {
  const draft = sayings.get(person) ?? { text: '', group: false };
  sayings.set(person, draft);
  return draft;
}

/** Typed texts live in this page only (they may be confidential), so leaving the page asks first. */
export function warnBeforeLosingDrafts() {
  window.addEventListener('beforeunload', (event) => {
    const typed =
      [...messages.values()].some((draft) => [...draft.keys()].some((name) => typeof name === 'string')) ||
      [...sayings.values()].some((draft) => draft.text.trim() !== '');
    if (typed) event.preventDefault();
  });
}
