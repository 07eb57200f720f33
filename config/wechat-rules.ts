import * as z from 'zod';

const seconds = z.number().min(0).max(60);

/** How fast the bot writes on WeChat. */
export const wechatRules = z
  .strictObject({
    /** Seconds between one message and the next, whoever gets them: as a person would type, somewhere in between. */
    fastestSeconds: seconds.default(1.5),
    slowestSeconds: seconds.default(3),
    source: z.string().default('本项目建议：微信不公布频率限制，发得过快的账号会被限制登录'),
  })
  .refine(({ fastestSeconds, slowestSeconds }) => fastestSeconds <= slowestSeconds, {
    error: 'fastestSeconds must not be more than slowestSeconds',
  })
  .prefault({});
