import type { LarkSettings } from '../../../config/environment.ts';
import type { Rows } from '../../../ledger/store.ts';
import type { LarkApi } from '../calls/lark-api.ts';
import { type Application, readApplication } from './application.ts';
import { NotChecked, once } from './check.ts';
import { type GrantedScopes, grantedScopes } from './granted-scopes.ts';

/** What the checks look at; each thing is asked for once, however many checks need it. */
export interface LookedAt {
  settings: LarkSettings;
  now(): Date;
  /** Whether people may be named. */
  withNames: boolean;
  /** @throws NotChecked where the record cannot be read */
  rows(): Promise<Rows>;
  /** Asks with the app's own token. @throws NotChecked without one, SendFailure when the platform refuses */
  request: LarkApi['request'];
  /** @throws SendFailure where no token was given */
  token(): Promise<void>;
  /** How the app is set up; a sentence in Chinese where the platform does not say. @throws NotChecked */
  application(): Promise<Application | string>;
  /** @throws NotChecked */
  scopes(): Promise<GrantedScopes>;
}

export function lookAt(
  settings: LarkSettings,
  world: { api: LarkApi; now: () => Date; rows: () => Promise<Rows>; withNames: boolean },
): LookedAt {
  const { api, now, rows, withNames } = world;
  const token = once(() => api.warmUp());
  const request: LarkApi['request'] = async (call) => {
    await token().catch(() => {
      throw new NotChecked('先解决「凭证」');
    });
    return api.request(call);
  };
  const application = once(() => readApplication(request, settings.appId));
  return {
    settings,
    now,
    rows,
    withNames,
    request,
    token,
    application,
    scopes: once(async () => grantedScopes(request, await application())),
  };
}
