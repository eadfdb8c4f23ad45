import { findChromium } from '@bot/dev';
import { chromium, type Browser } from 'playwright-core';

/** A Chromium that asks nothing of anybody outside of this machine. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
