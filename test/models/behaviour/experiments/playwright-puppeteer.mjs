import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const ARGS = ['--no-sandbox', '--headless=new'];

/** A program that starts and says nothing; what stands after `--` is nothing to it. */
const MUTE = { executablePath: process.execPath, args: ['-e', 'setTimeout(() => undefined, 60_000)', '--'], ignoreDefaultArgs: true };

async function playwright({ load, services }, use) {
  const { chromium, request } = (await load('playwright-core')).default;
  const browser = await chromium.launch({ executablePath: services.chromium, args: ARGS });
  try {
    await use({ browser, request });
  } finally {
    await browser.close();
  }
}

async function puppeteer({ load, services }, options, use) {
  const { default: library } = await load('puppeteer-core');
  const browser = await library.launch({ executablePath: services.chromium, args: ARGS, ...options });
  try {
    await use({ browser, library });
  } finally {
    await browser.close();
  }
}

const needs = ['chromium'];
const PLAYWRIGHT = [{ 'playwright-core': '1.65.1' }, { 'playwright-core': '1.40.1' }];
const PUPPETEER = [{ 'puppeteer-core': '24.43.1' }, { 'puppeteer-core': '21.11.0' }];

export default experiments({
  record: 'playwright-puppeteer',
  runs: PLAYWRIGHT,
  experiments: [
    {
      name: 'playwright-timeouts',
      says: '`timeout: 300` ends `goto`, `waitForSelector` and a request of the API after 300 ms; without it each takes 30 s, with 0 `waitForSelector` is pending after 31.5 s, and so is `evaluate`, which has no limit',
      proves: ['playwright-puppeteer/timeout/1'],
      needs,
      ms: 45_000,
      async run(lab) {
        const silent = await lab.http('silent');
        await playwright(lab, async ({ browser, request }) => {
          const pages = await Promise.all(Array.from({ length: 6 }, () => browser.newPage()));
          const api = await request.newContext();
          const long = { after: 30_000, late: 4000, error: /Timeout 30000ms exceeded|timed out after 30000ms/ };
          const short = { after: 300, late: 3000, error: /Timeout 300ms exceeded|timed out after 300ms/ };
          await Promise.all([
            lab.fails(() => pages[0].goto(silent.url, { timeout: 300 }), short),
            lab.fails(() => pages[1].waitForSelector('#none', { timeout: 300 }), short),
            lab.fails(() => api.get(silent.url, { timeout: 300 }), short),
            lab.fails(() => pages[2].goto(silent.url), long),
            lab.fails(() => pages[3].waitForSelector('#none'), long),
            lab.fails(() => api.get(silent.url), long),
            lab.hangs(() => pages[4].waitForSelector('#none', { timeout: 0 }), 31_500),
            lab.hangs(() => pages[5].evaluate(() => new Promise(() => undefined)), 31_500),
          ]);
        });
      },
    },
    {
      name: 'playwright-action',
      says: '`click` and `fill` of something that is not there end after 30 s where nobody sets a limit, and after 300 ms with `timeout: 300` or `setDefaultTimeout(300)`',
      refutes: { 'playwright-puppeteer/timeout/2': '30 s in the library, as all that it waits for; 0 is the default of `actionTimeout` of the test runner alone' },
      needs,
      ms: 45_000,
      async run(lab) {
        await playwright(lab, async ({ browser }) => {
          const pages = await Promise.all(Array.from({ length: 4 }, () => browser.newPage()));
          pages[1].setDefaultTimeout(300);
          await Promise.all([
            lab.fails(() => pages[0].click('#none', { timeout: 300 }), { after: 300, late: 3000, error: /Timeout 300ms exceeded/ }),
            lab.fails(() => pages[1].fill('#none', 'a'), { after: 300, late: 3000, error: /Timeout 300ms exceeded/ }),
            lab.fails(() => pages[2].click('#none'), { after: 30_000, late: 4000, error: /Timeout 30000ms exceeded/ }),
            lab.fails(() => pages[3].fill('#none', 'a'), { after: 30_000, late: 4000, error: /Timeout 30000ms exceeded/ }),
          ]);
        });
      },
    },
    {
      name: 'puppeteer-timeouts',
      says: '`timeout: 300`, and `setDefaultTimeout(300)`, end `goto` and `waitForSelector` after 300 ms; without it each takes 30 s, with 0 `waitForSelector` is pending after 31.5 s',
      proves: ['playwright-puppeteer/timeout/3'],
      runs: PUPPETEER,
      needs,
      ms: 45_000,
      async run(lab) {
        const silent = await lab.http('silent');
        await puppeteer(lab, {}, async ({ browser }) => {
          const pages = await Promise.all(Array.from({ length: 5 }, () => browser.newPage()));
          pages[1].setDefaultTimeout(300);
          await Promise.all([
            lab.fails(() => pages[0].goto(silent.url, { timeout: 300 }), { after: 300, late: 3000, error: 'TimeoutError' }),
            lab.fails(() => pages[1].waitForSelector('#none'), { after: 300, late: 3000, error: 'TimeoutError' }),
            lab.fails(() => pages[2].goto(silent.url), { after: 30_000, late: 4000, error: 'TimeoutError' }),
            lab.fails(() => pages[3].waitForSelector('#none'), { after: 30_000, late: 4000, error: 'TimeoutError' }),
            lab.hangs(() => pages[4].waitForSelector('#none', { timeout: 0 }), 31_500),
          ]);
        });
      },
    },
    {
      name: 'puppeteer-launch',
      says: '`timeout: 300` ends the start of a program that says nothing; without it that takes 30 s',
      proves: ['playwright-puppeteer/timeout/4'],
      runs: PUPPETEER,
      ms: 45_000,
      async run(lab) {
        const { default: library } = await lab.load('puppeteer-core');
        await Promise.all([
          lab.fails(() => library.launch({ ...MUTE, timeout: 300 }), { after: 300, late: 3000, error: 'TimeoutError' }),
          lab.fails(() => library.launch(MUTE), { after: 30_000, late: 4000, error: 'TimeoutError' }),
        ]);
      },
    },
    {
      name: 'puppeteer-protocol',
      says: '`protocolTimeout: 1000` ends `evaluate` of a promise that does not settle after 1 s; without it that is pending after 5 s',
      proves: ['playwright-puppeteer/timeout/5'],
      runs: PUPPETEER,
      needs,
      ms: 30_000,
      async run(lab) {
        const pending = (page) => page.evaluate(() => new Promise(() => undefined));
        await puppeteer(lab, { protocolTimeout: 1000 }, async ({ browser }) => {
          const page = await browser.newPage();
          await lab.fails(() => pending(page), { after: 900, late: 3000, error: 'ProtocolError' });
        });
        await puppeteer(lab, {}, async ({ browser }) => {
          const page = await browser.newPage();
          await lab.hangs(() => pending(page), 5000);
        });
      },
    },
    {
      name: 'playwright-waits',
      says: 'a click waits for what appears 1.5 s later; a page whose connection is reset or that answers 503 is asked for as often as the browser does it by itself, at most twice, and `goto` then fails or gives the 503',
      proves: ['playwright-puppeteer/retry'],
      needs,
      ms: 30_000,
      async run(lab) {
        const late = await lab.http((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>setTimeout(() => document.body.append(Object.assign(document.createElement("button"), { id: "late" })), 1500)</script><body></body>'));
        const down = await lab.http('unavailable');
        const reset = await lab.http('reset');
        await playwright(lab, async ({ browser }) => {
          const [one, two, three] = await Promise.all([browser.newPage(), browser.newPage(), browser.newPage()]);
          await one.goto(late.url);
          await lab.gives(() => one.click('#late'), { after: 800 });
          assert.equal((await two.goto(down.url)).status(), 503);
          await lab.fails(() => three.goto(reset.url), { after: 0, late: 5000, error: /ERR_/ });
          const pages = (server) => server.requests.filter(({ url }) => url === '/').length;
          assert.equal(pages(down), 1);
          assert.ok(pages(reset) <= 2, String(pages(reset)));
        });
      },
    },
    {
      name: 'not-there',
      says: '`$` of what is not there is null',
      empty: '$',
      needs,
      async run(lab) {
        await playwright(lab, async ({ browser }) => assert.equal(await (await browser.newPage()).$('#none'), null));
      },
    },
  ],
});
