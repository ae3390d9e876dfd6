import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support.js';

/** What `harden-retries` writes, as its fixtures have it, run against something that fails: no clock passes, each wait is noted. */
interface Run {
  readonly attempts: number;
  readonly waits: readonly number[];
  readonly gave: unknown;
  readonly threw: unknown;
}

type Exports = Record<string, (...args: unknown[]) => Promise<unknown>>;

/**
 * @param failures how often the operation fails before it goes well
 * @param refused how many replies say that they failed
 * @param random what `Math.random()` gives
 */
async function run(name: string, call: (exports: Exports) => Promise<unknown>, { failures = Infinity, refused = 0, random = 1 }: { failures?: number; refused?: number; random?: number } = {}): Promise<Run> {
  const folder = join(ROOT, 'test/codemods/harden-retries', name);
  const file = readdirSync(folder).find((one) => one.startsWith('output.'))!;
  const { outputText } = ts.transpileModule(readFileSync(join(folder, file), 'utf8'), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  let attempts = 0;
  const waits: number[] = [];
  const operation = async (): Promise<unknown> => {
    attempts++;
    if (attempts <= failures) throw new Error(`failure ${attempts}`);
    return { ok: attempts > refused, json: () => Promise.resolve('well') };
  };
  const sleep = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  const timer = (done: () => void, ms: number): void => void sleep(ms).then(done);
  const modules: Readonly<Record<string, unknown>> = { 'node:timers/promises': { setTimeout: sleep }, axios: { get: operation } };
  const chance = Object.create(Math, { random: { value: () => random } }) as Math;
  const quiet = { error() {}, warn() {} };
  const exports: Exports = {};
  new Function('require', 'exports', 'fetch', 'setTimeout', 'Math', 'console', outputText)((wanted: string) => modules[wanted], exports, operation, timer, chance, quiet);
  let gave: unknown;
  let threw: unknown;
  try {
    gave = await call(exports);
  } catch (error) {
    threw = error;
  }
  return { attempts, waits, gave, threw };
}

/** Each fixture with the longest waits between its attempts, and how it ends when all of them fail. */
const CASES: readonly [name: string, call: (exports: Exports) => Promise<unknown>, longest: readonly number[], end: { threw?: string; gave?: unknown }][] = [
  ['a-for-loop-without-a-delay', ({ loadOrder }) => loadOrder!('u'), [200, 400], { threw: 'orders cannot be reached' }],
  ['a-do-while-loop', ({ notify }) => notify!('u'), [200, 400, 800, 1600], { threw: 'failure 5' }],
  ['a-while-loop-that-counts-in-its-head', ({ ping }) => ping!('u'), [200, 400, 800], { gave: false }],
  ['a-while-loop-that-counts-down', ({ save }) => save!('u', 'b'), [200, 400, 800, 1600], { threw: 'failure 5' }],
  ['a-reply-that-says-it-failed', ({ loadPrices }) => loadPrices!('u'), [], { threw: 'failure 1' }],
  ['a-reply-or-an-error', ({ load }) => load!('u', 3), [200, 400, 800], { threw: 'orders cannot be reached' }],
  ['several-ways-in-the-handler', ({ loadPrices }) => loadPrices!('u'), [200, 400, 800, 1600], { gave: null }],
  ['a-continue-in-a-branch', ({ loadStock }) => loadStock!('u', 3), [200, 400], { threw: 'failure 3' }],
  ['a-helper-that-is-handed-the-work', ({ retry }) => retry!(() => Promise.reject(new Error('own'))), [200, 400], { threw: 'own' }],
  ['a-counter-of-its-own', ({ read }) => read!('u', 4), [200, 400, 800], { gave: null }],
  ['an-endless-loop-gets-both', ({ publish }) => publish!('u', 'b'), [200, 400], { threw: 'failure 3' }],
  ['an-endless-loop-with-a-fixed-delay', ({ publish }) => publish!('u', 'b'), [1000, 2000], { threw: 'failure 3' }],
  ['a-function-that-calls-itself', ({ loadOrder }) => loadOrder!('u'), [200, 400, 800, 1600, 3200], { threw: 'failure 6' }],
  ['a-branch-without-braces', (exports) => new (exports['Orders'] as unknown as new () => { load(url: string): Promise<unknown> })().load('u'), [200, 400, 800], { threw: 'failure 4' }],
  ['a-promise-chain', ({ load }) => load!('u'), [200, 400, 800], { threw: 'failure 4' }],
  ['a-fixed-delay-of-a-constant', ({ loadOrder }) => loadOrder!('u'), [500, 1000, 2000, 4000], { threw: 'failure 5' }],
  ['a-fixed-delay-of-the-caller', ({ withRetry }) => withRetry!(() => Promise.reject(new Error('own')), 6), [1000, 2000, 4000, 8000, 10_000, 10_000], { threw: 'own' }],
  ['a-growing-delay-gets-a-cap-and-jitter', ({ loadOrder }) => loadOrder!('u'), [250, 500, 1000, 2000, 4000, 8000], { threw: 'failure 7' }],
  ['a-delay-that-doubles-itself', ({ loadOrder }) => loadOrder!('u'), [100, 200, 400, 800, 1600, 3200], { threw: 'failure 7' }],
];

describe('a hardened retry', () => {
  it.each(CASES)('%s: waits longer after each failure and not after the last, and its end stays', async (name, call, longest, { threw, gave }) => {
    const { waits, ...end } = await run(name, call);
    expect(waits).toEqual(longest);
    expect((end.threw as Error | undefined)?.message).toBe(threw);
    if (threw === undefined) expect(end.gave).toBe(gave);
  });

  it.each(CASES.filter(([, , longest]) => longest.length > 0))('%s: waits a random part of it, down to nothing', async (name, call, longest) => {
    expect((await run(name, call, { random: 0.25 })).waits).toEqual(longest.map((ms) => ms / 4));
    expect((await run(name, call, { random: 0 })).waits).toEqual(longest.map(() => 0));
  });

  it.each(CASES.filter(([name, , longest]) => longest.length > 1 && !/handed|of-the-caller/.test(name)))('%s: ends with the attempt that goes well', async (name, call, longest) => {
    const { attempts, waits, threw } = await run(name, call, { failures: 1 });
    expect({ attempts, waits, threw }).toEqual({ attempts: 2, waits: longest.slice(0, 1), threw: undefined });
  });

  it('tries as often as before', async () => {
    for (const [name, call, longest] of CASES) if (!/handed|of-the-caller/.test(name)) expect((await run(name, call)).attempts, name).toBe(longest.length + 1);
  });

  it('leaves a wait that its caller chose as long as it was', async () => {
    const { waits } = await run('a-fixed-delay-of-the-caller', ({ withRetry }) => withRetry!(() => Promise.reject(new Error('own')), 2, 30_000));
    expect(waits).toEqual([30_000, 30_000]);
  });

  it('waits behind a reply that says it failed', async () => {
    const load = ({ loadPrices }: Exports): Promise<unknown> => loadPrices!('u');
    const some = await run('a-reply-that-says-it-failed', load, { failures: 0, refused: 2 });
    expect(some).toEqual({ attempts: 3, waits: [200, 400], gave: 'well', threw: undefined });
    const all = await run('a-reply-that-says-it-failed', load, { failures: 0, refused: Infinity });
    expect(all).toEqual({ attempts: 5, waits: [200, 400, 800, 1600], gave: null, threw: undefined });
  });
});
