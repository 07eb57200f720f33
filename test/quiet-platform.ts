import type { ChatPlatform } from '../bot/platform.ts';

/** A platform on which anybody speaks as anybody, and on which nothing happens but what a test adds. */
export const quietPlatform = (
  name: string,
  forms: ChatPlatform['capabilities']['forms'] = 'shown',
): ChatPlatform => ({
  name,
  accounts: 'everybody',
  capabilities: { forms, buttons: forms === 'shown' ? 'pressed' : 'typed' },
  endpoints: [],
  start: async () => undefined,
  stop: async () => undefined,
  ready: () => true,
  send: async ({ id }) => ({ messageId: id }),
});
