import type { Content, FormField } from '../../ledger/message.ts';
import type { ActionAnswer } from '../platform.ts';

/** A message of the local chat as a program gets it. */
export interface ChatMessage {
  seq: number;
  messageId: string;
  at: string;
  from: 'bot' | 'person';
  content: Content;
}

export interface ChatPerson {
  id: string;
  name: string;
  department: string;
  post: string;
  roles: string[];
}

/** The local chat over HTTP, for programs that speak as people: demonstrations, tests, campaigns. */
export class ChatClient {
  readonly address: string;
  readonly #seen: Map<string, number>;

  /** @param address such as http://127.0.0.1:3000 */
  constructor(address: string, seen: Map<string, number> = new Map()) {
    this.address = address;
    this.#seen = seen;
  }

  /** The same conversations with a service that was started anew. */
  movedTo(address: string): ChatClient {
    return new ChatClient(address, this.#seen);
  }

  async people(): Promise<ChatPerson[]> {
    return (await this.get('/chat/api/people')) as ChatPerson[];
  }

  /** Resolves once the message is stored; the answer comes with `read`. */
  async say(person: string, text: string, options: { group?: boolean; id?: string } = {}): Promise<string> {
    const body = await this.#expect200('/chat/api/say', { person, text, ...options });
    return (body as { messageId: string }).messageId;
  }

  /** Sends a file. Resolves with the answer once it is stored, or refused. */
  async sendFile(
    person: string,
    name: string,
    bytes: Uint8Array,
    options: { group?: boolean; id?: string } = {},
  ): Promise<{ status: number; body: unknown }> {
    const query = new URLSearchParams({ person, name, ...(options.id && { id: options.id }) });
    if (options.group) query.set('group', 'true');
    const response = await fetch(`${this.address}/chat/api/file?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Presses a button, or sends a form. */
  async act(
    person: string,
    messageId: string,
    action: string,
    options: { form?: Record<string, unknown>; id?: string } = {},
  ): Promise<ActionAnswer> {
    return (await this.#expect200('/chat/api/act', {
      person,
      messageId,
      action,
      ...options,
    })) as ActionAnswer;
  }

  /** What came into the person's window, or changed in it, since this client last looked. */
  async read(person: string): Promise<ChatMessage[]> {
    const found: ChatMessage[] = [];
    for (;;) {
      const after = this.#seen.get(person) ?? 0;
      const page = (await this.get(`/chat/api/messages?person=${person}&after=${after}`)) as ChatMessage[];
      const last = page.at(-1);
      if (!last) return found;
      found.push(...page);
      this.#seen.set(person, last.seq);
    }
  }

  /** Moves the service's clock, running all that becomes due on the way. */
  async moveClock(to: string): Promise<void> {
    await this.#expect200('/chat/api/clock', { to });
  }

  async get(path: string): Promise<unknown> {
    return (await fetch(this.address + path)).json();
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async #expect200(path: string, body: unknown): Promise<unknown> {
    const answer = await this.post(path, body);
    if (answer.status !== 200) {
      throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}

/** Everything that a person reads in a message. */
export function readable(content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'form':
      return [content.title, ...content.intro, ...content.fields.map(fieldLine)].join('\n');
    case 'table':
      return [
        content.title,
        content.columns.join(' '),
        ...content.rows.map((row) => row.join(' ')),
        ...content.footer,
      ].join('\n');
    case 'notice':
      return [
        content.title,
        ...content.sections.flatMap(({ heading, lines }) => (heading ? [heading, ...lines] : lines)),
      ].join('\n');
  }
}

function fieldLine({ label, value, options, error }: FormField): string {
  const shown = [value ?? []]
    .flat()
    .map((each) => options?.find((option) => option.value === each)?.label ?? each);
  return `${label}${shown.length > 0 ? `：${shown.join('、')}` : ''}${error ? `（${error}）` : ''}`;
}

/**
 * The line that stands behind the button with this label, wherever it stands on the card.
 * @throws Error naming the buttons that there are
 */
export function button(content: Content, label: string): string {
  const sections = content.kind === 'notice' ? content.sections.flatMap(({ actions }) => actions ?? []) : [];
  const all = content.kind === 'text' ? [] : [...sections, ...content.actions];
  const found = all.find((action) => action.label === label);
  if (!found) throw new Error(`No button 「${label}」 among ${all.map((action) => action.label).join('、')}`);
  return found.action;
}

/**
 * The form's values as they stand.
 * @throws Error when it is no form
 */
export function formValues(content: Content): Record<string, unknown> {
  if (content.kind !== 'form')
    throw new Error(`A form was expected, found ${content.kind}: ${readable(content)}`);
  return Object.fromEntries(
    content.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}
