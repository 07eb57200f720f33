import * as z from 'zod';
import type { DirectoryChange } from './lark-events.ts';

const personSchema = z.object({
  object: z.object({
    open_id: z.string().min(1),
    status: z.object({ is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() }).nullish(),
  }),
});

/**
 * `contact.user.*` → who has to be read anew. Whose id is hidden from the app is found by reading everybody.
 * @param deleted whether this was `contact.user.deleted_v3`
 */
export function readPersonEvent(data: unknown, deleted: boolean): DirectoryChange {
  const person = personSchema.safeParse(data).data?.object;
  if (!person) return { kind: 'everything' };
  const { status } = person;
  const left = deleted || status?.is_resigned === true || status?.is_exited === true;
  return { kind: 'person', openId: person.open_id, left };
}
