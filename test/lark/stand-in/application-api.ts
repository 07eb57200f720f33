import { type Api, ApiError, badField } from './api.ts';
import type { JsonObject } from './json.ts';

/** How the app is set up in the developer console. A test may change any of it. */
export interface Application {
  name: string;
  /** `bot/v3/info` says 2 when the ability is on and the app was released. */
  botStatus: number;
  /** Event types that are subscribed to. */
  readonly events: Set<string>;
  /** Callback types, such as `card.action.trigger`. */
  readonly callbacks: Set<string>;
  /** Absent: as `pushTo` says. */
  eventMode?: 'webhook' | 'websocket';
  callbackMode?: 'webhook' | 'websocket';
}

export const newApplication = (): Application => ({
  name: '清廉台账（示例）',
  botStatus: 2,
  events: new Set([
    'im.message.receive_v1',
    'im.message.recalled_v1',
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
    'application.bot.menu_v6',
    'contact.user.created_v3',
    'contact.user.updated_v3',
    'contact.user.deleted_v3',
    'contact.department.created_v3',
    'contact.department.updated_v3',
    'contact.department.deleted_v3',
    'contact.scope.updated_v3',
  ]),
  callbacks: new Set(['card.action.trigger']),
});

interface Surroundings {
  appId: string;
  botOpenId: string;
  application: Application;
  scopes: ReadonlySet<string>;
  /** Where events are pushed to; undefined over long connections. */
  requestUrl: () => string | undefined;
}

/** What an app can read about itself. */
export const applicationApis = (surroundings: Surroundings): readonly Api[] => [
  {
    method: 'GET',
    path: '/open-apis/bot/v3/info',
    handle: () => ({
      msg: 'ok',
      bot: {
        activate_status: surroundings.application.botStatus,
        app_name: surroundings.application.name,
        avatar_url: '',
        ip_white_list: [],
        open_id: surroundings.botOpenId,
      },
    }),
  },
  {
    method: 'GET',
    path: '/open-apis/application/v6/applications/:app_id',
    scopes: ['application:application:self_manage', 'admin:app.info:readonly'],
    handle: ({ params, query }) => {
      if (!['zh_cn', 'en_us', 'ja_jp'].includes(query.get('lang') ?? ''))
        throw badField('lang', 'lang is required');
      if (![surroundings.appId, 'me'].includes(params.app_id ?? '')) {
        throw new ApiError(210504, 'app not exist or no permission');
      }
      return { data: { app: appFields(surroundings) } };
    },
  },
];

function appFields({ appId, application, scopes, requestUrl }: Surroundings): JsonObject {
  const url = requestUrl();
  const mode = url === undefined ? 'websocket' : 'webhook';
  const place = url === undefined ? {} : { request_url: url };
  const callback = {
    callback_type: application.callbackMode ?? mode,
    ...place,
    subscribed_callbacks: [...application.callbacks],
  };
  return {
    app_id: appId,
    app_name: application.name,
    status: 1,
    scene_type: 0,
    primary_language: 'zh_cn',
    scopes: [...scopes].map((scope) => ({ scope, description: scope, level: 1, token_types: ['tenant'] })),
    event: {
      subscription_type: application.eventMode ?? mode,
      ...place,
      subscribed_events: [...application.events],
    },
    callback,
    callback_info: callback,
  };
}
