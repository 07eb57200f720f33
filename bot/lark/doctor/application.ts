import * as z from 'zod';
import { SCOPE_MISSING } from '../calls/call-fault.ts';
import type { LarkApi } from '../calls/lark-api.ts';
import { LarkFailure } from '../calls/lark-failure.ts';

const text = z.string().nullish().catch(undefined);
const list = z.array(z.string()).nullish().catch(undefined);

const subscriptionSchema = z
  .object({
    subscription_type: text,
    callback_type: text,
    request_url: text,
    subscribed_events: list,
    subscribed_callbacks: list,
  })
  .nullish()
  .catch(undefined);

const applicationSchema = z.object({
  app: z.object({
    status: z.number().nullish().catch(undefined),
    online_version_id: text,
    unaudit_version_id: text,
    scopes: z
      .array(z.object({ scope: z.string(), token_types: list }))
      .nullish()
      .catch(undefined),
    event: subscriptionSchema,
    callback_info: subscriptionSchema,
    encryption: z.object({ encryption_key: text, verification_token: text }).nullish().catch(undefined),
  }),
});

/** How the app is set up in the developer console; what the platform does not say is absent. */
export type Application = z.infer<typeof applicationSchema>['app'];

/** @returns a sentence in Chinese where the platform does not let the app read itself @throws SendFailure */
export async function readApplication(
  request: LarkApi['request'],
  appId: string,
): Promise<Application | string> {
  try {
    const data = await request<unknown>({
      api: 'application.application.get',
      method: 'GET',
      path: `/open-apis/application/v6/applications/${encodeURIComponent(appId)}`,
      params: { lang: 'zh_cn' },
    });
    const read = applicationSchema.safeParse(data);
    return read.success ? read.data.app : '平台没有给出应用的配置';
  } catch (fault) {
    if (!(fault instanceof LarkFailure)) throw fault;
    if (fault.code === SCOPE_MISSING) return '没有开通 application:application:self_manage';
    return `平台没有给出应用的配置（代码 ${fault.code}）`;
  }
}
