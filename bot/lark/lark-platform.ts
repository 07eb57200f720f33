import type { Logger } from 'pino';
import type { LarkSettings } from '../../config/environment.ts';
import { handlersFor } from '../../handlers/index.ts';
import type { Store } from '../../ledger/store.ts';
import type { ActionAnswer, ChatPlatform, Inbound, Receiver } from '../platform.ts';
import { withoutCard } from '../shown-anew.ts';
import { formReading, LARK } from './accounts.ts';
import { isForAnother } from './addressee.ts';
import { answerCard, asCard, type CardMeans } from './as-card.ts';
import { openBotIdentity } from './bot-identity.ts';
import { type LarkApi, openLarkApi } from './calls/lark-api.ts';
import { defaultLimits } from './calls/limits.ts';
import { formValues } from './card/form-values.ts';
import { keptFields, pressedLine } from './card/pressed.ts';
import { openDirectorySync } from './directory/directory-sync.ts';
import { pressKey } from './press-key.ts';
import { openQrPictures, type PictureWait } from './qr-pictures.ts';
import { openDispatcher } from './receiving/dispatcher.ts';
import type { LarkEvents, Press, PressAnswer } from './receiving/lark-events.ts';
import { messageFile } from './receiving/message-file.ts';
import { openTransport } from './transport.ts';

/** A message's uuid is known for an hour; a call may be on its way for some minutes. */
const UUID_KNOWN_MS = 55 * 60_000;
/** How long a card waits for the upload of its QR code: one that somebody waits for, and any other (decision 026). */
const ANSWERED: PictureWait = { withinMs: 700, urgent: true };
const UNASKED: PictureWait = { withinMs: 5000, urgent: false };
/** From the press on: the platform gives up on its answer a second later. */
const PRESS_MS = 2000;
/** After this many days the platform changes a card no more (230031). */
const CARD_DAYS = 14;
const DAY_MS = 86_400_000;
/** Changes of the directory come in bursts. */
const SETTLE_MS = 2000;

/** An app in a tenant of Feishu or Lark, through the official SDK. */
export async function larkPlatform(
  settings: LarkSettings,
  store: Store,
  now: () => Date,
  log: Logger,
): Promise<ChatPlatform> {
  const api = apiFor(settings, store, log);
  const means: CardMeans = { store, pictures: openQrPictures({ api, now: () => performance.now(), log }) };
  const bot = await openBotIdentity(store, api, settings.appId, log);
  let receiver: Receiver | undefined;
  const people = openDirectorySync({
    store,
    api,
    now,
    log,
    platform: LARK,
    settleMs: SETTLE_MS,
    recorded: () => receiver?.recorded(),
  });
  const events: LarkEvents = {
    message: (inbound) => given(receiver).message(inbound),
    press: (press) => answerPress(means, given(receiver), press, now()),
    directory: (change) => people.changed(change),
  };
  const dispatcher = openDispatcher(events, {
    platform: LARK,
    botOpenId: bot.openId,
    menuLine: menuLines(store),
    now,
    log,
  });
  const transport = openTransport(settings, { dispatcher, rules: store.rules, now, log });
  return {
    name: LARK,
    accounts: 'bound',
    capabilities: { forms: 'shown', buttons: 'pressed', groups: true, files: true },
    // Each event comes to one of an app's connections, whichever.
    isHeldByOne: settings.transport === 'websocket',
    endpoints: transport.endpoints,
    async start(house) {
      receiver = house;
      await api.warmUp().catch(({ message }: Error) => log.warn({ reason: message }, 'no token yet'));
      bot.start();
      people.start();
      await transport.start();
    },
    async stop() {
      await transport.stop();
      await people.stop();
      bot.stop();
      api.stop();
    },
    ready: () => receiver !== undefined && transport.ready(),
    problem: () => transport.problem() ?? api.problem() ?? people.problem(),
    remembersIdsForMs: UUID_KNOWN_MS,
    send({ id, address, content, isAnswer }) {
      const to = { type: address.isGroup ? 'chat_id' : 'open_id', id: address.externalId } as const;
      const shown = { content, openId: to.id, wait: isAnswer ? ANSWERED : UNASKED };
      return asCard(means, shown, (card) => api.send({ uuid: id, to, card, urgent: isAnswer }));
    },
    fetchFile: (source, wanted) => api.download(messageFile(source), wanted),
    async update({ messageId, address, sentAt, content }) {
      if (now().getTime() - sentAt.getTime() >= CARD_DAYS * DAY_MS) return 'too-old';
      const shown = { content, openId: address.externalId, wait: UNASKED };
      return asCard(means, shown, (card) => api.patch({ messageId, card }));
    },
  };
}

/** Events come only after the house took the platform in. */
function given(receiver: Receiver | undefined): Receiver {
  if (!receiver) throw new Error('The platform was spoken to before it was started');
  return receiver;
}

function apiFor(settings: LarkSettings, { rules }: Store, log: Logger): LarkApi {
  const { callsPerSecond, callsPerMinute, messagesPerSecond, timeoutSeconds } = rules.lark;
  const limits = {
    ...defaultLimits,
    perSecond: callsPerSecond,
    perMinute: callsPerMinute,
    perPerson: messagesPerSecond,
    perGroup: messagesPerSecond,
    perCard: messagesPerSecond,
  };
  return openLarkApi(settings, {
    limits,
    timeoutMs: timeoutSeconds * 1000,
    now: () => performance.now(),
    log,
  });
}

/** An entry of the bot's menu is keyed by the name of what it asks for, such as `help`, or by words that could be typed. */
function menuLines({ ledgers }: Store): (eventKey: string) => string {
  const handlers = handlersFor(ledgers);
  return (eventKey) => handlers.find(({ name }) => name === eventKey)?.words[0] ?? eventKey;
}

const UNKNOWN_BUTTON: PressAnswer = {
  toast: { type: 'error', content: '这个按钮已不能使用。发送「帮助」可以查看能做什么。' },
};

async function answerPress(
  means: CardMeans,
  receiver: Receiver,
  press: Press,
  now: Date,
): Promise<PressAnswer> {
  const { store } = means;
  const begun = performance.now();
  const line = pressedLine(press.value);
  if (line === undefined) return UNKNOWN_BUTTON;
  // Whatever somebody else presses, the card stays with whom it is for.
  const isOwn = !isForAnother(press.value, press.openId);
  const inbound: Inbound = {
    kind: 'action',
    key: await pressKey(store, press, line, now),
    platform: LARK,
    account: press.openId,
    text: line,
    at: press.at,
    ...(isOwn && { messageId: press.messageId }),
    ...(press.formValue !== undefined && {
      form: formValues(press.formValue, await formReading(store)),
      kept: keptFields(press.value),
    }),
  };
  const answer = await receiver.action(inbound);
  const withinMs = Math.min(ANSWERED.withinMs, begun + PRESS_MS - performance.now());
  return shownAnswer(means, press.openId, isOwn ? answer : withoutCard(answer), { ...ANSWERED, withinMs });
}

/** A tick stands only for what was done. */
const toastType = ({ refused, pending }: ActionAnswer) => (refused ? 'error' : pending ? 'info' : 'success');

async function shownAnswer(
  means: CardMeans,
  openId: string,
  answer: ActionAnswer,
  wait: PictureWait,
): Promise<PressAnswer> {
  const { toast, card } = answer;
  return {
    ...(toast !== undefined && { toast: { type: toastType(answer), content: toast } }),
    ...(card && { card: { type: 'raw', data: await answerCard(means, card, openId, wait) } }),
  };
}
