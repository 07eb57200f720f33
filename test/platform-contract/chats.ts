import type { Capabilities } from '../../bot/platform.ts';

const SHOWS_ALL: Capabilities = { forms: 'shown', buttons: 'pressed', groups: true, files: true };

/** The chats that the contract is run over, with what each platform declares; `chosen.test.ts` asks the platforms themselves. */
export const CHATS = {
  local: SHOWS_ALL,
  'lark-websocket': SHOWS_ALL,
  'lark-webhook': SHOWS_ALL,
  wechat: { forms: 'asked', buttons: 'typed', groups: true, files: true },
  pager: { forms: 'asked', buttons: 'typed' },
} as const satisfies Record<string, Capabilities>;

export type ChatOfTests = keyof typeof CHATS;

/** What only some platforms can: a folder each, and who has to pass it. */
export const FOLDERS: Readonly<Record<string, (can: Capabilities) => boolean>> = {
  // With their files.
  'shown-forms': ({ forms, buttons, files }) => forms === 'shown' && buttons === 'pressed' && files === true,
  groups: ({ groups }) => groups === true,
  files: ({ files }) => files === true,
};

const CONTRACT = 'test/platform-contract';

/** The files of the contract that are to be passed over a chat. */
export const contractOver = (chat: ChatOfTests): string[] => [
  `${CONTRACT}/*.test.ts`,
  ...Object.entries(FOLDERS).flatMap(([folder, passes]) =>
    passes(CHATS[chat]) ? `${CONTRACT}/${folder}/*.test.ts` : [],
  ),
];

/** Those that are not. */
export const notOver = (chat: ChatOfTests): string[] =>
  Object.entries(FOLDERS).flatMap(([folder, passes]) =>
    passes(CHATS[chat]) ? [] : `${CONTRACT}/${folder}/*.test.ts`,
  );
