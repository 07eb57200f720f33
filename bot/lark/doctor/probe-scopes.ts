import * as z from 'zod';
import { SCOPE_MISSING } from '../calls/call-fault.ts';
import type { ApiCall, LarkApi } from '../calls/lark-api.ts';
import { LarkFailure } from '../calls/lark-failure.ts';
import { once } from './check.ts';
import type { Grant } from './granted-scopes.ts';
import type { NeededScope } from './needed-scopes.ts';

const V3 = '/open-apis/contact/v3';

const rangeSchema = z.object({
  department_ids: z.array(z.string()).nullish(),
  user_ids: z.array(z.string()).nullish(),
});
const fieldsSchema = z.looseObject({});

/** Tells by harmless calls whether a scope was granted. @returns what throws NotChecked without a token */
export function openProbes(request: LarkApi['request']): (needed: NeededScope) => Promise<Grant> {
  const shown = once(() => readOneOfEach(request));
  return async ({ probe }) => {
    if (!probe) return 'unknown';
    if ('call' in probe) return isRefused(request, probe.call);
    const fields = (await shown())[probe.of];
    if (!fields) return 'unknown';
    return probe.field in fields ? 'granted' : 'missing';
  };
}

/** Any other refusal comes from behind the gate that asks for the scope; where no answer came, nobody knows. */
async function isRefused(request: LarkApi['request'], call: ApiCall): Promise<Grant> {
  try {
    await request<unknown>(call);
    return 'granted';
  } catch (fault) {
    if (!(fault instanceof LarkFailure)) throw fault;
    if (fault.code === SCOPE_MISSING) return 'missing';
    return fault.code === 0 ? 'unknown' : 'granted';
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** A department and a person whom the app may read: a field whose scope is missing is absent. */
async function readOneOfEach(
  request: LarkApi['request'],
): Promise<{ person: Fields | undefined; department: Fields | undefined }> {
  const range = await shape(request, 'contact.scope.list', `${V3}/scopes`, rangeSchema, { page_size: 50 });
  const departmentId = range?.department_ids?.[0];
  const department =
    departmentId &&
    (await shape(
      request,
      'contact.department.get',
      `${V3}/departments/${encodeURIComponent(departmentId)}`,
      z.object({ department: fieldsSchema }),
    ));
  const members =
    departmentId &&
    (await shape(
      request,
      'contact.user.find_by_department',
      `${V3}/users/find_by_department`,
      z.object({ items: z.array(fieldsSchema).nullish() }),
      { department_id: departmentId, page_size: 1 },
    ));
  const openId = range?.user_ids?.[0];
  const person =
    openId &&
    (await shape(
      request,
      'contact.user.get',
      `${V3}/users/${encodeURIComponent(openId)}`,
      z.object({ user: fieldsSchema }),
    ));
  return {
    person: (members || undefined)?.items?.[0] ?? (person || undefined)?.user,
    department: (department || undefined)?.department,
  };
}

/** @returns `undefined` where the platform refuses, or says something else */
async function shape<T>(
  request: LarkApi['request'],
  api: string,
  path: string,
  schema: z.ZodType<T>,
  params: Record<string, string | number> = {},
): Promise<T | undefined> {
  try {
    return schema.safeParse(await request<unknown>({ api, method: 'GET', path, params })).data;
  } catch (fault) {
    if (fault instanceof LarkFailure) return undefined;
    throw fault;
  }
}
