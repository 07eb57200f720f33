import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { keepPlatformLogin, readPlatformLogin } from '../../ledger/platform-login.ts';
import { qrForTerminal } from '../../ledger/qr.ts';
import type { Store } from '../../ledger/store.ts';
import { type ChatPlatform, type Receiver, SendFailure } from '../platform.ts';
import { inRounds } from '../rounds.ts';
import { WECHAT } from './acquaintances.ts';
import { openAcquaintances } from './by-remark.ts';
import { messageOf } from './inbound.ts';
import { openKeptSession } from './kept-session.ts';
import type { ChildLimits } from './limits.ts';
import { loginPage } from './login-page.ts';
import { openOutage } from './outage.ts';
import { openPace } from './pace.ts';
import { openReceiving } from './receiving.ts';
import { NotDone } from './requests.ts';
import type { StartChild } from './running-child.ts';
import { openSending } from './sending.ts';
import { type LoginState, openSupervision } from './supervision.ts';

export interface WechatWorld {
  store: Store;
  /** The platform on which everybody has an account, if there is one: people are told there what concerns their WeChat. */
  everybody?: string;
  startChild: StartChild;
  puppet: string;
  limits: ChildLimits;
  gapMs: { from: number; to: number };
  busyMs: number;
  tellAfterMs: number;
  /** How long the list of contacts is waited for after a login. */
  contactsWithinMs: number;
  remarkPausesMs: readonly number[];
  now: () => Date;
  /** Milliseconds that never go back. */
  ticks: () => number;
  random: () => number;
  /** Where somebody who started the service looks; absent: nobody does. */
  terminal?: (text: string) => void;
  log: Logger;
}

/**
 * WeChat through wechaty, in a process of its own. It shows text and pictures only, changes nothing that was sent, knows no
 * message again and proves no delivery; ids may change with each login.
 */
export function wechatPlatform(world: WechatWorld): ChatPlatform {
  const { store, now, ticks, random, log } = world;
  let receiver: Receiver | undefined;
  let trouble: string | undefined;
  const given = () => {
    if (!receiver) throw new Error('WeChat was spoken to before it was started');
    return receiver;
  };
  const recorded = () => receiver?.recorded();
  const session = openKeptSession(store, log);
  const outage = openOutage({ ...world, recorded });
  const pace = openPace({ gapMs: world.gapMs, now: ticks, random, wait });
  const login = openLoginShowing(world);
  const acquaintances = openAcquaintances({
    ...world,
    recorded,
    setRemark: (contactId, remark) => pace.send(() => supervision.ask({ kind: 'remark', contactId, remark })),
  });
  const supervision = openSupervision(
    { ...world, session: session.read, now: ticks },
    {
      message: (report) => receiving.message(report),
      friendship: (report) => receiving.friendship(report),
      contacts: (contacts, last) => receiving.contacts(contacts, last),
      session: session.changed,
      changed(state, why) {
        trouble = why ?? (state.is === 'online' ? undefined : trouble);
        if (state.is === 'online') outage.ends();
        else outage.begins();
        acquaintances.turned(state.is === 'online');
        login.show(state);
      },
    },
  );
  const receiving = openReceiving({ acquaintances, supervision, pace, now, log }, given);
  return {
    name: WECHAT,
    accounts: 'bound',
    capabilities: { forms: 'asked', buttons: 'typed', groups: true, files: true },
    isExtra: true,
    isHeldByOne: true,
    endpoints: [loginPage(() => receiver && supervision)],
    async start(house) {
      receiver = house;
      supervision.start();
    },
    async stop() {
      await supervision.stop();
      acquaintances.stop();
      await receiving.settle();
      await outage.stop();
      await login.settle();
      await session.settle();
    },
    ready: () => supervision.state.is === 'online',
    problem: () => problemOf(supervision.state, trouble),
    remembersIdsForMs: 0,
    send: openSending({ ...world, supervision, acquaintances, pace }),
    async fetchFile(source, { maxBytes, signal }) {
      signal.throwIfAborted();
      try {
        return await supervision.ask({ kind: 'fetch', messageId: messageOf(source), maxBytes });
      } catch (fault) {
        if (!(fault instanceof NotDone)) throw fault;
        if (fault.why === 'too-large') return 'too-large';
        throw new SendFailure(fault.message, fault.why === 'gone');
      }
    },
  };
}

function problemOf(state: LoginState, trouble: string | undefined): string | undefined {
  if (state.is === 'online') return undefined;
  if (state.is === 'scan') return 'somebody has to scan the QR code (GET /wechat on this machine)';
  return trouble ?? 'not logged in yet';
}

/** Shows in the record and on the terminal how the login stands. */
function openLoginShowing({ store, now, terminal, log }: WechatWorld) {
  let state: LoginState = { is: 'stopped' };
  let since = '';
  let shown = '';
  let loggedInAt: string | undefined;
  const keep = inRounds(async () => {
    if (state.is === 'stopped') return;
    const code = state.is === 'scan' && state.code !== '' ? { code: state.code } : {};
    loggedInAt ??= (await readPlatformLogin(store.database.rows, store, WECHAT))?.loggedInAt;
    const last = loggedInAt === undefined ? {} : { loggedInAt };
    await keepPlatformLogin(store, WECHAT, { is: state.is, ...code, since, ...last });
    if (!terminal || state.is !== 'scan' || state.code === '' || state.code === shown) return;
    shown = state.code;
    terminal(`\n${await qrForTerminal(state.code)}\n  请用机器人的微信号扫码登录。\n\n`);
  });
  return {
    show(next: LoginState): void {
      state = next;
      since = now().toISOString();
      if (next.is === 'online') loggedInAt = since;
      keep().catch((fault) => log.error({ err: fault }, 'how the WeChat login stands was not kept'));
    },
    settle: () => keep(),
  };
}
