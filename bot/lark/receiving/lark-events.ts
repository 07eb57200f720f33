import type { Inbound } from '../../platform.ts';

/** What reaches the house from Feishu, whichever way it came. Whatever throws is sent again by the platform. */
export interface LarkEvents {
  /** Resolves once stored durably: a private message, one that mentions the bot in a group, a menu entry, a chat opened. */
  message(inbound: Inbound): Promise<void>;
  /** A press is never sent again: what it did must stand, and its answer be there, within the platform's 3 seconds. */
  press(press: Press): Promise<PressAnswer>;
  /** Resolves once it is noted durably that somebody has to be read anew. */
  directory(change: DirectoryChange): Promise<void>;
}

/** A button of a card that was pressed, or a form that was sent. Nothing in it says what the person may do. */
export interface Press {
  eventId: string;
  openId: string;
  messageId: string;
  chatId: string;
  /** What the house wrote into the button, as it came back. */
  value: unknown;
  /** By the fields' names; absent where no form was sent. */
  formValue: unknown;
  at: Date;
}

/** Shown by the client: a line above the chat, and what the card is from now on. */
export interface PressAnswer {
  toast?: { type: 'info' | 'success' | 'error' | 'warning'; content: string };
  card?: { type: 'raw'; data: object };
}

/** `everything`: who belongs where has to be read as a whole, because a department or the app's own range changed. */
export type DirectoryChange = { kind: 'person'; openId: string; left: boolean } | { kind: 'everything' };
