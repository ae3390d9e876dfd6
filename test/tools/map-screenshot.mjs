/**
 * Takes the picture of a map's page that the documentation shows.
 *   node test/tools/map-screenshot.mjs <map.json> [picture]
 * The map is what `map --format json` prints; the picture is docs/failure-map.png unless another is named.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Pages are fetched with it by everyone who reads them. */
const MOST_BYTES = 200_000;

const [file, picture = join(ROOT, 'docs/failure-map.png')] = process.argv.slice(2);
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
if (file === undefined) fail('name a file of a map: npm run map:screenshot -- map.json');
if (executablePath === undefined) fail('no Chromium found: install it, or set CHROMIUM_PATH');

const { renderHtml } = await import(pathToFileURL(join(ROOT, 'dist/src/cli/render/map/html.js')).href);
const folder = mkdtempSync(join(tmpdir(), 'map-screenshot-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  writeFileSync(join(folder, 'map.html'), renderHtml(JSON.parse(readFileSync(file, 'utf8'))));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(pathToFileURL(join(folder, 'map.html')).href);
  await page.waitForSelector('table[aria-label=Dependencies] tbody tr');
  await page.screenshot({ path: resolve(picture) });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
const { size } = statSync(resolve(picture));
if (size > MOST_BYTES) fail(`${picture} has ${size} bytes; at most ${MOST_BYTES} are wanted`);
console.log(`${picture}: ${size} bytes`);

function fail(message) {
  console.error(`map-screenshot: ${message}`);
  process.exit(2);
}
