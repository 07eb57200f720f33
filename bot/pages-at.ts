import type { Environment } from '../config/environment.ts';
import type { Rules } from '../ledger/store.ts';
import type { ChatPlatform } from './platform.ts';
import { travelsByPage } from './travel.ts';

/**
 * Where people's browsers reach the house's pages; nowhere, where nobody said and only this machine would.
 * @param address where the service listens, once it does
 * @throws Error in English, for the operator, when pages are needed and nobody said where
 */
export function pagesAt(
  { publicUrl, onLoopback }: Environment,
  rules: Rules,
  platforms: readonly ChatPlatform[],
  address: () => string,
): (() => string) | undefined {
  if (publicUrl) return () => publicUrl;
  if (onLoopback) return address;
  const needing = platforms.find(({ name }) => travelsByPage(rules, name));
  if (needing) {
    throw new Error(
      `contents.travel.${needing.name} is "page": PUBLIC_URL must say where people's browsers reach the service, such as https://ledger.example.cn`,
    );
  }
  return undefined;
}
