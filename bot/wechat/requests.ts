import { PIECE } from './child/longest.ts';
import type { Asked, Report, Why } from './protocol.ts';
import type { RunningChild } from './running-child.ts';

/** What was asked for was not done. */
export class NotDone extends Error {
  /** `lost`: the child went away or was silent, so that nobody knows; as with `fault`. */
  readonly why: Why | 'lost';

  constructor(why: Why | 'lost') {
    super(`WeChat: ${why}`);
    this.name = 'NotDone';
    this.why = why;
  }
}

export type Question = Asked extends infer One ? (One extends Asked ? Omit<One, 'request'> : never) : never;

/** What was asked of the child and is not answered yet. */
export interface Requests {
  /**
   * @param file bytes that go first
   * @returns the bytes that came back
   * @throws NotDone
   */
  ask(child: RunningChild | undefined, question: Question, withinMs: number, file?: Buffer): Promise<Buffer>;
  heard(report: Report & { kind: 'done' | 'failed' | 'piece' }): void;
  /** The child is gone: whatever it was doing, nobody knows. */
  lose(): void;
}

interface Waiting {
  pieces: Buffer[];
  size: number;
  most: number;
  settle(fault?: NotDone): void;
}

export function openRequests(): Requests {
  const waiting = new Map<number, Waiting>();
  let latest = 0;
  return {
    ask(child, question, withinMs, file) {
      latest += 1;
      const request = latest;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => one.settle(new NotDone('lost')), withinMs);
        const one: Waiting = {
          pieces: [],
          size: 0,
          most: question.kind === 'fetch' ? question.maxBytes : 0,
          settle(fault) {
            clearTimeout(timer);
            waiting.delete(request);
            if (fault) reject(fault);
            else resolve(Buffer.concat(one.pieces));
          },
        };
        waiting.set(request, one);
        const told = child && tellAll(child, { ...question, request } as Asked, file);
        if (!told) one.settle(new NotDone('offline'));
      });
    },
    heard(report) {
      const one = waiting.get(report.request);
      if (!one) return;
      if (report.kind === 'done') one.settle();
      else if (report.kind === 'failed') one.settle(new NotDone(report.why));
      else {
        const piece = Buffer.from(report.data, 'base64');
        one.size += piece.length;
        if (one.size > one.most) one.settle(new NotDone('too-large'));
        else one.pieces.push(piece);
      }
    },
    lose() {
      for (const one of [...waiting.values()]) one.settle(new NotDone('lost'));
    },
  };
}

function tellAll(child: RunningChild, asked: Asked, file: Buffer = Buffer.alloc(0)): boolean {
  const { request } = asked;
  for (let from = 0; from < file.length; from += PIECE) {
    const data = file.subarray(from, from + PIECE).toString('base64');
    if (!child.tell({ kind: 'piece', request, data })) return false;
  }
  return child.tell(asked);
}
