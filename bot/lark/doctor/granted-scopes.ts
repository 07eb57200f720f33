import * as z from 'zod';
import type { ApiCall, LarkApi } from '../calls/lark-api.ts';
import { LarkFailure } from '../calls/lark-failure.ts';
import type { Application } from './application.ts';
import { NEEDED_SCOPES, type NeededScope } from './needed-scopes.ts';
import { openProbes } from './probe-scopes.ts';

/** `asked`: the app asks for it, and the tenant's administrator has not granted it yet. */
export type Grant = 'granted' | 'asked' | 'missing' | 'unknown';

export type GrantedScopes = ReadonlyMap<NeededScope, Grant>;

/**
 * What the tenant granted: as the platform lists it, else as the app's own set-up lists it, else as harmless calls tell.
 * @throws NotChecked without a token
 */
export async function grantedScopes(
  request: LarkApi['request'],
  application: Application | string,
): Promise<GrantedScopes> {
  const listed = (await listedByTenant(request)) ?? listedByApp(application);
  const grantOf = listed ? async (needed: NeededScope) => inList(listed, needed) : openProbes(request);
  const found = await Promise.all(
    NEEDED_SCOPES.map(async (needed): Promise<[NeededScope, Grant]> => [needed, await grantOf(needed)]),
  );
  return new Map(found);
}

type Listed = ReadonlyMap<string, boolean>;

function inList(listed: Listed, { name, orElse }: NeededScope): Grant {
  const names = [name, ...orElse];
  if (names.some((each) => listed.get(each))) return 'granted';
  return names.some((each) => listed.has(each)) ? 'asked' : 'missing';
}

const tenantSchema = z.object({
  scopes: z.array(
    z.object({ scope_name: z.string(), grant_status: z.number(), scope_type: z.string().nullish() }),
  ),
});
const LIST: ApiCall = {
  api: 'application.scope.list',
  method: 'GET',
  path: '/open-apis/application/v6/scopes',
};
const GRANTED = 1;

/** It needs no scope itself, but not every deployment of the platform has it. */
async function listedByTenant(request: LarkApi['request']): Promise<Listed | undefined> {
  try {
    const read = tenantSchema.safeParse(await request<unknown>(LIST));
    if (!read.success) return undefined;
    const asApp = read.data.scopes.filter(({ scope_type }) => scope_type !== 'user');
    return new Map(asApp.map(({ scope_name, grant_status }) => [scope_name, grant_status === GRANTED]));
  } catch (fault) {
    if (fault instanceof LarkFailure) return undefined;
    throw fault;
  }
}

function listedByApp(application: Application | string): Listed | undefined {
  if (typeof application === 'string' || !application.scopes) return undefined;
  const asApp = application.scopes.filter(({ token_types }) => token_types?.includes('tenant') ?? true);
  return new Map(asApp.map(({ scope }) => [scope, true]));
}
