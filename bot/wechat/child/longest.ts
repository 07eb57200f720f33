/** Characters of what the child reports; it cuts what is longer, and the service takes nothing that is. */
export const LONGEST = { id: 256, name: 256, text: 20_000, reason: 300, code: 2000 } as const;
/** Bytes of a file that one line carries. */
export const PIECE = 48 * 1024;
/** Of the whole line; a session is the longest thing that there is to say. */
export const LONGEST_LINE = 512 * 1024;
/** Contacts that one line tells. */
export const CONTACTS_AT_ONCE = 100;
