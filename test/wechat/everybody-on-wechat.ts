import { setTimeout as wait } from 'node:timers/promises';
import { defaultLimits } from '../../bot/wechat/limits.ts';
import { openWechat } from '../../bot/wechat/open-wechat.ts';
import { openRemarks } from '../../bot/wechat/remark.ts';
import { BUSY } from '../../bot/wechat/sending.ts';
import type { Store } from '../../ledger/store.ts';
import type { Bureau, BureauOptions } from '../bureau.ts';
import { openLocalBureau } from '../local-bureau.ts';
import { besideLocal, type TextChat } from '../platform-contract/beside-local.ts';
import { openStandIn, PUPPET, type StandIn } from './stand-in/stand-in.ts';
import { FAST } from './wechat-bureau.ts';

const GROUP = 'office-1@room';
const SELF = { id: 'bot-1', name: '清廉小助手' };
const STRANGER = { id: 'stranger-1', name: '路人' };
/** Contents travel by pages on WeChat unless the bureau says otherwise: that is a rule, with tests of its own (test/wechat). */
const RULES = { contents: { travel: { wechat: 'chat' } }, limits: { messagesPerMinute: 10_000 } };
/** A busy machine is not an outage: nothing here is about a WeChat that does not answer (test/wechat/outages). */
const UNHURRIED = { ...FAST, limits: { ...defaultLimits, firstRestMs: 50, longestRestMs: 200 } };
/** What was said has to come through the other process. */
const THROUGH_MS = 150;
/** Whoever is known is answered. */
const ANSWERED_MS = 5000;
/** How often it is looked whether what was put off is out. */
const LOOKS_MS = 10;
/** The house may hear that something was sent before the stand-in has read it. */
const ARRIVES_MS = 25;

/** The sample bureau with everybody on WeChat: the real wechaty in its real process, and a stand-in of WeChat behind it. */
export async function everybodyOnWechat(options: BureauOptions = {}): Promise<Bureau> {
  const standIn = await openStandIn({ self: SELF, contacts: [STRANGER], rooms: [] });
  const { WECHAT_PUPPET: puppet = PUPPET, ...variables } = standIn.variables;
  const opened: { store?: Store } = {};
  return besideLocal({
    setting: async (_, store, now, log) => openWechat({ puppet, variables }, store, now, log, UNHURRIED),
    open: (world) =>
      openLocalBureau({
        ...options,
        rules: { ...RULES, ...options.rules },
        world: { ...options.world, ...world },
      }),
    // The ids under which the ledger knows people on WeChat have five signs.
    accountOf: (index) => `wx-${10 + index}`,
    async begins(accounts, store) {
      opened.store = store;
      const remarks = openRemarks(store);
      const people = [...accounts].map(async ([name, id]) => ({
        ...{ id, name, remark: await remarks.write(name, id) },
      }));
      const members = [SELF.id, STRANGER.id, ...accounts.values()];
      standIn.members = {
        self: SELF,
        contacts: [STRANGER, ...(await Promise.all(people))],
        rooms: [{ id: GROUP, topic: '办公室', members }],
      };
    },
    ...typingOn(standIn),
    async arrives() {
      while (opened.store && (await isPutOff(opened.store))) await wait(LOOKS_MS);
      await wait(ARRIVES_MS);
    },
    close: () => standIn.close(),
  });
}

/** A notice makes room for an answer, and is still to come. */
async function isPutOff({ database }: Store): Promise<boolean> {
  const { outbox } = database.rows;
  return (await outbox.findFirst({ where: { state: 'waiting', lastError: BUSY } })) !== null;
}

function typingOn(
  standIn: StandIn,
): Pick<TextChat, 'textsTo' | 'types' | 'typesTwice' | 'sendsFile' | 'group'> {
  let count = 0;
  const newId = () => `m-${++count}`;
  /** @param to where the answer comes */
  async function through(to: string, tell: () => void): Promise<void> {
    const before = standIn.textsTo(to).length;
    tell();
    if (to === STRANGER.id) return wait(THROUGH_MS);
    await standIn.until(() => standIn.textsTo(to).length > before, ANSWERED_MS);
  }
  return {
    textsTo: standIn.textsTo,
    types: (from, text) => through(from, () => standIn.order({ do: 'text', id: newId(), from, text })),
    async typesTwice(from, text) {
      const order = { do: 'text', id: newId(), from, text } as const;
      await through(from, () => standIn.order(order));
      standIn.order(order);
      await wait(THROUGH_MS);
    },
    sendsFile: (from, { name, bytes }) =>
      through(from, () =>
        standIn.order({
          ...{ do: 'file', id: newId(), from, name },
          base64: Buffer.from(bytes).toString('base64'),
        }),
      ),
    group: {
      id: GROUP,
      types: (from, text) =>
        through(GROUP, () =>
          standIn.order({
            ...{ do: 'text', id: newId(), from, room: GROUP },
            text: `@${SELF.name}\u2005${text}`,
          }),
        ),
    },
  };
}
