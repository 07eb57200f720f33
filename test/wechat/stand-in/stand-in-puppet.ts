import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { FileBox } from 'file-box';
import { type payloads, types } from 'wechaty';
import { PuppetMock } from 'wechaty-puppet-mock';
import type { FromPuppet, StandInContact, ToPuppet } from './wire.ts';

type File = Parameters<PuppetMock['messageSendFile']>[1];

/**
 * A puppet as a bureau would have one, loaded by the real wechaty in the real child process: the WeChat that it speaks with is
 * the stand-in in the test's own process (`stand-in.ts`), at the port in WECHATY_STAND_IN.
 */
export class StandInPuppet extends PuppetMock {
  #wire: Socket | undefined;
  #sending: 'well' | 'throw' | 'hang' = 'well';
  readonly #made = new Map<string, payloads.Contact>();
  readonly #friendships = new Map<string, payloads.Friendship>();

  override async onStart(): Promise<void> {
    await super.onStart();
    const wire = connect(Number(process.env.WECHATY_STAND_IN), '127.0.0.1');
    this.#wire = wire;
    createInterface({ input: wire }).on('line', (line) => this.#obey(JSON.parse(line) as ToPuppet));
    const remembers: Record<string, unknown> = {};
    for await (const [name, value] of this.memory.entries()) remembers[name] = value;
    this.#tell({ said: 'hello', pid: process.pid, remembers, variables: Object.keys(process.env) });
  }

  override async onStop(): Promise<void> {
    this.#wire?.destroy();
    await super.onStop();
  }

  override async messageSendText(to: string, text: string): Promise<void> {
    await this.#perform();
    await super.messageSendText(to, text);
    this.#tell({ said: 'text', to, text });
  }

  override async messageSendFile(to: string, file: File): Promise<void> {
    await this.#perform();
    this.#tell({ said: 'file', to, name: file.name, base64: await file.toBase64() });
  }

  override async friendshipRawPayload(id: string): Promise<payloads.Friendship> {
    const payload = this.#friendships.get(id);
    if (!payload) throw new Error(`no friendship ${id}`);
    return payload;
  }

  override async friendshipAccept(id: string): Promise<void> {
    this.#tell({ said: 'befriended', id });
  }

  override async contactAlias(id: string): Promise<string>;
  override async contactAlias(id: string, alias: string | null): Promise<void>;
  override async contactAlias(id: string, alias?: string | null): Promise<unknown> {
    const known = this.mocker.cacheContactPayload.get(id);
    if (alias === undefined) return known?.alias ?? '';
    await this.#perform();
    if (!known) throw new Error(`no contact ${id}`);
    this.#know({ id, name: known.name, remark: alias ?? '' });
    this.#tell({ said: 'remark', contact: id, remark: alias ?? '' });
  }

  async #perform(): Promise<void> {
    if (this.#sending === 'throw') throw new Error('a puppet that throws: 张三说的话');
    if (this.#sending === 'hang') await new Promise(() => {});
  }

  #tell(said: FromPuppet): void {
    this.#wire?.write(`${JSON.stringify(said)}\n`);
  }

  #obey(order: ToPuppet): void {
    if (order.do === 'scan') this.emit('scan', { qrcode: order.code, status: types.ScanStatus.Waiting });
    else if (order.do === 'login') this.#logIn(order);
    else if (order.do === 'logout') void this.logout('kicked');
    else if (order.do === 'contacts') this.#list(order.contacts);
    else if (order.do === 'sending') this.#sending = order.how;
    else if (order.do === 'remember')
      void this.memory.set(order.name, order.value).then(() => this.memory.save());
    else if (order.do === 'probe') this.#tell({ said: 'probed', found: probe(order.files) });
    else if (order.do === 'friend-request') this.#ask(order);
    else if (order.do === 'text' || order.do === 'file' || order.do === 'location') this.#receive(order);
    else misbehave(this, order.do);
  }

  #know({ id, name, remark }: StandInContact): void {
    const alias = remark ?? '';
    const made = this.#made.get(id);
    // The mock makes nobody twice.
    if (made) this.mocker.cacheContactPayload.set(id, { ...made, name, alias });
    else this.#made.set(id, this.mocker.createContact({ id, name, friend: true, alias }).payload);
    this.dirtyPayload(types.Payload.Contact, id);
  }

  /** Ids of before are nobody's. */
  #logIn({ self, contacts, rooms }: ToPuppet & { do: 'login' }): void {
    this.mocker.cacheContactPayload.clear();
    for (const contact of [self, ...contacts]) this.#know(contact);
    for (const { id, topic, members } of rooms) this.mocker.createRoom({ id, topic, memberIdList: members });
    this.login(self.id);
  }

  #list(contacts: readonly StandInContact[]): void {
    for (const id of [...this.mocker.cacheContactPayload.keys()])
      if (id !== this.currentUserId) this.mocker.cacheContactPayload.delete(id);
    for (const contact of contacts) this.#know(contact);
    // What was known of them is forgotten first.
    setTimeout(() => this.emit('ready', { data: 'contacts' }), 20);
  }

  #ask({ id, from, hello }: ToPuppet & { do: 'friend-request' }): void {
    this.mocker.createContact({ id: from.id, name: from.name, friend: false, alias: '' });
    const type = types.Friendship.Receive;
    const timestamp = 1;
    this.#friendships.set(id, { id, contactId: from.id, hello, type, timestamp, ticket: 't', scene: 0 });
    this.emit('friendship', { friendshipId: id });
  }

  #receive(order: ToPuppet & { do: 'text' | 'file' | 'location' }): void {
    const { id, from } = order;
    const type =
      order.do === 'text'
        ? types.Message.Text
        : order.do === 'file'
          ? types.Message.Attachment
          : types.Message.Location;
    if (order.do === 'file')
      this.mocker.cacheFileBoxPayload.set(id, FileBox.fromBase64(order.base64, order.name).toJSON() as never);
    const room = order.do === 'text' ? order.room : undefined;
    const to = room === undefined ? { listenerId: this.currentUserId } : { roomId: room, mentionIdList: [] };
    this.mocker.cacheMessagePayload.set(id, {
      id,
      type,
      timestamp: 1_790_000_000,
      talkerId: from,
      ...(order.do === 'text' && { text: order.text }),
      ...(order.do === 'file' && { filename: order.name }),
      ...to,
    } as never);
    this.emit('message', { messageId: id });
  }
}

function misbehave(puppet: StandInPuppet, how: string): void {
  if (how === 'throw')
    setImmediate(() => {
      throw new Error('thrown into the open: 张三说的话');
    });
  else if (how === 'reject') void Promise.reject(new Error('nobody looked after it'));
  else if (how === 'hang') for (;;);
  else if (how === 'exit') process.exit(7);
  else if (how === 'storm')
    setInterval(() => {
      for (let n = 0; n < 50; n += 1) puppet.emit('error', { data: 'again: 张三说的话' });
    }, 5);
  else if (how === 'flood')
    setInterval(() => {
      try {
        for (let n = 0; n < 50; n += 1) writeSync(3, 'x'.repeat(60_000));
      } catch {
        // Its other end is full, or gone.
      }
    }, 1);
  else if (how === 'babble') writeSync(3, '{"kind":"message","id":{"$ne":1}}\n');
}

function probe(files: readonly string[]): Record<string, string> {
  const attempts: [string, () => unknown][] = [
    ...files.map((file): [string, () => unknown] => [file, () => readFileSync(file)]),
    ['write', () => writeFileSync(new URL('left-behind', import.meta.url), 'x')],
    ['run', () => execSync('true')],
  ];
  return Object.fromEntries(
    attempts.map(([name, attempt]) => {
      try {
        attempt();
        return [name, 'done'];
      } catch (fault) {
        return [name, fault instanceof Error && 'code' in fault ? String(fault.code) : 'failed'];
      }
    }),
  );
}
