import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { qrPng } from '../../ledger/qr.ts';
import { SendFailure } from '../platform.ts';
import type { LarkApi } from './calls/lark-api.ts';
import { within } from './receiving/within.ts';

/** QR codes as pictures that the platform holds: a card cannot carry one, it can only name it. */
export interface QrPictures {
  /**
   * What cards call the picture of the text's QR code. It is uploaded once, however often it is asked for.
   * @returns undefined where there is none in time: the card goes without it, its text says the same. Never rejects.
   */
  keyOf(text: string, wait: PictureWait): Promise<string | undefined>;
  /** The platform does not know the picture: the next card asks for another upload. */
  forget(text: string): void;
}

export interface PictureWait {
  /** When the card has to go; 0 or less: now. An upload goes on: the next card that shows the text has its picture. */
  withinMs: number;
  /** Somebody waits for the card. */
  urgent: boolean;
}

/** After so many the oldest is forgotten, and uploaded once more if it is shown again. */
const MOST_KEPT = 2000;
/** How long nothing is uploaded after a failure: one that passes, and one that somebody has to mend. */
const PASSING_PAUSE_MS = 30_000;
const LASTING_PAUSE_MS = 600_000;

interface World {
  api: Pick<LarkApi, 'upload'>;
  /** Milliseconds that never go back. */
  now: () => number;
  log: Logger;
}

/** The pictures of one app: no other app can show them. The keys are kept in memory; after a restart what is shown again is uploaded again. */
export function openQrPictures({ api, now, log }: World): QrPictures {
  const kept = new Map<string, string>();
  const underWay = new Map<string, Promise<string | undefined>>();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let failing = false;

  function failed(fault: unknown): undefined {
    const reason = fault instanceof Error ? fault.message : String(fault);
    if (fault instanceof SendFailure) pausedUntil = now() + pauseAfter(fault);
    if (!failing) log.warn({ reason }, 'cards go without their QR codes until the platform takes pictures');
    failing = true;
  }

  async function upload(text: string, name: string, urgent: boolean): Promise<string | undefined> {
    try {
      const png = new Uint8Array(await qrPng(text));
      const key = await api.upload({ png, key: name, urgent });
      kept.set(name, key);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      if (failing) log.info('cards have their QR codes again');
      failing = false;
      return key;
    } catch (fault) {
      return failed(fault);
    } finally {
      underWay.delete(name);
    }
  }

  return {
    async keyOf(text, { withinMs, urgent }) {
      const name = nameOf(text);
      const known = kept.get(name);
      if (known !== undefined) return known;
      if (withinMs <= 0 || (now() < pausedUntil && !underWay.has(name))) return undefined;
      const uploading = underWay.get(name) ?? upload(text, name, urgent);
      underWay.set(name, uploading);
      // It never rejects: what is thrown is that it takes too long.
      return within(withinMs, uploading).catch(() => undefined);
    },
    forget: (text) => void kept.delete(nameOf(text)),
  };
}

/** What is kept tells nobody what a receipt says. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const pauseAfter = ({ lasting, waitMs }: SendFailure): number =>
  waitMs ?? (lasting ? LASTING_PAUSE_MS : PASSING_PAUSE_MS);
