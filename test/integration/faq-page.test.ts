import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownCommands } from '../support/shown-commands.js';
import { CLI, linkPackages, runNode, tempFolder, writeFiles } from './support.js';

const PREFIX = 'npx eslint-plugin-resilience ';
/** What each command of the page has to show to a reader. */
const SHOWS: Readonly<Record<string, RegExp>> = {
  'explain src/orders.ts:2': /fetch/,
  'model src/http.ts': /"exports"/,
  'explain src/orders.ts:2 --format json': /"fetch"|fetch/,
  'check --stats': /require-timeout/,
};

describe('docs/faq.md', () => {
  let folder: string;
  beforeAll(() => {
    folder = tempFolder('faq');
    writeFiles(folder, {
      'package.json': '{ "name": "orders", "private": true, "type": "module", "engines": { "node": ">=20" } }',
      'src/orders.ts': "const host = 'http://orders.internal';\nexport const order = (id: string) => fetch(`${host}/${id}`);\n",
      'src/http.ts': 'export function get(url: string, options: { timeoutMs?: number } = {}): Promise<Response> {\n  return fetch(url, { signal: AbortSignal.timeout(options.timeoutMs ?? 5_000) });\n}\n',
    });
    linkPackages(folder, ['eslint', 'eslint-plugin-resilience']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const commands = shownCommands('docs/faq.md').map((command) => command.slice(PREFIX.length));

  it('shows the commands that are run here', () => expect(commands).toEqual(Object.keys(SHOWS)));

  it.each(commands)('%s', (command) => {
    const { status, stdout, stderr } = runNode(folder, [CLI, ...command.split(' ')]);
    expect(stderr).not.toMatch(/error/i);
    expect([0, 1]).toContain(status);
    expect(stdout).toMatch(SHOWS[command]!);
  });
});
