import { ChatWindow } from './chat-window.js';
import { h } from './dom.js';
import { pickPerson } from './person-picker.js';

const AT_MOST = 3;

/**
 * The windows that are open. Who is in them stands in the address (`#p=ID,ID2`), so that a reload brings them back.
 * On a narrow screen one is shown at a time.
 */
export class WindowList {
  #people;
  #readTime;
  #container;
  #switcher;
  #opener;
  #windows = [];
  #news = new Map();
  #active = 0;

  /**
   * @param {object} spec
   * @param {object[]} spec.people
   * @param {(at: string) => object} spec.readTime
   * @param {HTMLElement} spec.container
   * @param {HTMLElement} spec.switcher where the narrow screen's tabs go
   * @param {HTMLButtonElement} spec.opener
   */
  constructor({ people, readTime, container, switcher, opener }) {
    this.#people = people;
    this.#readTime = readTime;
    this.#container = container;
    this.#switcher = switcher;
    this.#opener = opener;
    opener.addEventListener('click', () => this.#open());
    window.addEventListener('hashchange', () => this.#onAddress());
    const isNarrow = matchMedia('(width < 760px)').matches;
    this.#show(this.#fromAddress() ?? firstPeople(people, isNarrow ? 1 : 2));
  }

  /** Whatever happened, there may be news for all. */
  refresh() {
    for (const each of this.#windows) each.refresh();
  }

  async #open() {
    const person = await pickPerson(this.#people);
    if (!person) return this.#opener.focus();
    this.#add(person);
    this.#windows.at(-1).focusHeader();
  }

  async #change(old) {
    const person = await pickPerson(this.#people);
    if (!person) return old.focusHeader();
    const index = this.#windows.indexOf(old);
    const fresh = this.#create(person);
    this.#windows[index] = fresh;
    old.element.replaceWith(fresh.element);
    old.close();
    this.#activate(index);
    fresh.focusHeader();
  }

  #close(old) {
    const index = this.#windows.indexOf(old);
    this.#windows.splice(index, 1);
    this.#news.delete(old);
    old.close();
    const next = index < this.#active ? this.#active - 1 : this.#active;
    this.#activate(Math.min(next, this.#windows.length - 1));
    this.#windows[this.#active].focusHeader();
  }

  #create(person) {
    const created = new ChatWindow(person, {
      readTime: this.#readTime,
      onChange: () => this.#change(created),
      onClose: () => this.#close(created),
      onNews: (count) => this.#count(created, count),
    });
    return created;
  }

  #add(person) {
    const created = this.#create(person);
    this.#windows.push(created);
    this.#container.append(created.element);
    this.#activate(this.#windows.length - 1);
  }

  #count(from, count) {
    if (this.#windows[this.#active] === from) return;
    this.#news.set(from, (this.#news.get(from) ?? 0) + count);
    this.#drawSwitcher();
  }

  #activate(index) {
    this.#active = index;
    this.#news.delete(this.#windows[index]);
    for (const [position, { element }] of this.#windows.entries()) {
      element.classList.toggle('is-active', position === index);
    }
    this.#container.dataset.count = String(this.#windows.length);
    this.#opener.hidden = this.#windows.length >= AT_MOST;
    history.replaceState(null, '', addressOf(this.#windows));
    this.#drawSwitcher();
  }

  #drawSwitcher() {
    this.#switcher.hidden = this.#windows.length < 2;
    const focused = [...this.#switcher.children].indexOf(document.activeElement);
    this.#switcher.replaceChildren(...this.#windows.map((each, index) => this.#tab(each, index)));
    this.#switcher.children[focused]?.focus();
  }

  #tab(each, index) {
    const isActive = index === this.#active;
    const count = isActive ? 0 : (this.#news.get(each) ?? 0);
    return h(
      'button',
      {
        class: 'tab',
        type: 'button',
        'aria-current': isActive ? 'true' : null,
        onclick: () => this.#activate(index),
      },
      h('bdi', {}, each.person.name),
      count > 0 && h('span', { class: 'badge' }, String(count)),
      count > 0 && h('span', { class: 'visually-hidden' }, '条新消息'),
    );
  }

  #show(people) {
    for (const each of this.#windows.splice(0)) each.close();
    for (const person of people) this.#add(person);
    this.#activate(0);
  }

  #onAddress() {
    if (location.hash === addressOf(this.#windows)) return;
    const people = this.#fromAddress();
    if (people) this.#show(people);
  }

  #fromAddress() {
    const ids = (new URLSearchParams(location.hash.slice(1)).get('p') ?? '').split(',');
    const people = ids.flatMap((id) => this.#people.find((person) => person.id === id) ?? []);
    return people.length > 0 ? people.slice(0, AT_MOST) : undefined;
  }
}

const addressOf = (windows) => `#p=${windows.map(({ person }) => encodeURIComponent(person.id)).join(',')}`;

/** Somebody without a role, as most are, and beside him somebody who handles what he reports. */
function firstPeople(people, count) {
  const plain = people.find((person) => !person.roles?.length) ?? people[0];
  const officer = people.find((person) => person !== plain && person.roles?.length);
  return [plain, officer].filter(Boolean).slice(0, count);
}
