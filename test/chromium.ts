import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is, if this machine has one. */
export const chromiumPath = PLACES.find((place) => existsSync(place));

/** Starts it without anything that would call out of the machine. @param more further arguments */
export function startChromium(...more: string[]): Promise<Browser> {
  if (!chromiumPath) throw new Error(`No Chromium among ${PLACES.join(', ')}`);
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
      ...more,
    ],
  });
}
