import { type ChatMessage, formValues, readable } from '../../bot/local/chat-client.ts';
import type { Capabilities } from '../../bot/platform.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import type { FormContent, FormField } from '../../ledger/message.ts';
import type { Bureau } from '../bureau.ts';
import { answerQuestions } from './answer-questions.ts';

/** Somebody at his chat: he does what it lets him do, and reads what comes. */
export class Person {
  readonly name: string;
  readonly #bureau: Bureau;
  readonly #can: Capabilities;
  /** What stands in his window, the latest last. */
  #window: ChatMessage[] = [];

  constructor(bureau: Bureau, can: Capabilities, name: string) {
    this.#bureau = bureau;
    this.#can = can;
    this.name = name;
  }

  /** @returns all that he reads then */
  async says(words: string): Promise<string> {
    return this.#reads(await this.#bureau.say(this.name, words));
  }

  /** @returns each message that he reads then */
  async saysInGroup(words: string): Promise<string[]> {
    const got = await this.#bureau.say(this.name, words, { group: true });
    return fromBot(got).map(({ content }) => `${content.kind}: ${readable(content)}`);
  }

  /** The platform delivers it twice. @returns each message that he did not have before */
  async saysTwice(words: string): Promise<string[]> {
    const before = new Set(this.#window.map(({ messageId }) => messageId));
    const got = fromBot(await this.#bureau.sayTwice(this.name, words));
    this.#reads(got);
    return got.flatMap(({ messageId, content }) => (before.has(messageId) ? [] : [readable(content)]));
  }

  /** Says it, and looks away once it is taken. */
  async leaves(words: string): Promise<void> {
    await this.#bureau.leave(this.name, words);
  }

  async sends(file: string, text: string): Promise<string> {
    return this.#reads(await this.#bureau.sendFile(this.name, { name: file, bytes: Buffer.from(text) }));
  }

  /** What came since he last looked. */
  async sees(): Promise<string> {
    return this.#reads(await this.#bureau.read(this.name));
  }

  /**
   * Presses the latest button of that label, or types the words that stand for it.
   * @returns all that he reads then
   * @throws Error with what he saw, where there is none
   */
  async presses(label: string): Promise<string> {
    if (this.#can.buttons === 'typed') return this.says(this.#wordsFor(label));
    const message = this.#window.findLast(({ content }) =>
      actionsOf(content).some((action) => action.label === label),
    );
    if (!message) throw this.#nothing(`button 「${label}」`);
    return this.#acts(message, label);
  }

  /**
   * Fills in the form that was opened last, by the labels of its fields and of its choices, and sends it.
   * @returns all that he reads then
   */
  async fillsIn(values: Readonly<Record<string, string>>): Promise<string> {
    if (this.#can.forms === 'asked') {
      const last = this.#window.at(-1);
      return answerQuestions((words) => this.says(words), last ? readable(last.content) : '', values);
    }
    const message = this.#window.findLast(({ content }) => content.kind === 'form');
    if (message?.content.kind !== 'form') throw this.#nothing('form');
    return this.#acts(message, '提交', filledIn(message.content, values));
  }

  async #acts(message: ChatMessage, label: string, form?: Record<string, unknown>): Promise<string> {
    const action = actionsOf(message.content).find((each) => each.label === label);
    if (!action) throw this.#nothing(`button 「${label}」`);
    const { toast, card } = await this.#bureau.act(this.name, message.messageId, action.action, form);
    const became = card ? [{ ...message, content: card }] : [];
    const read = this.#reads([...became, ...(await this.#bureau.read(this.name))]);
    return [toast ?? [], read].flat().join('\n');
  }

  #reads(got: readonly ChatMessage[]): string {
    const came = fromBot(got);
    const ids = new Set(came.map(({ messageId }) => messageId));
    this.#window = [...this.#window.filter(({ messageId }) => !ids.has(messageId)), ...came];
    return came.map(({ content }) => readable(content)).join('\n');
  }

  /** 「签收 Z1-1-1」, or 「…」：签收 where the words do not say themselves what they do. */
  #wordsFor(label: string): string {
    const shapes = [
      new RegExp(`「(${label}(?: [^」]+)?)」`, 'u'),
      new RegExp(`「([^」]+)」：${label}$`, 'mu'),
    ];
    for (const { content } of this.#window.toReversed())
      for (const shape of shapes) {
        const [, words] = shape.exec(readable(content)) ?? [];
        if (words !== undefined) return words;
      }
    throw this.#nothing(`word 「${label}」`);
  }

  #nothing(what: string): Error {
    const shown = this.#window.slice(-3).map(({ content }) => readable(content));
    return new Error(`${this.name} sees no ${what} in:\n${shown.join('\n---\n')}`);
  }
}

const fromBot = (messages: readonly ChatMessage[]): ChatMessage[] =>
  messages.filter(({ from }) => from === 'bot');

function filledIn(form: FormContent, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const filled = Object.entries(values).map(([label, said]) => {
    const field = form.fields.find((each) => each.label === label);
    if (!field) throw new Error(`No field 「${label}」 in the form ${readable(form)}`);
    return [field.name, valueIn(field, said)];
  });
  return { ...formValues(form), ...Object.fromEntries(filled) };
}

function valueIn(field: FormField, said: string): string | string[] | boolean {
  const chosen = (label: string): string => {
    const option = field.options?.find((each) => each.label === label || each.label.startsWith(`${label}（`));
    if (!option) throw new Error(`Nothing in 「${field.label}」 is called ${label}`);
    return option.value;
  };
  switch (field.type) {
    case 'select':
    case 'person':
      return chosen(said);
    case 'multiselect':
    case 'people':
      return said.split('、').map(chosen);
    case 'checkbox':
      return said === '是';
    default:
      return said;
  }
}
