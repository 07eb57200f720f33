/**
 * The places that sealed bytes are bound to, as far as the ledger does not make them where it seals: what opens in one of
 * them opens in no other. A place never changes its name, since what was sealed for it would not open any more.
 */

/** A message that came in. */
export const aboutInbox = (key: string): string => `inbox/${key}`;

/** How a message was answered. */
export const aboutRequest = (key: string): string => `request/${key}`;

/** What was typed into a form so far. */
export const aboutValues = (draftId: string): string => `draft/${draftId}`;

/** How a form was answered. */
export const aboutAnswer = (draftId: string): string => `draft/${draftId}/answer`;

/** A message in the local chat. */
export const aboutLocalMessage = (messageId: string): string => `local/${messageId}`;

/** What is known of a file. */
export const aboutAttachment = (id: string): string => `attachment/${id}`;
