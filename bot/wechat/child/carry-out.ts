import { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import type { Asked, Conversation, Report, Why } from '../protocol.ts';
import { PIECE } from './longest.ts';
import { whereOf } from './where.ts';

/** It was not done, and certainly so. */
class NotDone extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}

/** Does what the service asks for, one thing after the other, and says what came of it. */
export function openCarryingOut(bot: Wechaty, report: (report: Report) => void): (asked: Asked) => void {
  const pieces = new Map<number, Buffer[]>();
  let last = Promise.resolve();

  async function carryOut(asked: Asked): Promise<void> {
    if (!bot.puppet.isLoggedIn) throw new NotDone('offline');
    if (asked.kind === 'say') {
      const { say } = await conversation(bot, asked.to);
      await say(asked.text);
    } else if (asked.kind === 'send-file') {
      const base64 = Buffer.concat(taken(asked.request)).toString('base64');
      const { say } = await conversation(bot, asked.to);
      await say(FileBox.fromBase64(base64, asked.name));
    } else if (asked.kind === 'fetch') await fetchFile(asked);
    else if (asked.kind === 'befriend') await bot.puppet.friendshipAccept(asked.friendshipId);
    else if (asked.kind === 'remark') await bot.puppet.contactAlias(asked.contactId, asked.remark);
  }

  function taken(request: number): Buffer[] {
    const file = pieces.get(request) ?? [];
    pieces.delete(request);
    return file;
  }

  async function fetchFile({ request, messageId, maxBytes }: Asked & { kind: 'fetch' }): Promise<void> {
    const message = await bot.Message.find({ id: messageId });
    if (!message) throw new NotDone('gone');
    const stream = await (await message.toFileBox()).toStream();
    let size = 0;
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) throw new NotDone('too-large');
      for (let from = 0; from < bytes.length; from += PIECE)
        report({ kind: 'piece', request, data: bytes.subarray(from, from + PIECE).toString('base64') });
    }
  }

  return (asked) => {
    const { request } = asked;
    if (asked.kind === 'piece') {
      pieces.set(request, [...(pieces.get(request) ?? []), Buffer.from(asked.data, 'base64')]);
      return;
    }
    last = last.then(async () => {
      try {
        await carryOut(asked);
        report({ kind: 'done', request });
      } catch (fault) {
        taken(request);
        if (!(fault instanceof NotDone)) report({ kind: 'fault', where: whereOf(fault) });
        report({ kind: 'failed', request, why: fault instanceof NotDone ? fault.why : 'fault' });
      }
    });
  };
}

interface Spoken {
  say(what: string | ReturnType<typeof FileBox.fromBase64>): Promise<unknown>;
}

/** @throws NotDone `stranger` where the account knows nobody of that id, in this login */
async function conversation(bot: Wechaty, { id, isRoom }: Conversation): Promise<Spoken> {
  const found = isRoom ? await bot.Room.find({ id }) : await bot.Contact.find({ id });
  if (!found) throw new NotDone('stranger');
  return { say: (what) => found.say(what as string) };
}
