import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The browser of the machine; `null` where there is none. playwright-core brings none of its own. */
export const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;

export async function openBrowser(): Promise<Browser> {
  // Containers have no user namespaces for its sandbox; only pages of ours are opened.
  return chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
}
