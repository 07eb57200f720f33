import type { Entry, Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import { mayAddFiles, requireAddFiles } from '../ledger/evidence.ts';
import type { FileTaking } from '../ledger/file-taking.ts';
import type { Action, Content } from '../ledger/message.ts';
import { showLine, text } from '../ledger/message.ts';
import { movesOpenTo, situationOf } from '../ledger/move.ts';
import type { Operation } from '../ledger/operation.ts';
import type { PageSubject } from '../ledger/page-link.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rules } from '../ledger/store.ts';
import type { Asking, Command, Handler } from './define.ts';
import { closeWaits, openWait, WAIT_MINUTES } from './file-wait.ts';

/** The word that ends the waiting for files. */
export const DONE = '完成';

/** A ledger that takes files. */
interface Taking {
  ledger: Ledger;
  files: FileTaking;
}

/** One command for each word with which ledgers take files, 「补充佐证 <编号>」, and 「完成」. */
export function fileCommands(ledgers: readonly Ledger[]): Handler[] {
  const byWord = new Map<string, Taking[]>();
  for (const ledger of ledgers) {
    const { files } = ledger;
    if (files) byWord.set(files.word, [...(byWord.get(files.word) ?? []), { ledger, files }]);
  }
  const commands = [...byWord.values()].map(addFiles);
  return commands.length > 0 ? [...commands, done(commands)] : [];
}

function addFiles(takings: Taking[]): Command {
  const [{ ledger: first, files } = {} as Taking] = takings;
  const { word, help } = files;
  const command: Command = {
    kind: 'command',
    name: `add-files.${first.name}`,
    words: [word],
    usage: `${word} <编号>`,
    help,
    group: first.title,
    may: () => true,
    relevant: (asking) => hasSome(asking, takings),
    fields: {},
    takesFiles: 'entry',
    async plan(asking, typed) {
      const ref = typed.split(/\s/u)[0]?.replace(/@\d+$/u, '') ?? '';
      const entry = ref === '' ? await onlyOne(asking, takings) : await asking.entries.get(ref);
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
      requireAddFiles(operation.entries.ledgerOf(entry), actor, entry);
      await openWait(operation, actor, command, entry.ref);
      return waitingFor(entry, operation.store.rules);
    },
  };
  return command;
}

/** Entries of his own that are looked at, and that are offered. */
const LOOKED_AT = 50;
const OFFERED = 5;

/**
 * No number was typed: the one entry in which the person has a part and to which he may add files. Nothing is kept before he
 * sends one, and the answer names the entry.
 * @throws Refusal with all of them where there are several
 */
async function onlyOne(asking: Asking, takings: readonly Taking[]): Promise<Entry> {
  const word = takings[0]?.files.word ?? '';
  const own: Entry[] = [];
  for (const { ledger, files } of takings) {
    const filter = { ledger: ledger.name, personId: asking.person.id, parts: files.by.parts ?? [] };
    const found = await asking.entries.list(filter, { skip: 0, take: LOOKED_AT, order: 'due' });
    own.push(...found.filter((entry) => mayAddFiles(ledger, asking.person, entry)));
  }
  const [only, ...others] = own;
  if (only && others.length === 0) return only;
  const offers = own
    .slice(0, OFFERED)
    .map(({ ref }) => ({ action: `${word} ${ref}`, label: `${word} ${ref}` }));
  const sentence = only ? `您有 ${own.length} 条可以${word}的，请选择，或写明编号` : '请写明编号';
  throw new Refusal(
    'invalid-input',
    `${sentence}，例如「${word} ${only?.ref ?? '2345-ABCD'}」。`,
    {},
    offers,
  );
}

async function hasSome({ entries, person }: Asking, takings: readonly Taking[]): Promise<boolean> {
  for (const { ledger, files } of takings) {
    if (files.by.roles?.some((role) => person.roles.includes(role))) return true;
    const taken = await entries.partsOf(person.id, ledger.name);
    if (files.by.parts?.some((part) => taken.has(part))) return true;
  }
  return false;
}

/** Where contents do not travel in the chat, files do not either: the answer is the way to the page. */
export class OnPageOnly extends Refusal {
  readonly whereto: { subject: PageSubject; title: string };

  constructor(whereto: OnPageOnly['whereto']) {
    super('private-only', '佐证文件不经聊天传递，请打开页面上传。');
    this.whereto = whereto;
  }
}

function waitingFor({ ref }: Entry, { files }: Rules): Content {
  const limits = `单个不超过 ${files.maxMegabytes} MB，每条记录最多 ${files.maxFiles} 个`;
  return {
    kind: 'notice',
    // Where a card's button was pressed, it is all that is said.
    title: `请在 ${WAIT_MINUTES} 分钟内发送 ${ref} 的佐证文件`,
    tone: 'plain',
    sections: [
      {
        lines: [
          `把文件、图片或语音直接发到这里（只在私聊里发），${limits}。`,
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
    return ended(operation, actor, ref);
  },
});

async function ended(operation: Operation, actor: Person, ref: string): Promise<Content> {
  const entry = await operation.entries.get(ref);
  const ledger = operation.entries.ledgerOf(entry);
  return {
    kind: 'notice',
    title: `${entry.ref} 的佐证已补充完`,
    tone: 'green',
    sections: [{ lines: mayAddFiles(ledger, actor, entry) ? [untilWhen(ledger)] : [] }],
    actions: [...onwards(operation, ledger, actor, entry), { action: showLine(entry.ref), label: '查看' }],
  };
}

/** Where files are taken in some states only, what they are sent for ends it. */
function untilWhen({ files, moves }: Ledger): string {
  const ends = files?.from && moves.find(({ name }) => name === files.leadsTo);
  return ends ? `${ends.word}前还可以再补充。` : '之后还可以随时再补充。';
}

/** What the files were mostly sent for, once it can be done. */
function onwards(operation: Operation, ledger: Ledger, actor: Person, entry: Entry): Action[] {
  const open = movesOpenTo(ledger, situationOf(operation, actor, entry));
  return open
    .filter(({ name }) => name === ledger.files?.leadsTo)
    .map(({ word }) => ({ action: `${word} ${entry.ref}`, label: word, style: 'primary' }));
}
