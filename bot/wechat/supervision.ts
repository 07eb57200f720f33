import { openBackOff } from './back-off.ts';
import { type Life, type LifeWorld, openLife } from './life.ts';
import type { Contact, FriendshipReport, MessageReport, Report, Session } from './protocol.ts';
import { openRequests, type Question } from './requests.ts';

/** How things stand with WeChat. */
export type LoginState =
  /** The child is loading, or tries to log in by what it remembers. */
  | { is: 'starting' }
  /** Somebody has to scan this; without a code it was scanned and waits for the phone. */
  | { is: 'scan'; code: string }
  | { is: 'online'; self: { id: string; name: string } }
  /** Nothing runs for a while. */
  | { is: 'resting'; why: string }
  | { is: 'stopped' };

export interface SupervisionListener {
  message(message: MessageReport): void;
  friendship(friendship: FriendshipReport): void;
  contacts(contacts: readonly Contact[], last: boolean): void;
  session(session: Session): void;
  /** After each change. @param why of what went wrong, in English, without names and content */
  changed(state: LoginState, why?: string): void;
}

/** Keeps WeChat going in a process of its own, whatever happens there. */
export interface Supervision {
  readonly state: LoginState;
  start(): void;
  stop(): Promise<void>;
  /** Somebody wants to scan: a rest ends now, unless one was just ended so. */
  wake(): void;
  /** @returns the bytes of a file that was asked for. @throws NotDone */
  ask(question: Question, file?: Buffer): Promise<Buffer>;
}

export interface SupervisionWorld extends LifeWorld {
  random: () => number;
}

/** Of one life: a storm of them would fill the log. */
const LOGGED_FAULTS = 5;

/** Questions that no file is needed for. */
const QUICK: ReadonlySet<string> = new Set(['say', 'remark']);

export function openSupervision(world: SupervisionWorld, listener: SupervisionListener): Supervision {
  const { limits, log } = world;
  const requests = openRequests();
  const backOff = openBackOff(limits, world.random);
  let state: LoginState = { is: 'stopped' };
  let life: Life | undefined;
  let nextLife: NodeJS.Timeout | undefined;
  let isStopping = false;
  let wokenAt = Number.NEGATIVE_INFINITY;
  let faults = 0;

  const become = (next: LoginState, why?: string) => {
    state = next;
    listener.changed(next, why);
  };

  function ended(why: string, heldMs: number | undefined): void {
    life = undefined;
    requests.lose();
    if (isStopping) return;
    const rest = backOff.ended(heldMs);
    log.warn({ why, restSeconds: Math.round(rest / 1000) }, 'WeChat is not there');
    if (state.is !== 'resting') become({ is: 'resting', why }, why);
    nextLife = setTimeout(begin, rest);
  }

  function begin(): void {
    clearTimeout(nextLife);
    if (isStopping || life) return;
    become({ is: 'starting' });
    const session = backOff.isForgetful ? async () => ({}) : world.session;
    faults = 0;
    // What is on its way is lost only when the child is; from now on nothing more is given to it.
    const leaving = (why: string) => become({ is: 'resting', why }, why);
    life = openLife({ ...world, session }, { heard, leaving, ended });
  }

  function heard(report: Report): void {
    if (report.kind === 'scan') become({ is: 'scan', code: report.code });
    else if (report.kind === 'login') become({ is: 'online', self: report.self });
    else if (report.kind === 'session') listener.session(report.session);
    else if (report.kind === 'done' || report.kind === 'failed' || report.kind === 'piece')
      requests.heard(report);
    else if (report.kind === 'fault' && ++faults <= LOGGED_FAULTS)
      log.info({ where: report.where }, 'a fault inside WeChat');
    else if (state.is === 'online') pass(report, listener);
  }

  return {
    get state() {
      return state;
    },
    start: begin,
    async stop() {
      isStopping = true;
      clearTimeout(nextLife);
      await life?.end('the service stops');
      state = { is: 'stopped' };
    },
    wake() {
      if (state.is !== 'resting' || world.now() - wokenAt < limits.wakeEveryMs) return;
      wokenAt = world.now();
      begin();
    },
    ask(question, file) {
      const withinMs = QUICK.has(question.kind) ? limits.answerWithinMs : limits.fileWithinMs;
      return requests.ask(state.is === 'online' ? life?.child : undefined, question, withinMs, file);
    },
  };
}

/** What is said by people means something only while the bot is one of them. */
function pass(report: Report, listener: SupervisionListener): void {
  if (report.kind === 'message') listener.message(report);
  else if (report.kind === 'friendship') listener.friendship(report);
  else if (report.kind === 'contacts') listener.contacts(report.contacts, report.last);
}
