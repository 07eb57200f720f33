import { pino } from 'pino';
import { type CardToSend, type LarkApi, openLarkApi } from '../../bot/lark/calls/lark-api.ts';
import { defaultLimits, type Limits } from '../../bot/lark/calls/limits.ts';
import { button, cardOf } from './stand-in/opened.ts';
import { openStandIn, type StandIn, type StandInOptions } from './stand-in/stand-in.ts';

export const MESSAGES = '/open-apis/im/v1/messages';

/** The stand-in of the platform, and the API that calls it. */
export interface CalledPlatform {
  feishu: StandIn;
  api: LarkApi;
}

export async function openPlatform(
  options: StandInOptions = {},
  limits: Partial<Limits> = {},
  timeoutMs = 1000,
): Promise<CalledPlatform> {
  const feishu = await openStandIn(options);
  const api = openLarkApi(
    { appId: feishu.appId, appSecret: feishu.appSecret, baseUrl: feishu.address },
    {
      limits: { ...defaultLimits, ...limits },
      timeoutMs,
      now: () => performance.now(),
      log: pino({ level: 'silent' }),
    },
  );
  return { feishu, api };
}

/** @param buttons what its buttons call back with */
export const card = (text: string, ...buttons: object[]): string =>
  JSON.stringify(cardOf({ tag: 'markdown', content: text }, ...buttons.map((value) => button(value))));

/** A message to a person or a group, by its id. */
export const to = (id: string, uuid: string, urgent = false): CardToSend => ({
  uuid,
  to: { type: id.startsWith('oc_') ? 'chat_id' : 'open_id', id },
  card: card(uuid),
  urgent,
});
