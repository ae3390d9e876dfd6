import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startOxlintServer } from './oxlint-server.mjs';
import { textIn } from './open-document.mjs';
import { makeProject } from './sample-project.mjs';

const ORDERS = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n';
const BOUNDED = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(10_000) });\n';
const TIMEOUT = 'resilience(require-timeout)';
const PAUSE_MS = 1_100;

describe.each([
  ['asked for diagnostics', true],
  ['sending diagnostics', false],
])('oxlint --lsp, %s', (_, pull) => {
  let folder;
  let client;
  beforeAll(async () => {
    folder = makeProject();
    client = await startOxlintServer(folder, { pull });
  });
  afterAll(async () => {
    const ended = await client?.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(ended).toEqual({ code: 0, signal: null });
    expect(client.stderr).toBe('');
    expect(client.messages.filter(({ type }) => type < 3)).toEqual([]);
  });

  const shown = (path) => (pull ? client.pull(path) : client.pushed(path));
  /** The server loads plugins after it has answered for the first time, and pushes after a change has been read. */
  async function becomes(path, codes) {
    let diagnostics;
    await vi.waitFor(async () => {
      diagnostics = await shown(path);
      expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    }, { timeout: 10_000, interval: 50 });
    return diagnostics;
  }
  async function open(name, text) {
    const path = join(folder, name);
    await client.open(path, text);
    return path;
  }

  it('a finding has its rule, severity and range, and no page', async () => {
    const path = await open('src/shown.ts', ORDERS);
    const [found] = await becomes(path, [TIMEOUT]);
    expect(found).toMatchObject({ severity: 1, source: 'oxc' });
    expect(textIn(client.textOf(path), found.range)).toBe('fetch(`http://orders.internal/${id}`)');
    expect(found).not.toHaveProperty('codeDescription');
  });

  it('suggestions, disabling, and a second edit after the text has moved', async () => {
    const path = await open('src/orders.ts', ORDERS);
    const act = async (diagnostics, title) => {
      const actions = await client.codeActions(path, diagnostics);
      expect(actions.map((action) => action.title)).toEqual(['Bound it: add `signal: AbortSignal.timeout(10_000)`.', 'Disable resilience/require-timeout for this line', 'Disable resilience/require-timeout for this whole file']);
      await client.carryOut(actions.find((action) => action.title.includes(title)));
    };
    await act(await becomes(path, [TIMEOUT]), 'Bound it');
    expect(client.textOf(path)).toBe(BOUNDED);
    await becomes(path, []);
    await client.type(path, 0, 0, ORDERS.replace('order', 'again'));
    await act(await becomes(path, [TIMEOUT]), 'this line');
    expect(client.textOf(path)).toBe(`// oxlint-disable-next-line resilience/require-timeout\n${ORDERS.replace('order', 'again')}${BOUNDED}`);
    await becomes(path, []);
  });

  it('on save, fixes are applied and suggestions are not', async () => {
    const path = await open('src/saved.ts', `let base = 'http://orders.internal';\nexport const order = () => fetch(base);\n`);
    await becomes(path, ['eslint(prefer-const)', TIMEOUT]);
    const [fixAll] = await client.codeActions(path, [], ['source.fixAll.oxc']);
    await client.carryOut(fixAll);
    expect(client.textOf(path)).toBe(`const base = 'http://orders.internal';\nexport const order = () => fetch(base);\n`);
    await becomes(path, [TIMEOUT]);
    expect(await client.codeActions(path, [], ['source.fixAll.oxc'])).toEqual([]);
  });

  it('lines that end in CR LF', async () => {
    const path = await open('src/crlf.ts', `// Orders.\r\n\r\n${ORDERS.replace('\n', '\r\n')}`);
    const [found] = await becomes(path, [TIMEOUT]);
    expect(textIn(client.textOf(path), found.range)).toBe('fetch(`http://orders.internal/${id}`)');
    await client.carryOut((await client.codeActions(path, [found]))[0]);
    expect(client.textOf(path)).toBe(`// Orders.\r\n\r\n${BOUNDED.replace('\n', '\r\n')}`);
  });

  it('a rule that is off for a file is silent in it', async () => {
    const quiet = await open('src/quiet/orders.ts', `${ORDERS}try { order('1'); } catch {}\n`);
    await becomes(quiet, ['resilience(no-empty-catch)']);
  });

  it('a neighbour that is saved with a limit, after a pause of a second', async () => {
    const neighbour = join(folder, 'stock-client.ts');
    writeFileSync(neighbour, "import axios from 'axios';\nexport const stock = axios.create({ baseURL: 'http://stock.internal' });\n");
    const path = await open('stock.ts', "import { stock } from './stock-client.js';\nexport const one = (sku: string) => stock.get(`/${sku}`);\n");
    await becomes(path, [TIMEOUT]);
    writeFileSync(neighbour, "import axios from 'axios';\nexport const stock = axios.create({ baseURL: 'http://stock.internal', timeout: 2_000 });\n");
    await wait(PAUSE_MS);
    await client.type(path, client.textOf(path).length, client.textOf(path).length, '\n');
    await becomes(path, []);
  });

  it('a text that is being typed', async () => {
    const path = await open('src/typed.ts', ORDERS);
    await becomes(path, [TIMEOUT]);
    const tokens = "export async function one(id: string) { try { const r = await fetch(`http://x/${id}`, { signal: AbortSignal.timeout(5) }); return r ?? 'none'; } catch { throw new Error(\"x\"); } }".match(/\w+|\s+|[^\w\s]/g);
    let at = ORDERS.length;
    for (const token of tokens) {
      await client.type(path, at, at, token);
      at += token.length;
      if (!pull) continue;
      // What does not parse has the parser's error alone; what does has the call of the first line, where it stands.
      for (const { code, range } of await client.pull(path)) {
        if (String(code).startsWith('resilience')) expect(textIn(client.textOf(path), range)).toMatch(/^fetch\(`http:\/\/(?:orders\.internal|x)\/\$\{id\}`\)?/);
      }
    }
    expect(tokens.length).toBeGreaterThan(60);
    const [found] = await becomes(path, [TIMEOUT]);
    expect(found.range.start).toEqual({ line: 0, character: 37 });
    expect(client.exit).toBe(null);
  });
});

describe('oxlint --lsp', () => {
  it('applies no suggestion on save, even where the extension is told that it may', async () => {
    const folder = makeProject();
    const client = await startOxlintServer(folder, { settings: { fixKind: 'safe_fix_or_suggestion' } });
    try {
      const path = join(folder, 'src/orders.ts');
      await client.open(path, ORDERS);
      await vi.waitFor(async () => expect(await client.pull(path)).toHaveLength(1), { timeout: 10_000, interval: 50 });
      expect(await client.codeActions(path, [], ['source.fixAll.oxc'])).toEqual([]);
    } finally {
      await client.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
