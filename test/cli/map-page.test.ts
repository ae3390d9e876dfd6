import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, tempFolder } from '../integration/support.js';
import type { FailureMap } from '../../src/map/types.js';
import { CHROMIUM, openBrowser } from '../support/chromium.js';
import { largeMap, madeMap, shopMap } from '../support/made-map.js';

// As it ships: the script of the page is what the build made of it.
const { renderHtml } = (await import(pathToFileURL(join(ROOT, 'dist/src/cli/render/map/html.js')).href)) as typeof import('../../src/cli/render/map/html.js');

/** Ends a script, opens tags, turns the direction of writing, is a key of every object. */
const HOSTILE = ['<img src=x onerror="window.caught = 1">', '</script><script>window.caught = 2</script>', '<!--<script>', '\u2028\u2029\u202e"\'&amp;`${0}', '__proto__'];
const hostileMap = madeMap(
  Object.fromEntries(HOSTILE.map((name) => [`${name}.`, [] as string[]])),
  HOSTILE.map((name) => ({ package: `${name}.`, to: `host:${name}`, client: name, calls: [{ name, target: name, within: name }], reachedBy: [`${name}.#${name}`] })),
  HOSTILE[1],
);

describe('the file', () => {
  const html = renderHtml(shopMap());

  it('is the same for the same map', () => {
    expect(renderHtml(shopMap())).toBe(html);
  });

  it('names no place to load from, and allows only its own script and style', () => {
    expect(html).toMatch(/content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'"/);
    const addresses = [...html.matchAll(/\b(?:src|href|action|srcset|url)\s*[=(]\s*["']?([^"')\s>]*)/g)].map(([, address]) => address);
    expect(addresses).toEqual(['data:,']);
    // The name of a namespace is no address, and the page has no other.
    expect([...html.matchAll(/https?:\/\/[^\s"']+/g)].map(([address]) => address)).toEqual(['http://www.w3.org/2000/svg']);
  });

  it('lets no name end its data', () => {
    const hostile = renderHtml(hostileMap);
    expect(hostile.match(/<\/script/g)).toHaveLength(2);
    expect(hostile).not.toMatch(/<img|<!--|[\u2028\u2029]/);
  });

  it('holds a package that no list names, and one that is in a ring', () => {
    const map = madeMap({ a: ['b'], b: ['a', 'a', 'gone'] }, [{ package: 'b', to: 'service:S3' }]);
    expect(renderHtml({ ...map, packages: map.packages.filter(({ name }) => name !== 'b') })).toContain('"name":"b"');
    expect(renderHtml(map)).toContain('"name":"a"');
  });
});

describe.skipIf(CHROMIUM === null)('the page in a browser (needs Chromium: CHROMIUM_PATH, or one below /usr/bin)', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const faults: string[] = [];
  const files = new Map<FailureMap, string>();
  const shop = shopMap();

  beforeAll(async () => {
    browser = await openBrowser();
    folder = tempFolder('map-page');
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page?.close();
    expect(faults.splice(0)).toEqual([]);
  });

  async function open(map: FailureMap, hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    let file = files.get(map);
    if (file === undefined) {
      files.set(map, (file = join(folder, `${files.size}.html`)));
      writeFileSync(file, renderHtml(map));
    }
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    const address = pathToFileURL(file).href;
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (request.url().replace(/#.*/, '') !== address && !request.url().startsWith('data:')) faults.push(`asked for ${request.url()}`);
    });
    await page.goto(`${address}${hash}`);
    await page.waitForSelector('table[aria-label=Dependencies] tbody tr');
  }

  /** `<package> <downstream>` of each row. */
  const rows = (): Promise<string[]> => page.$$eval('tr.row', (found) => found.map((row) => `${row.querySelector('td.package')?.textContent} ${row.querySelector('td.downstream')?.textContent}`));
  const boxes = (which = ''): Promise<string[]> => page.$$eval(`.node${which}`, (found) => found.map((box) => box.querySelector('.label')?.textContent ?? ''));
  const search = (text: string): Promise<void> => page.locator('#search').fill(text);
  const state = (name: string) => page.getByRole('group', { name: 'Filter by state' }).getByRole('button', { name });
  const box = (key: string) => page.locator(`.node[data-key="${key}"]`);

  it('shows the whole map first, the worst on top', async () => {
    await open(shop);
    expect(await page.title()).toBe('shop: failure map');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('shop');
    expect(await page.locator('header.top').textContent()).toContain('7 packages · 8 downstreams · 8 dependencies · 13 calls');
    expect(await rows()).toHaveLength(8);
    expect((await rows()).slice(0, 2)).toEqual(['@shop/orders api.shipping.example', '@shop/payments api.cards.example']);
    // One package has neither calls nor a way to any.
    expect((await boxes()).sort()).toEqual(['$LEDGER_DB', '$ORDERS_DB', '$STOCK_URL', 'Redis', 'S3', 'admin', 'api.cards.example', 'api.shipping.example', 'axios', 'jobs', 'orders', 'payments', 'platform', 'web']);
  });

  it('reads from left to right: packages before those that they need, downstreams last', async () => {
    await open(shop);
    const left = async (key: string): Promise<number> => (await box(key).boundingBox())!.x;
    expect(await left('package:@shop/web')).toBeLessThan(await left('package:@shop/orders'));
    expect(await left('package:@shop/orders')).toBeLessThan(await left('package:@shop/platform'));
    expect(await left('package:@shop/platform')).toBeLessThan(await left('downstream:service:S3'));
    expect(await left('downstream:service:S3')).toBeCloseTo(await left('downstream:env:STOCK_URL'), 0);
  });

  it('finds packages, downstreams, clients, functions and files', async () => {
    await open(shop);
    const cases: Readonly<Record<string, readonly string[]>> = {
      jobs: ['@shop/jobs S3', '@shop/payments $LEDGER_DB', '@shop/payments api.cards.example'],
      ledger_db: ['@shop/payments $LEDGER_DB'],
      IOREDIS: ['@shop/platform Redis'],
      placeorder: ['@shop/orders $ORDERS_DB', '@shop/orders api.shipping.example', '@shop/platform $STOCK_URL'],
      'src/got.ts:21': ['@shop/payments api.cards.example'],
      'pg orders': ['@shop/orders $ORDERS_DB'],
      'no such thing': [],
    };
    for (const [text, expected] of Object.entries(cases)) {
      await search(text);
      expect((await rows()).sort(), text).toEqual(expected);
      expect(await page.locator('output').textContent()).toBe(`${expected.length} of 8`);
    }
    expect(await page.locator('tr.empty').textContent()).toBe('Nothing matches.');
  });

  it('filters by state, kind, package and missing guard, together too', async () => {
    await open(shop);
    await state('unprotected').click();
    expect((await rows()).sort()).toEqual(['@shop/orders $ORDERS_DB', '@shop/web axios']);
    await page.getByRole('combobox', { name: 'Client' }).selectOption('db');
    expect(await rows()).toEqual(['@shop/orders $ORDERS_DB']);
    await state('unprotected').click();
    expect((await rows()).sort()).toEqual(['@shop/orders $ORDERS_DB', '@shop/payments $LEDGER_DB']);
    await page.getByRole('combobox', { name: 'Guards' }).selectOption('breaker');
    expect(await rows()).toEqual(['@shop/orders $ORDERS_DB']);
    await page.getByRole('button', { name: 'Clear all' }).click();
    expect(await rows()).toHaveLength(8);
    await page.getByRole('combobox', { name: 'Package' }).selectOption('@shop/web');
    expect(await rows()).toEqual(['@shop/web axios']);
  });

  it('sorts by a column, and the other way round at the second click', async () => {
    await open(shop);
    const head = page.getByRole('columnheader', { name: 'Calls' });
    const calls = (): Promise<string[]> => page.$$eval('td.calls', (cells) => cells.map((cell) => cell.textContent ?? ''));
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await calls()).toEqual(['1', '1', '1', '1', '2', '2', '2', '3']);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await calls())[0]).toBe('3');
    await page.getByRole('columnheader', { name: 'Downstream' }).getByRole('button').click();
    expect((await rows())[0]).toBe('@shop/payments $LEDGER_DB');
  });

  it('opens a row to its calls, guards and callers', async () => {
    await open(shop);
    await page.locator('tr.row', { hasText: 'api.shipping' }).getByRole('button').click();
    const text = await page.locator('.detail-row').innerText();
    for (const part of ['packages/orders/src/globalThis.ts:12', 'in rates', '/labels', 'write', 'timeout: 10 s, of the client', 'packages/orders/src/globalThis.ts:4', 'handleRequest', '2 steps away', 'entry']) expect(text).toContain(part);
    await page.locator('tr.row', { hasText: 'api.shipping' }).getByRole('button').click();
    expect(await page.locator('.detail-row').count()).toBe(0);
  });

  it('tells what breaks when a downstream hangs', async () => {
    await open(shop);
    await box('downstream:host:api.cards.example').click();
    expect(await rows()).toEqual(['@shop/payments api.cards.example']);
    expect((await boxes(':not(.aside)')).sort()).toEqual(['api.cards.example', 'jobs', 'payments', 'web']);
    const panel = page.getByRole('complementary', { name: 'api.cards.example' });
    expect(await panel.innerText()).toContain('3 calls in 1 package can wait for it, all without a time bound.');
    expect(await panel.innerText()).toContain('settleDay packages/jobs/src/settleDay.ts:11');
    // Clicking it again takes it back.
    await box('downstream:host:api.cards.example').click();
    expect(await boxes('.aside')).toEqual([]);
    expect(await panel.count()).toBe(0);
  });

  it('tells packages whose calls are found from those that only import', async () => {
    await open(shop);
    await box('downstream:service:Redis').click();
    expect((await boxes(':not(.aside):not(.importer)')).sort()).toEqual(['Redis', 'orders', 'platform', 'web']);
    expect((await boxes('.importer')).sort()).toEqual(['admin', 'jobs', 'payments']);
    expect(await page.getByRole('complementary').innerText()).toContain('Import one of these; no call found 3');
  });

  it('follows a package to all that it needs', async () => {
    await open(shop);
    await box('package:@shop/orders').click();
    expect((await rows()).sort()).toEqual(['@shop/orders $ORDERS_DB', '@shop/orders api.shipping.example', '@shop/platform $STOCK_URL', '@shop/platform Redis']);
    await page.getByRole('complementary').getByRole('button', { name: 'Redis' }).click();
    expect(await rows()).toEqual(['@shop/platform Redis']);
  });

  it('keeps what is shown in its address', async () => {
    await open(shop);
    await search('shop');
    await state('unbounded').click();
    await page.getByRole('columnheader', { name: 'Package' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Package' }).getByRole('button').click();
    await box('package:@shop/web').click();
    await page.locator('tr.row', { hasText: 'api.cards' }).getByRole('button').click();
    const shown = [await rows(), await boxes('.aside'), await page.locator('.detail-row').innerText(), await page.getByRole('complementary').innerText()];
    const { hash } = new URL(page.url());
    await page.close();
    await open(shop, hash);
    expect([await rows(), await boxes('.aside'), await page.locator('.detail-row').innerText(), await page.getByRole('complementary').innerText()]).toEqual(shown);
    expect(shown[0]).toEqual(['@shop/payments api.cards.example', '@shop/orders api.shipping.example']);
    expect(await page.getByRole('searchbox').inputValue()).toBe('shop');
    // An address of another map, or one that was written by hand.
    await page.evaluate(`location.hash = '#state=none&sort=-nothing&select=package:gone&kind=%00&open=x'`);
    await page.waitForSelector('tr.empty');
    await page.evaluate(`location.hash = ''`);
    await page.waitForSelector('tr.row');
    expect(await rows()).toHaveLength(8);
  });

  it('needs no mouse', async () => {
    await open(shop);
    const focused = (): Promise<string> => page.evaluate(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`);
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('/');
    await page.keyboard.type('shop');
    // Search, three filters, what clears them, and then the graph as one stop.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    expect(await focused()).toMatch(/^package @shop\/(?:web|jobs), /);
    await press('ArrowRight');
    const second = await focused();
    expect(second).toMatch(/^package @shop\/(?:orders|payments|admin), /);
    await press('ArrowRight', 'ArrowRight');
    expect(await focused()).toMatch(/^downstream /);
    await press('Enter');
    expect(await page.getByRole('complementary').count()).toBe(1);
    expect(await focused()).toMatch(/^downstream /);
    await press('Escape');
    expect(await page.getByRole('complementary').count()).toBe(0);
    // Ten heads of columns, and then the rows as one stop.
    await press(...Array.from({ length: 11 }, () => 'Tab'));
    expect(await focused()).toBe('@shop/orders to api.shipping.example by fetch');
    await press('ArrowDown', 'Enter');
    expect(await focused()).toBe('@shop/payments to api.cards.example by got');
    expect(await page.locator('.detail-row').count()).toBe(1);
    await press('End');
    expect(await focused()).toMatch(/^@shop\/platform to /);
    await press('Home');
    expect(await focused()).toBe('@shop/orders to api.shipping.example by fetch');
  });

  it('says aloud what colours show', async () => {
    await open(shop);
    const row = page.locator('tr.row', { hasText: '$LEDGER_DB' });
    expect(await row.locator('td.state').textContent()).toBe('?unknown');
    expect(await row.locator('td.timeout').textContent()).toBe('?not known: options come from elsewhere');
    expect(await box('downstream:env:LEDGER_DB').getAttribute('aria-label')).toBe('downstream $LEDGER_DB, unknown, 1 call');
  });

  it('takes every name for text', async () => {
    await open(hostileMap);
    expect(await page.title()).toBe(`${HOSTILE[1]}: failure map`);
    expect((await page.$$eval('td.package', (cells) => cells.map((cell) => cell.textContent))).sort()).toEqual(HOSTILE.map((name) => `${name}.`).sort());
    for (const opener of await page.locator('.opener').all()) await opener.click();
    for (const name of HOSTILE) {
      await search(name);
      expect(await page.locator('tr.row').count()).toBeGreaterThan(0);
      await search('');
    }
    for (const place of Array.from({ length: 10 }, (_, index) => index)) await page.locator('.node').nth(place).click();
    expect(await page.evaluate(`[document.images.length, document.scripts.length, typeof window.caught]`)).toEqual([0, 2, 'undefined']);
  });

  it('has something to say of an empty map, and of one with a single package', async () => {
    await open({ ...madeMap({ alone: [] }, []), unread: [{ file: 'src/broken.ts', reason: 'line 3: unexpected token' }] });
    expect(await page.locator('tr.empty').textContent()).toBe('No calls beyond the process were found.');
    expect(await page.locator('.picture').isVisible()).toBe(false);
    expect(await page.locator('details.unread').textContent()).toContain('1 file could not be read');
    await page.close();
    await open(madeMap({ alone: [] }, [{ package: 'alone', to: 'service:S3' }]));
    expect(await boxes()).toEqual(['alone', 'S3']);
  });

  it('stays usable with 200 packages and 1,500 dependencies', async () => {
    const large = largeMap(200, 300, 1500);
    await open(large);
    expect(await page.locator('tr.row').count()).toBe(1500);
    // Not all boxes at once, but as many as are asked for.
    expect(await page.locator('.node').count()).toBe(60);
    const { name } = large.packages.find((member) => member.reaches.length > 0)!;
    await page.locator('#search').fill(large.downstreams[9]!.label);
    const users = large.dependencies.filter(({ downstream }) => downstream === large.downstreams[9]!.id);
    expect(await page.locator('tr.row').count()).toBeGreaterThanOrEqual(users.length);
    await search('');
    await page.evaluate(`location.hash = ${JSON.stringify(`#select=${encodeURIComponent(`package:${name}`)}`)}`);
    await page.waitForSelector('.panel');
    expect(await page.locator('tr.row').count()).toBe(large.dependencies.filter((dependency) => dependency.package === name || dependency.reachedFrom.includes(name)).length);
    expect(await box(`package:${name}`).isVisible()).toBe(true);
  });

  it('fits narrow and dark screens, still motion and paper', async () => {
    await open(shop, '#select=downstream%3Aservice%3ARedis', { viewport: { width: 800, height: 700 }, colorScheme: 'dark', reducedMotion: 'reduce' });
    const look = (selector: string, property: 'backgroundColor' | 'transitionDuration' | 'display'): Promise<string> => page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(800);
    expect(await look('body', 'backgroundColor')).toBe('rgb(16, 20, 25)');
    expect(await look('.node', 'transitionDuration')).toBe('0s');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await look('.controls', 'display')).toBe('none');
    expect(await look('body', 'backgroundColor')).toBe('rgb(255, 255, 255)');
  });
});
