import type { Logger } from 'pino';
import { type ChildLimits, openFloodGate, restMs } from './limits.ts';
import type { Command, Contact, FriendshipReport, MessageReport, Report, Session } from './protocol.ts';
import { openRequests, type Question } from './requests.ts';
import type { RunningChild, StartChild } from './running-child.ts';

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
  /** Somebody wants to scan: a rest ends now. */
  wake(): void;
  /** @returns the bytes of a file that was asked for. @throws NotDone */
  ask(question: Question, file?: Buffer): Promise<Buffer>;
}

export interface SupervisionWorld {
  startChild: StartChild;
  puppet: string;
  /** What the puppet remembers of the last login. */
  session: () => Promise<Session>;
  limits: ChildLimits;
  /** Milliseconds that never go back. */
  now: () => number;
  random: () => number;
  log: Logger;
}

/** So many lives in a row that came to nothing are blamed on what the puppet remembers: the next begins without. */
const FORGETFUL_AFTER = 3;
/** Of one life: a storm of them would fill the log. */
const LOGGED_FAULTS = 5;

export function openSupervision(world: SupervisionWorld, listener: SupervisionListener): Supervision {
  const { limits, log } = world;
  const requests = openRequests();
  let state: LoginState = { is: 'stopped' };
  let life: Life | undefined;
  let failures = 0;
  let nextLife: NodeJS.Timeout | undefined;
  let isStopping = false;
  let faults = 0;

  const become = (next: LoginState, why?: string) => {
    state = next;
    listener.changed(next, why);
  };

  function ended(why: string, heldMs: number): void {
    life = undefined;
    requests.lose();
    if (isStopping) return;
    failures = heldMs >= limits.steadyMs ? 1 : failures + 1;
    const rest = restMs(failures, limits, world.random());
    log.warn({ why, restSeconds: Math.round(rest / 1000) }, 'WeChat is not there');
    if (state.is !== 'resting') become({ is: 'resting', why }, why);
    nextLife = setTimeout(begin, rest);
  }

  function begin(): void {
    clearTimeout(nextLife);
    if (isStopping || life) return;
    become({ is: 'starting' });
    const session = failures >= FORGETFUL_AFTER ? async () => ({}) : world.session;
    faults = 0;
    // What is on its way is lost only when the child is; from now on nothing more is given to it.
    const leaving = (why: string) => become({ is: 'resting', why }, why);
    life = openLife({ ...world, session }, { heard, leaving, ended });
  }

  function logFault(where: string): void {
    faults += 1;
    if (faults <= LOGGED_FAULTS) log.info({ where }, 'a fault inside WeChat');
  }

  function heard(report: Report): void {
    if (report.kind === 'scan') become({ is: 'scan', code: report.code });
    else if (report.kind === 'login') become({ is: 'online', self: report.self });
    else if (report.kind === 'session') listener.session(report.session);
    else if (report.kind === 'done' || report.kind === 'failed' || report.kind === 'piece')
      requests.heard(report);
    else if (report.kind === 'fault') logFault(report.where);
    else if (state.is !== 'online') return;
    else if (report.kind === 'message') listener.message(report);
    else if (report.kind === 'friendship') listener.friendship(report);
    else if (report.kind === 'contacts') listener.contacts(report.contacts, report.last);
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
      if (state.is === 'resting') begin();
    },
    ask(question, file) {
      const withinMs = question.kind === 'say' ? limits.answerWithinMs : limits.fileWithinMs;
      return requests.ask(state.is === 'online' ? life?.child : undefined, question, withinMs, file);
    },
  };
}

/** One life of the child, from its start to its end. */
interface Life {
  readonly child: RunningChild;
  /** Asks it to leave, and makes it. Resolves once it is gone. */
  end(why: string): Promise<void>;
}

interface LifeEvents {
  heard(report: Report): void;
  /** It is told to leave. */
  leaving(why: string): void;
  /** @param heldMs how long it was logged in */
  ended(why: string, heldMs: number): void;
}

function openLife(world: SupervisionWorld, events: LifeEvents): Life {
  const { limits, now, log } = world;
  const isCalm = openFloodGate(limits.flood, now);
  let why: string | undefined;
  let loginAt: number | undefined;
  let silence = setTimeout(() => kill('it did not load'), limits.loadWithinMs);
  const login = setTimeout(() => void end('nobody logged in'), limits.loginWithinMs);
  let gone = () => {};
  const isGone = new Promise<void>((resolve) => {
    gone = resolve;
  });

  const child = world.startChild({
    heard(report) {
      if (why !== undefined && report.kind !== 'session') return;
      if (report.kind !== 'piece' && !isCalm(sizeOf(report))) return kill('it stormed');
      clearTimeout(silence);
      silence = setTimeout(() => kill('it hung'), limits.silentForMs);
      if (report.kind === 'login') {
        clearTimeout(login);
        loginAt ??= now();
      }
      if (report.kind === 'cannot') {
        log.error({ reason: report.reason }, 'WeChat cannot begin');
        return void end(`it could not begin: ${report.reason}`);
      }
      if (report.kind === 'logout') return void end('it was logged out');
      events.heard(report);
    },
    misbehaved: (how) => kill(how),
    ended(how, said) {
      clearTimeout(silence);
      clearTimeout(login);
      if (said) log.warn({ said }, 'what WeChat said before it left');
      events.ended(why ?? how, loginAt === undefined ? 0 : now() - loginAt);
      gone();
    },
  });

  function leave(because: string): void {
    if (why !== undefined) return;
    why = because;
    clearTimeout(login);
    events.leaving(because);
  }

  function kill(because: string): void {
    leave(because);
    child.kill();
  }

  function end(because: string): Promise<void> {
    leave(because);
    clearTimeout(silence);
    child.dismiss();
    silence = setTimeout(() => child.kill(), limits.leaveWithinMs);
    return isGone;
  }

  void world.session().then(
    (session) => child.tell(startCommand(world, session)),
    (fault: unknown) => {
      log.error({ err: fault }, 'what WeChat remembers cannot be read');
      child.tell(startCommand(world, {}));
    },
  );
  return { child, end };
}

const startCommand = ({ puppet, limits }: SupervisionWorld, session: Session): Command => ({
  kind: 'start',
  puppet,
  session,
  aliveEveryMs: limits.aliveEveryMs,
});

/** Characters, roughly: only what can be long is measured. */
function sizeOf(report: Report): number {
  if (report.kind === 'session') return JSON.stringify(report.session).length;
  if (report.kind === 'message') return report.text?.length ?? 0;
  return 200;
}
