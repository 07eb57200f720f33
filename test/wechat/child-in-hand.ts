import { setTimeout as wait } from 'node:timers/promises';
import type { Command, Contact, Report, Why } from '../../bot/wechat/protocol.ts';
import type { ChildHearing, StartChild } from '../../bot/wechat/running-child.ts';

/** What became of a remark that was to be set: written, refused with a reason, or no answer at all. */
export type RemarkFate = 'well' | Why | 'hang';

/**
 * What the service's other process would say, said by the test: no process, no wechaty. What is typed on WeChat begins here
 * and what is sent there ends here.
 */
export class ChildInHand {
  /** Whom the bot's account knows; what is set on them stands in their remarks. */
  contacts: Contact[] = [];
  readonly said: { to: string; text: string }[] = [];
  /** Every remark that was asked for, in order. */
  readonly remarks: { contact: string; remark: string; fate: RemarkFate }[] = [];
  remarkFate: RemarkFate = 'well';
  /** Before a remark is answered. */
  onRemark: () => void | Promise<void> = () => {};
  /** Whether a life begins with a login and a list of contacts. */
  logsIn = true;
  listsContacts = true;
  #hearing: ChildHearing | undefined;
  #messages = 0;

  readonly startChild: StartChild = (hearing) => {
    this.#hearing = hearing;
    return {
      tell: (command) => {
        setImmediate(() => void this.#obey(command));
        return true;
      },
      dismiss: () => this.#end(hearing),
      kill: () => this.#end(hearing),
    };
  };

  /** The account logs in, again or for the first time, and whoever it knows is listed. */
  logIn(): void {
    this.hear({ kind: 'login', self: { id: 'bot-1', name: '清廉小助手' } });
    if (this.listsContacts) this.list();
  }

  list(contacts = this.contacts): void {
    const half = Math.ceil(contacts.length / 2);
    this.hear({ kind: 'contacts', contacts: contacts.slice(0, half), last: false });
    this.hear({ kind: 'contacts', contacts: contacts.slice(half), last: true });
  }

  /** @returns the message, to be told again */
  types(from: string, text: string, room?: { id: string; mentioned: boolean }): Report {
    this.#messages += 1;
    const known = this.contacts.find(({ id }) => id === from);
    const message: Report = {
      kind: 'message',
      id: `m-${this.#messages}`,
      timestamp: 1_790_000_000 + this.#messages,
      from: known ?? { id: from, name: '路人', isFriend: true },
      text,
      ...(room && { room }),
    };
    this.hear(message);
    return message;
  }

  hear(report: Report): void {
    this.#hearing?.heard(structuredClone(report));
  }

  textsTo = (id: string): string[] => this.said.flatMap((each) => (each.to === id ? [each.text] : []));
  remarkOf = (id: string): string | undefined => this.contacts.find((each) => each.id === id)?.remark;

  #end(hearing: ChildHearing): void {
    if (this.#hearing !== hearing) return;
    this.#hearing = undefined;
    setImmediate(() => hearing.ended('it left', ''));
  }

  async #obey(command: Command): Promise<void> {
    const hearing = this.#hearing;
    if (command.kind === 'start') {
      this.hear({ kind: 'loaded', version: '1' });
      if (this.logsIn) this.logIn();
      return;
    }
    const { request } = command;
    if (command.kind === 'say') this.said.push({ to: command.to.id, text: command.text });
    if (command.kind === 'remark') {
      const { contactId: contact, remark } = command;
      const fate = this.remarkFate;
      this.remarks.push({ contact, remark, fate });
      await this.onRemark();
      if (fate === 'hang') return;
      if (fate !== 'well') return hearing?.heard({ kind: 'failed', request, why: fate });
      this.contacts = this.contacts.map((each) => (each.id === contact ? { ...each, remark } : each));
    }
    await wait(1);
    hearing?.heard({ kind: 'done', request });
  }
}
