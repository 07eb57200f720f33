export class TooLate extends Error {}

/**
 * Waits for work no longer than `ms`. What is late goes on, and how it ends is of no interest any more.
 * @throws TooLate, or what the work throws in time
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooLate()), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
