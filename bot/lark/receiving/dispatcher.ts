import type { Logger } from 'pino';
import * as z from 'zod';
import { Overfull } from '../../limits/overfull.ts';
import type { Inbound } from '../../platform.ts';
import type { EventDispatcher } from '../sdk.ts';
import { readPersonEvent } from './directory-event.ts';
import type { DirectoryChange, LarkEvents, PressAnswer } from './lark-events.ts';
import { readEnteredEvent, readMenuEvent, readMessageEvent, type Surroundings } from './message-event.ts';
import { readPress } from './press-event.ts';
import { SDK_SILENCE } from './sdk-silence.ts';
import { VerifiedEvents } from './verified-events.ts';

export interface DispatcherOptions extends Surroundings {
  /** What would be typed for an entry of the bot's menu; the entry's own key unless told. */
  menuLine?: (eventKey: string) => string;
  log: Logger;
}

type Handle = (data: unknown) => Promise<unknown>;

/** They come with what the app is subscribed to, and change nothing here. */
const OF_NO_INTEREST = [
  'im.message.recalled_v1',
  'im.message.message_read_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
];

const CHANGES_EVERYTHING = [
  'contact.department.created_v3',
  'contact.department.updated_v3',
  'contact.department.deleted_v3',
  'contact.scope.updated_v3',
];

const UNREADABLE_PRESS: PressAnswer = {
  toast: { type: 'error', content: '没有读懂这次操作，未作任何登记。请重新打开卡片再试。' },
};

/**
 * The SDK's dispatcher with a handler for each event the app is subscribed to. Its `invoke` takes events that were verified already, resolves with the answer to a press and with nothing else, and rejects when the
 * house could not take the event: the platform must be told, and sends it again.
 */
export function openDispatcher(events: LarkEvents, options: DispatcherOptions): EventDispatcher {
  const dispatcher = new VerifiedEvents({ logger: SDK_SILENCE });
  // The SDK's own: tickets are for apps of a store, and it would keep what it is sent in a cache of the whole process.
  dispatcher.unregister('app_ticket');
  const handles = { ...spokenTo(events, options), ...pressed(events, options), ...peopleChanged(events) };
  const guarded = Object.entries(handles).map(([type, handle]) => [type, watched(type, handle, options.log)]);
  const ignored = OF_NO_INTEREST.map((type) => [type, async () => undefined]);
  const registered: Record<string, Handle> = Object.fromEntries([...guarded, ...ignored]);
  return dispatcher.register(registered);
}

function spokenTo(events: LarkEvents, options: DispatcherOptions): Record<string, Handle> {
  const { menuLine = (eventKey) => eventKey } = options;
  const said = (read: (data: unknown) => Inbound | undefined) =>
    handing(read, (inbound) => events.message(inbound));
  return {
    'im.message.receive_v1': said((data) => readMessageEvent(data, options)),
    'application.bot.menu_v6': said((data) => readMenuEvent(data, options, menuLine)),
    'im.chat.access_event.bot_p2p_chat_entered_v1': said((data) => readEnteredEvent(data, options)),
  };
}

// The SDK's types do not know this callback, so its data is as unknown as that of all others.
const PRESS = 'card.action.trigger';

const pressed = (events: LarkEvents, { now }: DispatcherOptions): Record<string, Handle> => ({
  [PRESS]: handing(
    (data) => readPress(data, now()),
    (press) => events.press(press),
  ),
});

function peopleChanged(events: LarkEvents): Record<string, Handle> {
  const changed = (read: (data: unknown) => DirectoryChange) =>
    handing(read, (change) => events.directory(change));
  const everything = changed(() => ({ kind: 'everything' }));
  return {
    'contact.user.created_v3': changed((data) => readPersonEvent(data, false)),
    'contact.user.updated_v3': changed((data) => readPersonEvent(data, false)),
    'contact.user.deleted_v3': changed((data) => readPersonEvent(data, true)),
    ...Object.fromEntries(CHANGES_EVERYTHING.map((type) => [type, everything])),
  };
}

/** An event that is not what its type promises. It would be the same when it came again. */
class NotAsDocumented extends Error {
  readonly places: string[];

  constructor({ issues }: z.ZodError) {
    super('An event is not as documented');
    this.places = issues.map(({ path }) => path.join('.'));
  }
}

/** First reads, then hands over: only what fails in reading is the event's fault. */
const handing =
  <T>(read: (data: unknown) => T | undefined, take: (what: T) => Promise<unknown>): Handle =>
  async (data) => {
    let what: T | undefined;
    try {
      what = read(data);
    } catch (fault) {
      throw fault instanceof z.ZodError ? new NotAsDocumented(fault) : fault;
    }
    return what === undefined ? undefined : take(what);
  };

const watched =
  (type: string, handle: Handle, log: Logger): Handle =>
  async (data) => {
    try {
      return await handle(data);
    } catch (fault) {
      if (fault instanceof NotAsDocumented) {
        log.warn({ type, places: fault.places }, 'an event is not as documented and was dropped');
        return type === PRESS ? UNREADABLE_PRESS : undefined;
      }
      // Whoever floods must not flood the log.
      if (!(fault instanceof Overfull))
        log.error({ err: fault, type }, 'an event could not be taken; the platform is told');
      throw fault;
    }
  };
