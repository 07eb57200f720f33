import * as z from 'zod';

const minutes = z.int().min(1).max(1440);

/** How an account is bound where nobody else can say whose it is: by a code that is typed there. */
export const bindingRules = z
  .strictObject({
    /** Minutes for which a code can be typed. */
    codeMinutes: minutes.max(60).default(10),
    /** Wrong codes from one contact, within the pause's length, after which none is taken from him for a pause. */
    triesPerContact: z.int().min(1).max(50).default(5),
    pauseMinutes: minutes.default(15),
    /** The same for all contacts together, against guessing through many accounts. */
    triesOverall: z.int().min(1).max(1000).default(50),
    overallMinutes: minutes.default(60),
    source: z
      .string()
      .default('本项目建议：绑定码 8 位、10 分钟、只用一次，防止冒用他人身份；只有本人已登录的平台能领取'),
  })
  .prefault({});
