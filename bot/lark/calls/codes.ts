import type { CallFault } from './call-fault.ts';

/**
 * What is to be done about a code:
 * `token`: the cached token is dropped and the call made once more;
 * `throttled`: nothing more to this API until the platform's reset; `receiver-busy`: nothing more to this receiver for
 * a while; `wait`: this call alone waits a little; `quota`: nothing but urgent messages for long; `halt`: nothing at
 * all for a while. None of these counts as an attempt;
 * `again`: a passing failure, tried again as often as the outbox tries;
 * `gone`, `too-old`: what an update answers, and a lasting failure of anything else;
 * `unreachable`: lasting, and so it is for every message to this person; `lasting`: trying again cannot help.
 */
export type Deed =
  | 'token'
  | 'throttled'
  | 'receiver-busy'
  | 'wait'
  | 'again'
  | 'quota'
  | 'halt'
  | 'gone'
  | 'too-old'
  | 'unreachable'
  | 'lasting';

export interface Treatment {
  /** In English, for operators. */
  meaning: string;
  deed: Deed;
  /** Somebody has to mend it. */
  alarm?: true;
}

/** The codes of the platform's pages for sending, updating, the gateway and the directory; on every other one see `treatmentOf`. */
export const CODES: Readonly<Record<number, Treatment>> = {
  99991400: { meaning: 'too many calls of this API', deed: 'throttled' },
  230020: { meaning: 'too many messages to this receiver', deed: 'receiver-busy' },
  230049: { meaning: 'the same message is still being sent', deed: 'wait' },
  1000004: { meaning: 'too many calls of this method', deed: 'again' },
  2200: { meaning: 'internal error of the platform', deed: 'again' },
  99991661: { meaning: 'the token is missing', deed: 'token' },
  99991663: { meaning: 'the token is invalid', deed: 'token' },
  99991671: { meaning: 'the token is malformed', deed: 'token' },
  99991672: { meaning: 'the app lacks a scope', deed: 'lasting', alarm: true },
  99991673: { meaning: 'the app is not available in this tenant', deed: 'halt', alarm: true },
  99991403: { meaning: 'the monthly quota of calls is used up', deed: 'quota', alarm: true },
  99992402: { meaning: 'a parameter is wrong', deed: 'lasting' },
  230001: { meaning: 'a parameter is wrong', deed: 'lasting' },
  99992351: { meaning: 'the open_id is unknown; was it given to another app?', deed: 'lasting' },
  99992354: { meaning: 'the message id is unknown; was it given to another app?', deed: 'lasting' },
  230034: { meaning: 'the receiver is unknown; was its id given to another app?', deed: 'lasting' },
  230002: { meaning: 'the bot is not in the group', deed: 'lasting' },
  232009: { meaning: 'the group was dissolved', deed: 'lasting' },
  230006: { meaning: 'the bot ability of the app is off', deed: 'halt', alarm: true },
  230013: { meaning: 'the person is outside the availability of the app, or left', deed: 'unreachable' },
  230029: { meaning: 'the person left', deed: 'unreachable' },
  230053: { meaning: 'the person stopped the bot', deed: 'unreachable' },
  230018: { meaning: 'the group lets the bot say nothing', deed: 'lasting' },
  230027: { meaning: 'the bot may not do this, as in an external group', deed: 'lasting' },
  230035: { meaning: 'the bot has no right to send here', deed: 'lasting' },
  230038: { meaning: 'the person belongs to another tenant', deed: 'lasting' },
  230050: { meaning: 'the message is invisible to the bot', deed: 'lasting' },
  230054: { meaning: 'this kind of message cannot be changed so', deed: 'lasting' },
  230075: { meaning: 'too late to edit, or an encrypted chat', deed: 'lasting' },
  230011: { meaning: 'the message was recalled', deed: 'gone' },
  230110: { meaning: 'the message was deleted', deed: 'gone' },
  231003: { meaning: 'the message is no more', deed: 'gone' },
  230031: { meaning: 'the card is older than 14 days', deed: 'too-old' },
  230025: { meaning: 'the message is too long', deed: 'lasting' },
  200860: { meaning: 'the card is too long', deed: 'lasting' },
  230022: { meaning: 'the content did not pass the review', deed: 'lasting' },
  230028: { meaning: "the content did not pass the tenant's data loss rules", deed: 'lasting' },
  230099: { meaning: 'the card was refused', deed: 'lasting' },
  230017: { meaning: 'the file belongs to another app', deed: 'lasting' },
  230055: { meaning: 'the file does not fit the kind of message', deed: 'lasting' },
  234006: { meaning: 'the file is too large', deed: 'lasting' },
  234001: { meaning: 'a parameter is wrong', deed: 'lasting' },
  234002: { meaning: 'the app may not do this', deed: 'lasting' },
  234003: { meaning: 'the file does not belong to the message', deed: 'lasting' },
  234004: { meaning: 'the bot is not in the chat', deed: 'lasting' },
  234037: { meaning: 'the file is too large to be fetched', deed: 'lasting' },
  234038: { meaning: 'the chat is confidential: its files cannot be fetched', deed: 'lasting' },
  234040: { meaning: 'the message is invisible to the bot', deed: 'lasting' },
  234041: { meaning: "the tenant's master key was deleted", deed: 'lasting' },
  234043: { meaning: 'files of this kind of message cannot be fetched', deed: 'lasting' },
  234007: { meaning: 'the bot ability of the app is off', deed: 'lasting', alarm: true },
  234010: { meaning: 'the file is empty', deed: 'lasting' },
  234011: { meaning: 'the format of the image is not taken', deed: 'lasting' },
  234039: { meaning: 'the image is too large', deed: 'lasting' },
  230009: { meaning: 'too late to recall', deed: 'lasting' },
  230026: { meaning: 'not allowed to recall', deed: 'lasting' },
  230071: { meaning: 'the message is not ours to edit', deed: 'lasting' },
  230072: { meaning: 'the message was edited too often', deed: 'lasting' },
  41050: { meaning: 'the person is outside the contact range of the app', deed: 'lasting' },
  41012: { meaning: 'the person id is wrong', deed: 'lasting' },
  300030: { meaning: 'the update token has expired', deed: 'lasting' },
  300040: { meaning: 'the update token is used up', deed: 'lasting' },
};

/** What the card service says inside code 230099. */
export const CARD_CODES: Readonly<Record<number, Treatment>> = {
  11310: {
    meaning: 'the card has too many elements or tables, or its template is invisible',
    deed: 'lasting',
  },
  100290: { meaning: 'the card names a person who is unknown', deed: 'lasting' },
  200570: { meaning: 'an image key of the card is wrong', deed: 'lasting' },
  200621: { meaning: 'the card cannot be parsed', deed: 'lasting' },
  200861: { meaning: 'the card has an element that is no longer taken', deed: 'lasting' },
  200914: { meaning: 'the rows of a table of the card do not fit its columns', deed: 'lasting' },
  200915: { meaning: 'the rows of a table of the card do not fit its columns', deed: 'lasting' },
  200550: { meaning: 'a chart of the card is wrong', deed: 'lasting' },
};

const LOCKED: Treatment = { meaning: 'the card waits for the answer to a press', deed: 'wait' };
const NO_ANSWER: Treatment = { meaning: 'no answer came', deed: 'again' };
const NOT_THE_PLATFORM: Treatment = { meaning: 'something else than the platform answered', deed: 'again' };
const BROKEN: Treatment = { meaning: 'the platform failed', deed: 'again' };
const THROTTLED: Treatment = { meaning: 'too many calls', deed: 'throttled' };
const UNKNOWN: Treatment = { meaning: 'an unknown code', deed: 'lasting', alarm: true };

/**
 * The list of codes cannot be closed. On an unknown one: HTTP 5xx passes; everything else cannot be mended by trying
 * again, and somebody is to hear of it. An answer without a code comes from what lies between, such as a proxy.
 */
export function treatmentOf(fault: CallFault): Treatment {
  const { status, code, cardCode, cardLocked } = fault;
  if (status === undefined) return NO_ANSWER;
  const known = CODES[code];
  if (known && cardCode !== undefined) {
    if (cardCode === 11310 && cardLocked) return LOCKED;
    return CARD_CODES[cardCode] ?? known;
  }
  if (known) return known;
  if (status === 429) return THROTTLED;
  if (status >= 500) return BROKEN;
  return code === 0 ? NOT_THE_PLATFORM : UNKNOWN;
}

/** What has become of a message that an update was refused for, where that is no failure. */
export function outcomeOf({ code }: { code: number }): 'gone' | 'too-old' | undefined {
  const deed = CODES[code]?.deed;
  return deed === 'gone' || deed === 'too-old' ? deed : undefined;
}
