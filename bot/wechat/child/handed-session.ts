import { MemoryCard } from 'memory-card';
import type { Session } from '../protocol.ts';

/**
 * What a puppet remembers from one login to the next, such as cookies: handed in open, and handed back whenever it is to be
 * saved. The library's own would write it to the working directory, in the clear.
 */
export async function handedSession(
  session: Session,
  changed: (session: Session) => void,
): Promise<MemoryCard> {
  class HandedSession extends MemoryCard {
    override async save(): Promise<void> {
      if (this.isMultiplex()) return super.save();
      changed({ ...this.payload });
    }
  }
  const card = new HandedSession();
  await card.load();
  for (const [name, value] of Object.entries(session)) await card.set(name, value);
  return card;
}
