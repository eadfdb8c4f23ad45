import { findChromium, SetupError } from '@bot/dev';
import { chromium, type Browser } from 'playwright-core';
import { describe } from 'vitest';

/** Tests with a browser; `npm test` says so when there is none, and they are skipped. */
export const describeInBrowser: typeof describe.skip = (await hasChromium())
  ? describe
  : describe.skip;

async function hasChromium(): Promise<boolean> {
  try {
    await findChromium();
    return true;
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  }
}

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
