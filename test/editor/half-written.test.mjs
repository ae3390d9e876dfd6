import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEslintServer } from './eslint-server.mjs';
import { positionAt } from './open-document.mjs';
import { makeProject } from './sample-project.mjs';

const SERVICE = `import axios from 'axios';
import { Redis } from 'ioredis';

const redis = new Redis({ host: "cache", db: 0 });
export async function price(sku: string, retries = 3): Promise<number | null> {
  const cached = await redis.get(\`price:\${sku}\`);
  if (cached) return JSON.parse(cached).net;
  for (let i = 0; i < retries; i++) {
    try {
      const { data } = await axios.get<{ net: number }>('http://prices.internal/' + sku, { params: { sku } });
      await redis.set(\`price:\${sku}\`, JSON.stringify(data ?? null));
      return data.net;
    } catch {}
  }
  return null; // /* none
}
`;

const PAGE = `export async function Orders({ id }: { id: string }) {
  const reply = await fetch(\`http://orders.internal/\${id ? \`x\${id}\` : ""}\`);
  const lines: { sku: string }[] = await reply.json();
  return (
    <ul title="It's" className={\`a \${id}\`}>
      {lines.map((line) => <li key={line.sku}>{line.sku} & more</li>)}
      <>{/* none */}</>
    </ul>
  );
}
`;

const HEAD = "export const before = (id: string) => fetch(`http://before.internal/${id}`);\n\n";
const TAIL = "\nexport const after = (id: string) => fetch(`http://after.internal/${id}`);\n";

/** Words, blanks and signs, one by one. */
const tokensOf = (text) => text.match(/\w+|\s+|[^\w\s]/g);

let folder;
let client;
let eslint;
beforeAll(async () => {
  folder = makeProject();
  client = await startEslintServer(folder);
  eslint = new ESLint({ cwd: folder });
});
afterAll(async () => {
  await client?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let states = 0;

/** What a server says of a state of the text has to be what ESLint says of it in a file that never had another. */
async function judge(path) {
  const text = client.textOf(path);
  const shown = await client.pull(path);
  const [{ messages }] = await eslint.lintText(text, { filePath: path.replace(/\w+(?=\.tsx?$)/, (name) => `${name}${++states}`) });
  const key = (line, column, code, message) => `${line}:${column} ${code ?? 'parser'} ${message}`;
  const end = positionAt(text, text.length);
  for (const { range } of shown) expect(range.end.line).toBeLessThanOrEqual(end.line);
  expect(shown.map(({ range, code, message }) => key(range.start.line, range.start.character, code, message))).toEqual(
    messages.map(({ line, column, ruleId, message }) =>
      // A parser's error may stand before the first column.
      key(line - 1, Math.max(0, column - 1), ruleId, message)),
  );
  return { ours: shown.filter(({ code }) => String(code).startsWith('resilience/')).length, parses: messages.every(({ fatal }) => fatal !== true) };
}

function unharmed() {
  expect(client.exit).toBe(null);
  expect(client.stderr).toBe('');
  expect(client.messages.filter(({ type }) => type < 3)).toEqual([]);
}

describe.each([['service.ts', SERVICE], ['orders.tsx', PAGE]])('%s', (name, code) => {
  it('typed between two functions, and taken back', async () => {
    const path = join(folder, 'src', name);
    await client.open(path, HEAD + TAIL);
    const judged = [];
    let at = HEAD.length;
    for (const token of tokensOf(code)) {
      await client.type(path, at, at, token);
      at += token.length;
      // A blank by itself changes nothing.
      if (token.trim() !== '') judged.push(await judge(path));
    }
    expect(client.textOf(path)).toBe(HEAD + code + TAIL);
    expect(judged.length).toBeGreaterThan(60);
    const whole = judged.at(-1);
    expect(whole.ours).toBeGreaterThan(2);
    // Most states do not parse: then nothing of ours is shown, and what is shown again is as before.
    expect(judged.filter(({ parses }) => !parses).length).toBeGreaterThan(30);
    expect(judged.every(({ parses, ours }) => parses || ours === 0)).toBe(true);
    for (let step = 0; step < 40; step += 1) {
      const from = at - 3;
      await client.type(path, from, at, '');
      at = from;
      if (step % 4 === 0) await judge(path);
    }
    await client.replace(path, HEAD + code + TAIL);
    expect(await judge(path)).toEqual(whole);
    await client.close(path);
    unharmed();
  });
});

it('left open in the middle: strings, templates, braces, comments, tags, types', async () => {
  const path = join(folder, 'src/open.tsx');
  await client.open(path, HEAD + TAIL);
  for (const part of ["'", '"', '`', '`${', '{', '(', '[', '/*', '//', '<', '<a', '<a b="', '</', 'await', 'class A {', 'class A { b = ', 'try {', 'try { await fetch("x") } catch', 'x?.', 'x!.', 'fetch(', 'fetch("x", {', 'fetch("x", { signal:', 'new ', 'import', "import { a } from '", 'type A = {', 'const { a, ', 'async () =>', 'for (const a of', 'if (x) { return', 'switch (x) { case', '@', '#a', '\\u00', '\u2028', '0x', '1_', '/a', '...', '=>', '\0', '\ud800', 'export default']) {
    await client.type(path, HEAD.length, HEAD.length, part);
    await judge(path);
    await client.type(path, HEAD.length, HEAD.length + part.length, '');
  }
  expect(await judge(path)).toEqual({ ours: 2, parses: true });
  await client.close(path);
  unharmed();
});
