import type { Rows } from './database.ts';
import type { PrismaClient } from './generated/sqlite/client.ts';
import type { Turns } from './turns.ts';

/** A bulk import of thousands of rows must fit. */
const LONGEST_MS = 60_000;

/** How long a transaction may take, and wait to begin. */
export const transactionLimits = (withinMs = LONGEST_MS) => ({ timeout: withinMs, maxWait: LONGEST_MS });

/** The client for reading: a read lets what is urgent go first; inside a transaction nothing waits. */
export function readingInTurn(client: PrismaClient, inTurn: Turns): Rows {
  const patient = client.$extends({
    query: {
      $allModels: {
        async $allOperations({ args, query }) {
          await inTurn.calm();
          return query(args);
        },
      },
    },
  });
  return patient as unknown as Rows;
}

/** Of faults Prisma says what they are, and not which line asked: to know that, it would look at the stack at every statement. */
export const PLAIN_FAULTS = { errorFormat: 'minimal' } as const;
