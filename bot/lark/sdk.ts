/** The one door to the platform's SDK: what of it the house uses, and nothing else. */

export type { HttpInstance } from '@larksuiteoapi/node-sdk';
export {
  AppType,
  Client,
  CTenantAccessToken,
  DefaultCache,
  defaultHttpInstance,
  EventDispatcher,
  LoggerLevel,
  WSClient,
} from '@larksuiteoapi/node-sdk';
