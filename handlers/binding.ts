import { WECHAT } from '../ledger/binding/by-code.ts';
import { readCode } from '../ledger/binding/code.ts';
import { issueCode } from '../ledger/binding/issue-code.ts';
import { pausedUntil } from '../ledger/binding/try-code.ts';
import { text } from '../ledger/message.ts';
import { readPlatformLogin } from '../ledger/platform-login.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Command } from './define.ts';

const WORD = '绑定微信';

/**
 * 绑定微信: a code by which who asks binds a WeChat account to himself. It is given out only where somebody else says who he
 * is; on WeChat itself a code would only show that he was bound before.
 */
export const binding: Command = {
  kind: 'command',
  name: 'binding',
  words: [WORD],
  usage: WORD,
  help: '把您的微信号绑定到本人名下，以后也可以在微信里使用',
  group: '其他',
  may: () => true,
  relevant: async (asking) => hasWechat(asking) && asking.platform !== WECHAT,
  fields: {},
  async plan(asking) {
    if (!hasWechat(asking)) throw new Refusal('not-enabled', '本单位没有启用微信。');
    if (asking.platform === WECHAT)
      throw new Refusal(
        'not-permitted',
        `这个微信号已经绑定在您名下。要换成另一个微信号，请在其他平台发送「${WORD}」领取绑定码。`,
      );
    return { subject: '', title: WORD, intro: [], fields: {}, start: {}, given: {}, confirm: false };
  },
  async decide(operation, actor) {
    const { rows, store, at } = operation;
    const until = await pausedUntil(store, rows, WECHAT, at);
    if (until) throw paused(until, at);
    const login = await readPlatformLogin(rows, store, WECHAT);
    const bound = await rows.account.count({ where: { platform: WECHAT, personId: actor.id } });
    const code = await issueCode(operation, actor.id, WECHAT);
    const { codeMinutes, triesPerContact, pauseMinutes } = store.rules.binding;
    return text(
      [
        `您的微信绑定码：${code}`,
        `${codeMinutes} 分钟内有效，只能用一次；以前领取的不再有效。`,
        '1. 用要绑定的微信号，加本单位机器人的微信号为好友（还不知道是哪个号，请问系统管理员）。',
        '2. 在与它的私聊里，单独发送上面的绑定码。',
        `收到「绑定成功」才算完成。绑定码不对或已过期时，那边不会有任何答复；连续 ${triesPerContact} 次不对，要等 ${pauseMinutes} 分钟。`,
        '请勿把绑定码告诉别人：谁的微信号发出它，谁就能以您的名义使用机器人。',
        ...(bound > 0 ? ['您现在绑定的微信号，会在新的绑定成功时解绑。'] : []),
        ...(login?.is === 'online' ? [] : ['注意：机器人的微信号现在不在线，请恢复后再试。']),
      ].join('\n'),
    );
  },
};

/** A code that is given out now would meet silence. */
function paused(until: Date, at: Date): Refusal {
  const minutes = Math.ceil((until.getTime() - at.getTime()) / 60_000);
  return new Refusal(
    'wrong-state',
    `有人反复试绑定码，现在暂不能绑定，约 ${minutes} 分钟后再试，再发送「${WORD}」领取。`,
  );
}

/**
 * What is said to who types what looks like a code where codes are not taken: the same words for every code, good or not.
 * @returns undefined: it does not look like one
 */
export function codeElsewhere(said: string, asking: Pick<Asking, 'chats' | 'platform'>): Refusal | undefined {
  if (!hasWechat(asking) || readCode(said) === undefined) return undefined;
  const sentence =
    asking.platform === WECHAT
      ? '这像是微信绑定码，没有使用：这个微信号已经绑定在您名下。要改绑给别人，请先发送「解绑微信」，解绑后再发绑定码。'
      : `这像是微信绑定码，在这里没有用处，也没有使用。请用要绑定的微信号，在微信里私聊发给机器人；怎么做，请发送「${WORD}」。`;
  return new Refusal('invalid-input', sentence);
}

export const hasWechat = ({ chats }: Pick<Asking, 'chats'>): boolean =>
  chats.some(({ name }) => name === WECHAT);
