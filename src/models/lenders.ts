import type { LenderModel, LoanModel } from './release-types.js';

// What lends something and is no client that calls out.

const released = { by: 'lender', name: 'release' } as const;
const called = { by: 'call' } as const;
// What is in a browser ends with it.
const page = { lent: 'page', title: 'page', returned: [{ by: 'method', name: 'close' }], endedBy: ['close'], keeps: ['on', 'once', 'addListener'], source: 'close' } as const;
const browser = {
  lent: 'browser', title: 'browser', returned: [{ by: 'method', name: 'close' }],
  keeps: ['on', 'once', 'addListener', 'wsEndpoint', 'process', 'disconnect'], source: 'close',
} as const;
const span = { lent: 'span', title: 'span', returned: [{ by: 'method', name: 'end' }], atOnce: true, source: 'span' } as const;

const launched = (steps: readonly string[]): LoanModel[] => steps.flatMap((step): LoanModel[] => [
  { call: step, ...browser },
  { call: `${step}().newPage`, ...page },
  { call: `${step}().newContext`, ...page, title: 'browser context' },
]);

const unlocked = [{ by: 'method', name: 'unlock' }, { by: 'argument', name: 'unlock' }, { by: 'argument', name: 'release' }] as const;
const lock = { lent: 'lock', title: 'Redlock lock', expires: true, source: 'lock' } as const;

// A stream that is made of it closes it.
const file = {
  lent: 'file', title: 'file handle', returned: [{ by: 'method', name: 'close' }],
  keeps: ['createReadStream', 'createWriteStream', 'readableWebStream', 'readLines', 'on', 'once', 'addListener'], source: 'handle',
} as const;

export const LENDERS: readonly LenderModel[] = [
  {
    id: 'async-mutex',
    title: 'async-mutex',
    packages: ['async-mutex'],
    checked: ['0.5.0'],
    types: { Mutex: 'Mutex()', MutexInterface: 'Mutex()', Semaphore: 'Semaphore()', SemaphoreInterface: 'Semaphore()' },
    lends: [
      { call: 'Mutex().acquire', lent: 'lock', title: 'mutex', returned: [called, released], source: 'acquire' },
      { call: 'Semaphore().acquire', lent: 'lock', title: 'semaphore', element: 1, returned: [called, released], source: 'acquire' },
    ],
    sources: { acquire: 'async-mutex@0.5.0 lib/MutexInterface.d.ts:2-6, lib/SemaphoreInterface.d.ts:2-8' },
    verified: 'source',
  },
  {
    id: 'async-sema',
    title: 'async-sema',
    packages: ['async-sema'],
    checked: ['3.1.1'],
    types: { Sema: 'Sema()' },
    lends: [{ call: 'Sema().acquire', lent: 'lock', title: 'semaphore', returned: [released], source: 'acquire' }],
    sources: { acquire: 'async-sema@3.1.1 lib/index.d.ts:17-18' },
    verified: 'source',
  },
  {
    id: 'redlock',
    title: 'Redlock',
    packages: ['redlock'],
    checked: ['4.2.0', '5.0.0-beta.2'],
    types: { default: 'default()' },
    lends: [
      { call: 'default().acquire', ...lock, returned: [{ by: 'method', name: 'release' }, ...unlocked] },
      { call: 'default().lock', ...lock, returned: unlocked },
    ],
    sources: { lock: 'redlock@4.2.0 redlock.js:101-105,178-232; redlock@5.0.0-beta.2 dist/index.d.ts:49,96-107' },
    verified: 'source',
  },
  {
    id: 'fs-promises',
    title: 'node:fs/promises',
    packages: ['fs', 'node:fs', 'fs/promises', 'node:fs/promises'],
    checked: ['node 20'],
    lends: [{ call: 'open', ...file }, { call: 'promises.open', ...file }],
    sources: { handle: 'nodejs.org/docs/latest-v20.x/api/fs.html, "Class: FileHandle": it must be closed, and a collected handle is not relied on' },
    verified: 'docs',
  },
  {
    id: 'playwright',
    title: 'Playwright',
    packages: ['playwright', 'playwright-core', '@playwright/test'],
    checked: ['1.65.1'],
    types: { Browser: 'chromium.launch()', BrowserContext: 'chromium.launch().newContext()' },
    lends: [...launched(['chromium.launch', 'firefox.launch', 'webkit.launch']), { call: 'chromium.launch().newContext().newPage', ...page }],
    sources: { close: 'playwright-core@1.65.1 types/types.d.ts:2430 (Page.close), 10278 (BrowserContext.close), 11233 (Browser.close)' },
    verified: 'source',
  },
  {
    id: 'puppeteer',
    title: 'Puppeteer',
    packages: ['puppeteer', 'puppeteer-core'],
    checked: ['24.43.1'],
    types: { Browser: 'launch()' },
    lends: launched(['launch']),
    sources: { close: 'puppeteer-core@24.43.1 lib/types.d.ts:492-769 (Browser.close, BrowserContext.close), 7159 (Page)' },
    verified: 'docs',
  },
  {
    id: 'opentelemetry-spans',
    title: 'OpenTelemetry',
    packages: ['@opentelemetry/api'],
    checked: ['1.9', '1.10.0'],
    types: { Tracer: 'trace.getTracer()' },
    lends: [{ call: 'trace.getTracer().startSpan', ...span }],
    sources: { span: 'opentelemetry.io/docs/languages/js/instrumentation, "Create spans": a span that is not ended is not exported' },
    verified: 'docs',
  },
];

let byPackage: ReadonlyMap<string, LenderModel> | undefined;

/** The lender of a package. */
export function lenderOfPackage(name: string): LenderModel | null {
  byPackage ??= new Map(LENDERS.flatMap((model) => model.packages.map((one) => [one, model] as const)));
  return byPackage.get(name) ?? null;
}
