import { type Wechaty, WechatyBuilder } from 'wechaty';
import type { Command, Report } from '../protocol.ts';
import { openCarryingOut } from './carry-out.ts';
import { describeContact, describeFriendship, describeMessage } from './describe.ts';
import { handedSession } from './handed-session.ts';
import { type Lines, openLines } from './lines.ts';
import { CONTACTS_AT_ONCE, LONGEST } from './longest.ts';
import { loadPuppet } from './puppet.ts';
import { whereOf } from './where.ts';

/** What a puppet needs longer for than this is not waited for: behind it everybody else would wait. */
const PATIENCE_MS = 15_000;
const FAREWELL_MS = 3000;

/** Runs wechaty for as long as the service listens. */
export async function converse(): Promise<void> {
  const lines = openLines();
  // A promise that nobody looked after breaks nothing; what was thrown into the open may have left anything half done.
  process.on('unhandledRejection', (fault) => lines.report({ kind: 'fault', where: whereOf(fault) }));
  process.on('uncaughtException', (fault) => {
    lines.report({ kind: 'fault', where: whereOf(fault) });
    setImmediate(() => process.exit(1));
  });
  let bot: Promise<Wechaty> | undefined;
  let carryOut: ReturnType<typeof openCarryingOut> | undefined;
  lines.listen(
    (command) => {
      if (command.kind === 'start') {
        bot = begin(lines, command);
        void bot.then(
          (begun) => {
            carryOut = openCarryingOut(begun, lines.report);
            // It resolves whether the puppet began or failed: what counts is that it reports a login.
            return begun.start();
          },
          (fault: unknown) => lines.report({ kind: 'cannot', reason: whyNot(fault) }),
        );
      } else if (carryOut) carryOut(command);
      else lines.report({ kind: 'failed', request: command.request, why: 'offline' });
    },
    () => void leave(bot),
  );
}

async function begin(lines: Lines, start: Command & { kind: 'start' }): Promise<Wechaty> {
  setInterval(() => lines.report({ kind: 'alive' }), start.aliveEveryMs);
  const puppet = await loadPuppet(start.puppet);
  const memory = await handedSession(start.session, (session) => lines.report({ kind: 'session', session }));
  const bot = WechatyBuilder.build({ puppet, memory });
  hear(bot, lines.report);
  lines.report({ kind: 'loaded', version: bot.version() });
  return bot;
}

function hear(bot: Wechaty, report: (report: Report) => void): void {
  const inTurn = inOrder(report);
  bot.on('error', (fault) => report({ kind: 'fault', where: whereOf(fault) }));
  bot.on('scan', (code) => report({ kind: 'scan', code: code.slice(0, LONGEST.code) }));
  bot.on('login', (user) => {
    report({ kind: 'login', self: { id: user.id, name: user.name().slice(0, LONGEST.name) } });
    inTurn(() => tellContacts(bot, report));
  });
  // Puppets that load the contacts only bit by bit say by this that they have them all.
  bot.on('ready', () => inTurn(() => tellContacts(bot, report)));
  bot.on('logout', () => report({ kind: 'logout' }));
  bot.on('message', (message) =>
    inTurn(async () => {
      const described = await describeMessage(bot, message);
      if (described) report(described);
    }),
  );
  bot.on('friendship', (friendship) => {
    if (friendship.type() === bot.Friendship.Type.Receive) report(describeFriendship(friendship));
  });
}

async function tellContacts(bot: Wechaty, report: (report: Report) => void): Promise<void> {
  const contacts = (await bot.Contact.findAll()).map(describeContact);
  for (let from = 0; from === 0 || from < contacts.length; from += CONTACTS_AT_ONCE) {
    const next = from + CONTACTS_AT_ONCE;
    report({ kind: 'contacts', contacts: contacts.slice(from, next), last: next >= contacts.length });
  }
}

/** Works one after the other, so that messages come in the order in which they were said. */
function inOrder(report: (report: Report) => void): (work: () => Promise<void>) => void {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(async () => {
      try {
        await withPatience(work());
      } catch (fault) {
        report({ kind: 'fault', where: whereOf(fault) });
      }
    });
  };
}

async function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the puppet does not answer')), PATIENCE_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Loading fails before anything was said: the whole sentence may be told. */
const whyNot = (fault: unknown): string =>
  (fault instanceof Error ? fault.message : String(fault)).split('\n', 1)[0]?.slice(0, LONGEST.reason) ?? '';

async function leave(bot: Promise<Wechaty> | undefined): Promise<void> {
  setTimeout(() => process.exit(0), FAREWELL_MS);
  await bot?.then((begun) => begun.stop()).catch(() => undefined);
  process.exit(0);
}
