import type { DirectoryApi } from './read-pages.ts';

/** What was under way when it was given up. */
export class Abandoned extends Error {}

/** Whoever waits for the platform need not wait any longer once the service stops. */
export function abandonable(api: DirectoryApi): DirectoryApi & { abandon(): void } {
  const waiting = new Set<(reason: Error) => void>();
  let isAbandoned = false;
  return {
    async request<T>(call: Parameters<DirectoryApi['request']>[0]): Promise<T> {
      if (isAbandoned) throw new Abandoned('Given up');
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      waiting.add(reject);
      api.request<T>(call).then(resolve, reject);
      return promise.finally(() => waiting.delete(reject));
    },
    abandon() {
      isAbandoned = true;
      for (const reject of waiting) reject(new Abandoned('Given up'));
    },
  };
}
