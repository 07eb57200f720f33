import type { Rules } from '../ledger/store.ts';

/** Whether what is confidential stays out of this platform's chats (`rules.contents.travel`). */
export function travelsByPage(rules: Rules, platform: string): boolean {
  const travel: Readonly<Record<string, 'chat' | 'page'>> = rules.contents.travel;
  return travel[platform] === 'page';
}
