/** docs/editor.md: its commands, and the settings that it recommends. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLI, ESLINT, ROOT, runNode } from '../integration/support.ts';
import { shownCommands } from '../support/shown-commands.ts';
import { startEslintServer } from './eslint-server.mjs';
import { makeProject } from './sample-project.mjs';

const PAGE = 'docs/editor.md';
const ORDERS = `${'\n'.repeat(11)}export const order = (id: string) => fetch(\`http://orders.internal/\${id}\`);\n`;

let folder;
beforeAll(() => {
  folder = makeProject({ 'src/orders.ts': ORDERS });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ran = ({ status, stdout, stderr }, expected) => {
  expect(stderr).toBe('');
  expect(status).toBe(expected);
  return stdout;
};
const KNOWN = {
  'npx eslint-plugin-resilience explain src/orders.ts:12': () => expect(ran(runNode(folder, [CLI, 'explain', 'src/orders.ts:12']), 0)).toMatch(/Verdict: +unbounded/),
  'npx eslint src/orders.ts': () => expect(ran(runNode(folder, [ESLINT, 'src/orders.ts']), 1)).toContain('resilience/require-timeout'),
  'npx eslint --print-config src/orders.ts': () => expect(JSON.parse(ran(runNode(folder, [ESLINT, '--print-config', 'src/orders.ts']), 0)).rules['resilience/require-timeout'][0]).toBe(2),
  // The tests are run on what it builds.
  'npm run build': () => expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.build).toMatch(/^tsc -p tsconfig\.build\.json\b/),
  // With a single keystroke of each kind: its figures are not what is asked here.
  'npm run bench:editor -- ../some-service/src/orders.ts': () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const script = /^node (\S+)$/.exec(scripts['bench:editor'])[1];
    const { status, stdout, stderr } = runNode(ROOT, [script, join(folder, 'src/orders.ts'), '--rounds', '1', '--edits', '1', '--only', 'recommended']);
    expect(stderr).toBe('');
    expect([0, 1]).toContain(status);
    expect(stdout).toMatch(/^keystroke, orders\.ts, recommended +\d+\.\d\d +\d+\.\d\d/m);
    expect(stdout).toMatch(/^keystroke after a pause, orders\.ts, recommended +\d+\.\d\d .*, 1 findings, /m);
    expect(readFileSync(join(folder, 'src/orders.ts'), 'utf8')).toBe(ORDERS);
  },
};

it.each(shownCommands(PAGE))('%s', { timeout: 120_000 }, (command) => {
  if (KNOWN[command] === undefined) throw new Error(`${PAGE} shows a command that nobody runs: ${command}`);
  KNOWN[command]();
});

it('has settings that do what it says', async () => {
  const settings = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(readFileSync(join(ROOT, PAGE), 'utf8'))[1]);
  const client = await startEslintServer(folder, { settings: { rulesCustomizations: settings['eslint.rules.customizations'], run: settings['eslint.run'] } });
  try {
    const path = join(folder, 'src/orders.ts');
    await client.open(path, ORDERS);
    expect(await client.pull(path)).toMatchObject([{ code: 'resilience/require-timeout', severity: 3 }]);
  } finally {
    await client.stop();
  }
});
