import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { startEslintServer } from './eslint-server.mjs';
import { textIn } from './open-document.mjs';
import { makeProject } from './sample-project.mjs';

const ORDERS = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n';
const BOUNDED = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(10_000) });\n';
/** Longer than the pause after which the disk is asked anew. */
const PAUSE_MS = 1_100;

let folder;
let client;
let path;
beforeAll(async () => {
  folder = makeProject();
  client = await startEslintServer(folder);
});
afterAll(async () => {
  const ended = await client?.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(ended).toEqual({ code: 0, signal: null });
});
afterEach(async () => {
  await client.close(path);
  expect(client.messages.filter(({ type }) => type < 3)).toEqual([]);
});

async function open(name, text) {
  path = join(folder, name);
  await client.open(path, text);
}
const codes = async () => (await client.pull(path)).map(({ code }) => code);
const covered = ({ range }) => textIn(client.textOf(path), range);
async function act(title, diagnostic) {
  const actions = await client.codeActions(path, [diagnostic]);
  const action = actions.find((candidate) => candidate.title.includes(title));
  if (action === undefined) throw new Error(`no action "${title}" among: ${actions.map((candidate) => candidate.title).join(' | ')}`);
  await client.carryOut(action);
}

describe('what is shown', () => {
  it('a finding has its rule, severity, page and range', async () => {
    await open('src/orders.ts', ORDERS);
    const [found, ...others] = await client.pull(path);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'resilience/require-timeout', severity: 1, source: 'eslint', codeDescription: { href: rules['require-timeout'].meta.docs.url } });
    expect(found.codeDescription.href).toMatch(/docs\/rules\/require-timeout\.md$/);
    expect(covered(found)).toBe('fetch(`http://orders.internal/${id}`)');
  });

  it('a buffer that was never saved is judged', async () => {
    await open('src/not-on-disk.ts', ORDERS);
    expect(await codes()).toEqual(['resilience/require-timeout']);
  });

  it('a rule that is off for a file is silent in it', async () => {
    await open('src/quiet/orders.ts', ORDERS);
    expect(await codes()).toEqual([]);
  });

  it('lines that end in CR LF, and a byte order mark on the disk', async () => {
    // An editor takes the mark off; the file has it.
    const text = `// Orders.\r\n\r\n${ORDERS.replace('\n', '\r\n')}`;
    path = join(folder, 'orders-crlf.ts');
    writeFileSync(path, `\uFEFF${text}`);
    await client.open(path, text);
    const [found] = await client.pull(path);
    expect(found.range.start).toEqual({ line: 2, character: 37 });
    expect(covered(found)).toBe('fetch(`http://orders.internal/${id}`)');
    await act('AbortSignal.timeout(10_000)', found);
    expect(client.textOf(path)).toBe(`// Orders.\r\n\r\n${BOUNDED.replace('\n', '\r\n')}`);
    expect(await codes()).toEqual([]);
  });

  it('a buffer that begins with a byte order mark', async () => {
    await open('src/marked.ts', `\uFEFF// Orders.\n${ORDERS}`);
    const [found] = await client.pull(path);
    expect(covered(found)).toBe('fetch(`http://orders.internal/${id}`)');
  });
});

describe('what can be done', () => {
  it('a suggestion is applied as its title says, and again after the text has moved', async () => {
    await open('src/orders.ts', ORDERS);
    await act('Bound it: add `signal: AbortSignal.timeout(10_000)`', (await client.pull(path))[0]);
    expect(client.textOf(path)).toBe(BOUNDED);
    expect(await codes()).toEqual([]);
    await client.type(path, 0, 0, `// Orders.\n${ORDERS.replace('order', 'again')}`);
    const [found, ...others] = await client.pull(path);
    expect(others).toEqual([]);
    await act('Bound it: add `signal: AbortSignal.timeout(10_000)`', found);
    expect(client.textOf(path)).toBe(`// Orders.\n${BOUNDED.replace('order', 'again')}${BOUNDED}`);
    expect(await codes()).toEqual([]);
  });

  it('an edit of an older text is not applied', async () => {
    await open('src/orders.ts', ORDERS);
    const actions = await client.codeActions(path, await client.pull(path));
    await client.type(path, 0, 0, '// Orders.\n');
    await client.carryOut(actions[0]);
    expect(client.textOf(path)).toBe(`// Orders.\n${ORDERS}`);
    // The server says that its edit was refused.
    expect(client.messages.splice(0).filter(({ type }) => type === 1)).toEqual([{ type: 1, message: 'Failed to apply command: eslint.applySuggestion' }]);
  });

  it('on save, fixes are applied and suggestions are not', async () => {
    await open('src/orders.ts', `let base = 'http://orders.internal';\nexport const order = () => fetch(base);\n`);
    expect((await codes()).sort()).toEqual(['prefer-const', 'resilience/require-timeout']);
    const [fixAll, ...others] = await client.codeActions(path, [], ['source.fixAll.eslint']);
    expect(others).toEqual([]);
    await client.carryOut(fixAll);
    expect(client.textOf(path)).toBe(`const base = 'http://orders.internal';\nexport const order = () => fetch(base);\n`);
    expect(await codes()).toEqual(['resilience/require-timeout']);
    const again = await client.codeActions(path, [], ['source.fixAll.eslint']);
    expect(again.flatMap(({ edit }) => edit.documentChanges).flatMap(({ edits }) => edits)).toEqual([]);
  });

  it('a finding can be switched off for its line, and for its file', async () => {
    await open('src/orders.ts', `export function all() {\n  return fetch('http://orders.internal');\n}\n`);
    await act('for this line', (await client.pull(path))[0]);
    expect(client.textOf(path)).toContain('{\n  // eslint-disable-next-line resilience/require-timeout\n  return fetch');
    expect(await codes()).toEqual([]);
    await client.replace(path, ORDERS);
    await act('for the entire file', (await client.pull(path))[0]);
    expect(client.textOf(path)).toBe(`/* eslint-disable resilience/require-timeout */\n${ORDERS}`);
    expect(await codes()).toEqual([]);
  });

  it('the page of a rule can be opened', async () => {
    await open('src/orders.ts', ORDERS);
    await act('Show documentation for resilience/require-timeout', (await client.pull(path))[0]);
    expect(client.shownPages.splice(0)).toEqual([rules['require-timeout'].meta.docs.url]);
  });
});

describe('other files, after a pause of a second', () => {
  const touch = (text) => client.type(path, client.textOf(path).length, client.textOf(path).length, text);

  it('a client in a neighbour that is saved with a limit', async () => {
    const neighbour = join(folder, 'stock-client.ts');
    writeFileSync(neighbour, "import axios from 'axios';\nexport const stock = axios.create({ baseURL: 'http://stock.internal' });\n");
    await open('stock.ts', "import { stock } from './stock-client.js';\nexport const one = (sku: string) => stock.get(`/${sku}`);\n");
    expect(await codes()).toEqual(['resilience/require-timeout']);
    writeFileSync(neighbour, "import axios from 'axios';\nexport const stock = axios.create({ baseURL: 'http://stock.internal', timeout: 2_000 });\n");
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual([]);
    rmSync(neighbour);
  });

  it('a neighbour that is written in halves keeps its last whole form', async () => {
    const neighbour = join(folder, 'half-client.ts');
    const whole = "import axios from 'axios';\nexport const stock = axios.create({ timeout: 2_000 });\n";
    writeFileSync(neighbour, whole);
    await open('half.ts', "import { stock } from './half-client.js';\nexport const one = (sku: string) => stock.get(`/${sku}`);\n");
    expect(await codes()).toEqual([]);
    writeFileSync(neighbour, whole.replace(' });', ''));
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual([]);
    writeFileSync(neighbour, whole.replace('{ timeout: 2_000 }', ''));
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual(['resilience/require-timeout']);
    rmSync(neighbour);
  });

  it('another version of a library', async () => {
    const manifest = join(folder, 'node_modules/needle/package.json');
    const install = (version) => writeFileSync(manifest, JSON.stringify({ name: 'needle', version }));
    mkdirSync(join(folder, 'node_modules/needle'), { recursive: true });
    install('3.2.0');
    await open('needle.ts', "import needle from 'needle';\nexport const one = (url: string) => needle.get(url, { signal: AbortSignal.timeout(500) });\n");
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual(['resilience/require-timeout']);
    install('3.5.0');
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual([]);
  });

  it('a package.json that makes it code for browsers', async () => {
    const manifest = join(folder, 'package.json');
    await open('src/orders.ts', ORDERS);
    expect(await codes()).toEqual(['resilience/require-timeout']);
    writeFileSync(manifest, '{ "name": "orders", "type": "module", "dependencies": { "react": "^19.0.0", "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^7.0.0" } }');
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual([]);
    writeFileSync(manifest, '{ "name": "orders", "type": "module", "engines": { "node": ">=20" } }');
    await wait(PAUSE_MS);
    await touch('\n');
    expect(await codes()).toEqual(['resilience/require-timeout']);
  });

  it('nothing of a neighbour that is not saved', async () => {
    const neighbour = join(folder, 'unsaved-client.ts');
    const text = "import axios from 'axios';\nexport const stock = axios.create({ timeout: 2_000 });\n";
    writeFileSync(neighbour, text);
    await client.open(neighbour, text.replace('{ timeout: 2_000 }', ''));
    await open('unsaved.ts', "import { stock } from './unsaved-client.js';\nexport const one = (sku: string) => stock.get(`/${sku}`);\n");
    await wait(PAUSE_MS);
    expect(await codes()).toEqual([]);
    await client.close(neighbour);
  });
});
