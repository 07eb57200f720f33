import type { Environment } from '../config/environment.ts';
import type { Rules } from '../ledger/store.ts';
import type { ChatPlatform } from './platform.ts';
import { travelsByPage } from './travel.ts';

/** The platform that is itself read on the machine on which the service runs. */
const LOCAL = 'local';

/** Where the browser of who speaks on that platform reaches the house's pages; `undefined`: nowhere. */
export type PagesAt = (platform: string) => string | undefined;

/**
 * Nowhere, where nobody said and only this machine would: phones do not reach its own address.
 * @param address where the service listens, once it does
 * @returns undefined: there are no pages at all
 * @throws Error in English, for the operator, when pages are needed and nobody said where
 */
export function pagesAt(
  { publicUrl, onLoopback }: Environment,
  rules: Rules,
  platforms: readonly ChatPlatform[],
  address: () => string,
): PagesAt | undefined {
  if (publicUrl) return () => publicUrl;
  if (onLoopback) return (platform) => (platform === LOCAL ? address() : undefined);
  const needing = platforms.find(({ name }) => travelsByPage(rules, name));
  if (needing) {
    throw new Error(
      `contents.travel.${needing.name} is "page": PUBLIC_URL must say where people's browsers reach the service, such as https://ledger.example.cn`,
    );
  }
  return undefined;
}

/** The platforms that are configured though nobody on them can be sent to a page. */
export const withoutPages = (
  platforms: readonly Pick<ChatPlatform, 'name'>[],
  pages: PagesAt | undefined,
): string[] => platforms.flatMap(({ name }) => (name === LOCAL || pages?.(name) ? [] : [name]));
