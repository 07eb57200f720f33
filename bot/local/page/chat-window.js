import { api } from './api.js';
import { Composer } from './composer.js';
import { h, uniqueId } from './dom.js';
import { formDraft } from './drafts.js';
import { MessageLog } from './message-log.js';
import { MessageView } from './message-view.js';
import { createPhoneHeader } from './phone-header.js';
import { startPolling } from './poll.js';
import { createToaster } from './toast.js';

const WAIT_AT_MOST_MS = 10_000;

/** One person's phone: who it is, the conversation, the composer. */
export class ChatWindow {
  #readTime;
  #onNews;
  #header;
  #log;
  #composer;
  #polling;
  #toaster = createToaster();
  #status = h('p', { class: 'status', role: 'status', hidden: true });
  #seenSeq = 0;
  /** When what is shown here was last shown anew. */
  #seenChange = '1970-01-01T00:00:00.000Z';
  /** What was there before is still being read, a page at a time. */
  #isFirst = true;
  #waitTimer;

  /**
   * @param {object} person of the sample bureau
   * @param {object} spec
   * @param {(at: string) => { date: string, weekday: string, time: string }} spec.readTime
   * @param {() => void} spec.onChange the person is to be changed
   * @param {() => void} spec.onClose
   * @param {(count: number) => void} spec.onNews that many messages came from the bot
   */
  constructor(person, { readTime, onChange, onClose, onNews }) {
    const id = uniqueId('composer');
    this.person = person;
    this.#readTime = readTime;
    this.#onNews = onNews;
    this.#header = createPhoneHeader(person, onChange, onClose);
    this.#log = new MessageLog(`${person.name}与清廉台账的对话`, readTime);
    this.#composer = new Composer({
      person: person.id,
      id,
      say: (said) => this.#say(said),
      onSent: () => this.#wait(),
    });
    this.element = h(
      'section',
      { class: 'phone', 'aria-label': `${person.name}的窗口`, 'data-person': person.id },
      this.#header.element,
      h('a', { class: 'skip', href: `#${id}`, onclick: (event) => this.#skip(event) }, '跳到输入框'),
      this.#status,
      this.#log.element,
      this.#toaster.element,
      this.#composer.element,
    );
    this.#polling = startPolling(
      () => this.#fetch(),
      (error) => this.#showOutcome(error),
    );
  }

  focusHeader() {
    this.#header.focus();
  }

  refresh() {
    this.#polling.soon();
  }

  close() {
    this.#polling.stop();
    clearTimeout(this.#waitTimer);
    this.element.remove();
  }

  async #say(said) {
    this.#log.toEnd();
    await api.say({ person: this.person.id, ...said });
    this.#wait();
  }

  #wait() {
    this.#log.toEnd();
    this.#log.setWaiting(true);
    clearTimeout(this.#waitTimer);
    this.#waitTimer = setTimeout(() => this.#log.setWaiting(false), WAIT_AT_MOST_MS);
    this.#polling.soon();
  }

  async #fetch() {
    const messages = await api.messages(this.person.id, this.#seenSeq, this.#seenChange);
    const before = this.#seenSeq;
    for (const { seq, changedAt = '' } of messages) {
      this.#seenSeq = Math.max(this.#seenSeq, seq);
      if (changedAt > this.#seenChange) this.#seenChange = changedAt;
    }
    const mayBeMore = this.#seenSeq > before;
    if (this.#isFirst) this.#log.toEnd();
    this.#place(messages);
    if (!mayBeMore) {
      this.#isFirst = false;
      this.#log.ready();
    }
    return mayBeMore;
  }

  #place(messages) {
    const added = new Map();
    for (const message of inOrder(messages)) {
      const known = this.#log.view(message.messageId) ?? added.get(message.messageId);
      if (known) known.show(message.content);
      else added.set(message.messageId, this.#viewOf(message));
    }
    this.#announce([...added.values()].filter((view) => view.from === 'bot').length);
    if (added.size > 0) this.#log.add([...added]);
    else if (messages.length > 0) this.#log.settle();
  }

  #announce(count) {
    if (count === 0) return;
    this.#log.setWaiting(false);
    if (!this.#isFirst) this.#onNews(count);
  }

  #viewOf(message) {
    return new MessageView(message, {
      person: this.person.id,
      time: this.#readTime(message.at).time,
      draft: formDraft(this.person.id, message.messageId),
      toaster: this.#toaster,
      onActed: () => this.#polling.soon(),
    });
  }

  #showOutcome(error) {
    this.#status.hidden = !error;
    if (error) this.#status.textContent = `${error.message}正在重试…`;
  }

  #skip(event) {
    event.preventDefault();
    this.#composer.focus();
  }
}

/** A changed message comes with a later number but keeps its time. */
function inOrder(messages) {
  return [...messages].sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1));
}
