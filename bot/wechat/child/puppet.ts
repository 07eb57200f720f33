import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WechatyOptions } from 'wechaty';

type Puppet = Exclude<NonNullable<WechatyOptions['puppet']>, string>;
type PuppetClass = new () => Puppet;

/**
 * The puppet that a package or a file exports.
 * @param named such as `wechaty-puppet-service`, or the absolute path of a file
 * @throws Error where there is none
 */
export async function loadPuppet(named: string): Promise<Puppet> {
  const from = isAbsolute(named) ? pathToFileURL(named).href : named;
  const exported = Object.values((await import(from)) as Record<string, unknown>);
  const Puppet = exported.find(isPuppetClass);
  if (!Puppet) throw new Error(`${named} exports no puppet`);
  return new Puppet();
}

const isPuppetClass = (value: unknown): value is PuppetClass =>
  typeof value === 'function' &&
  typeof value.prototype === 'object' &&
  value.prototype !== null &&
  'messageSendText' in value.prototype;
