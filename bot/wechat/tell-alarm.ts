import type { Content } from '../../ledger/message.ts';
import type { Rows, Store } from '../../ledger/store.ts';
import { tellAdministrators } from '../tell-administrators.ts';
import { WECHAT } from './acquaintances.ts';
import type { AcquaintancesWorld } from './login-parts.ts';

type Telling = Pick<AcquaintancesWorld, 'store' | 'now' | 'everybody' | 'recorded'>;

/** Somebody guesses codes, through however many accounts: the administrators are told, once a day. */
export async function tellOfGuessing(
  { store, everybody }: Pick<Telling, 'store' | 'everybody'>,
  rows: Rows,
  at: Date,
): Promise<void> {
  const key = `${WECHAT}-guessing:${store.calendar.dateOf(at)}`;
  const content = guessing(store);
  await tell(store, rows, { key, content, at, everybody });
}

/** Two contacts say to be the same person: neither is believed, and the administrators are told, once a day for each. */
export async function tellOfDoubles(
  { store, now, everybody, recorded }: Telling,
  accounts: readonly string[],
): Promise<void> {
  if (accounts.length === 0) return;
  const at = now();
  await store.database.write(async (rows) => {
    for (const externalId of accounts) {
      const key = `${WECHAT}-doubled:${externalId}:${store.calendar.dateOf(at)}`;
      const found = await rows.account.findFirst({
        where: { platform: WECHAT, externalId },
        select: { person: { select: { name: true } } },
      });
      if (!found) continue;
      const content = doubled(found.person.name);
      await tell(store, rows, { key, content, at, everybody });
    }
  });
  recorded();
}

const tell = (
  store: Store,
  rows: Rows,
  alarm: Pick<Parameters<typeof tellAdministrators>[2], 'key' | 'content' | 'at' | 'everybody'>,
): Promise<number> => tellAdministrators(store, rows, { ...alarm, platform: WECHAT, job: 'wechat-alarm' });

const guessing = ({ rules: { binding } }: Store): Content => ({
  kind: 'notice',
  title: '有人在反复试微信绑定码',
  tone: 'red',
  sections: [
    {
      lines: [
        `${binding.overallMinutes} 分钟内，机器人的微信号收到 ${binding.triesOverall} 个错误的绑定码。`,
        `现在起 ${binding.overallMinutes} 分钟内不接受任何绑定，已绑定的不受影响。`,
        '请在机器人的手机上查看陌生的好友。今天不再提示。',
      ],
    },
  ],
  actions: [],
});

const doubled = (name: string): Content => ({
  kind: 'notice',
  title: '两个微信联系人带有同一个人的标记',
  tone: 'red',
  sections: [
    {
      lines: [
        `机器人的微信里有不止一个联系人带有${name}的标记（备注末尾 # 以后的部分），现在对这些联系人都不作答。`,
        '标记只能在机器人的手机上改动，请查明是谁改的。',
        '请本人重新发送「绑定微信」绑定一次，或删去多余的备注后让机器人重新登录微信。',
      ],
    },
  ],
  actions: [],
});
