import type { Logger } from 'pino';
import { type ChildLimits, openFloodGate } from './limits.ts';
import type { Command, Report, Session } from './protocol.ts';
import type { RunningChild, StartChild } from './running-child.ts';

/** One life of the child, from its start to its end. */
export interface Life {
  readonly child: RunningChild;
  /** Asks it to leave, and makes it. Resolves once it is gone. */
  end(why: string): Promise<void>;
}

export interface LifeEvents {
  heard(report: Report): void;
  /** It is told to leave. */
  leaving(why: string): void;
  /** @param heldMs how long it was logged in; undefined: it never was */
  ended(why: string, heldMs: number | undefined): void;
}

export interface LifeWorld {
  startChild: StartChild;
  puppet: string;
  /** What the puppet remembers of the last login. */
  session: () => Promise<Session>;
  limits: ChildLimits;
  /** Milliseconds that never go back. */
  now: () => number;
  log: Logger;
}

export function openLife(world: LifeWorld, events: LifeEvents): Life {
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
      events.ended(why ?? how, loginAt === undefined ? undefined : now() - loginAt);
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

const startCommand = ({ puppet, limits }: LifeWorld, session: Session): Command => ({
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
