import type { Entry, FileTaking, Ledger } from '../ledger/define.ts';
import { requireAddFiles } from '../ledger/evidence.ts';
import type { Content } from '../ledger/message.ts';
import { showLine, text } from '../ledger/message.ts';
import type { Operation } from '../ledger/operation.ts';
import type { PageSubject } from '../ledger/page-link.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rules } from '../ledger/store.ts';
import type { Asking, Command, Handler } from './define.ts';
import { closeWaits, openWait, WAIT_MINUTES } from './file-wait.ts';

/** The word that ends the waiting for files. */
export const DONE = '完成';

/** 「补充佐证 <编号>」 for each ledger that takes files, and 「完成」. */
export function fileCommands(ledgers: readonly Ledger[]): Handler[] {
  const commands = ledgers.flatMap((ledger) => (ledger.files ? [addFiles(ledger, ledger.files)] : []));
  return commands.length > 0 ? [...commands, done(commands)] : [];
}

function addFiles(ledger: Ledger, files: FileTaking): Command {
  const { word, help } = files;
  const command: Command = {
    kind: 'command',
    name: `add-files.${ledger.name}`,
    words: [word],
    usage: `${word} <编号>`,
    help,
    group: ledger.title,
    may: () => true,
    relevant: (asking) => hasSome(asking, ledger, files),
    fields: {},
    takesFiles: 'entry',
    async plan(asking, typed) {
      const ref = typed.split(/\s/u)[0]?.replace(/@\d+$/u, '') ?? '';
      if (ref === '') throw new Refusal('invalid-input', `请写明编号，例如「${word} 2345-ABCD」。`);
      const entry = await asking.entries.get(ref);
      requireAddFiles(asking.entries.ledgerOf(entry), asking.person, entry);
      if (asking.keepsBack) {
        const subject = { kind: 'entry', ref: entry.ref } as const;
        throw new OnPageOnly({ subject, title: `${word} ${entry.ref}` });
      }
      return {
        ...{ subject: entry.ref, title: '', intro: [], fields: {} },
        ...{ start: {}, given: {}, confirm: false },
      };
    },
    async decide(operation, actor, subject) {
      const entry = await operation.entries.get(subject);
      requireAddFiles(ledger, actor, entry);
      await openWait(operation, actor, command, entry.ref);
      return waitingFor(entry, word, operation.store.rules);
    },
  };
  return command;
}

async function hasSome({ entries, person }: Asking, { name }: Ledger, { by }: FileTaking): Promise<boolean> {
  if (by.roles?.some((role) => person.roles.includes(role))) return true;
  const parts = by.parts ?? [];
  return parts.length > 0 && (await entries.some({ ledger: name, personId: person.id, parts }));
}

/** Where contents do not travel in the chat, files do not either: the answer is the way to the page. */
export class OnPageOnly extends Refusal {
  readonly whereto: { subject: PageSubject; title: string };

  constructor(whereto: OnPageOnly['whereto']) {
    super('private-only', '佐证文件不经聊天传递，请打开页面上传。');
    this.whereto = whereto;
  }
}

function waitingFor({ ref }: Entry, word: string, { files }: Rules): Content {
  const limits = `单个不超过 ${files.maxMegabytes} MB，每条记录最多 ${files.maxFiles} 个`;
  return {
    kind: 'notice',
    title: `${word} ${ref}`,
    tone: 'plain',
    sections: [
      {
        lines: [
          `请在 ${WAIT_MINUTES} 分钟内把文件、图片或语音直接发到这里（只在私聊里发），${limits}。`,
          `发完请点「${DONE}」，或发送「${DONE}」。`,
        ],
      },
    ],
    actions: [{ action: DONE, label: DONE, style: 'primary' }],
  };
}

const done = (commands: readonly Command[]): Command => ({
  kind: 'command',
  name: 'add-files.done',
  words: [DONE],
  usage: DONE,
  help: '结束补充佐证',
  group: '其他',
  may: () => true,
  relevant: async () => false,
  fields: {},
  plan: async () => ({ subject: '', title: '', intro: [], fields: {}, start: {}, given: {}, confirm: false }),
  async decide(operation, actor) {
    const [ref] = await closeWaits(operation, actor, commands);
    if (ref === undefined) return text('现在没有在等您的文件。需要补充佐证，请发送「补充佐证 <编号>」。');
    return ended(operation, ref);
  },
});

async function ended({ entries }: Operation, ref: string): Promise<Content> {
  const entry = await entries.get(ref);
  return {
    kind: 'notice',
    title: `${entry.ref} 的佐证已补充完`,
    tone: 'green',
    sections: [{ lines: ['之后还可以随时再补充。'] }],
    actions: [{ action: showLine(entry.ref), label: '查看' }],
  };
}
