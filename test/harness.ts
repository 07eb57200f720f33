import { inject } from 'vitest';
import { type ChatMessage, readable } from '../bot/local/chat-client.ts';
import type { Bureau, BureauOptions } from './bureau.ts';
import { openLocalBureau } from './local-bureau.ts';

export { button, formValues, readable } from '../bot/local/chat-client.ts';
export { type Bureau, type BureauOptions, START } from './bureau.ts';
export type { ChatMessage };

/** Opens the sample bureau on the platform that this run of the tests is for. */
export async function openBureau(options: BureauOptions = {}): Promise<Bureau> {
  const platform = inject('platform');
  if (platform === 'local') return openLocalBureau(options);
  if (platform === 'pager')
    return (await import('./extensibility/pager/pager-bureau.ts')).openPagerBureau(options);
  if (platform === 'wechat')
    return (await import('./wechat/everybody-on-wechat.ts')).everybodyOnWechat(options);
  const { openLarkBureau } = await import('./lark/lark-bureau.ts');
  return openLarkBureau(platform, options);
}

/** The last thing the bot said. */
export function lastFromBot(messages: readonly ChatMessage[]): ChatMessage {
  const last = messages.filter(({ from }) => from === 'bot').at(-1);
  if (!last) throw new Error('The bot said nothing');
  return last;
}

/** Says the words. @returns what the bot answers last, as a person reads it */
export const readAnswer = async (bureau: Bureau, name: string, words: string): Promise<string> =>
  readable(lastFromBot(await bureau.say(name, words)).content);
