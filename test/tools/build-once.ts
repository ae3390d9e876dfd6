import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** vitest's global set-up: builds `dist` when a source is newer than what was built from it. */
export default function buildOnce(): void {
  // The script of the failure map's page is built apart from the rest, for browsers.
  const built = ['dist/src/index.js', 'dist/src/cli/render/map/page/client/main.js'].map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (newest(['src', 'rules', 'codemods', 'tsconfig.build.json', 'tsconfig.page.json']) <= Math.min(...built)) return;
  for (const project of ['tsconfig.build.json', 'tsconfig.page.json']) {
    try {
      execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { cwd: root, stdio: 'pipe' });
    } catch (error) {
      // Type errors belong to `npm run typecheck`; what could be emitted is there, and tests say more.
      console.warn(`build: ${String((error as { stdout?: Buffer }).stdout ?? error)}`);
    }
  }
}

function newest(entries: readonly string[]): number {
  let time = 0;
  for (const entry of entries) {
    const path = join(root, entry);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    time = Math.max(time, stat.isDirectory() ? newest(readdirSync(path).map((name) => join(entry, name))) : stat.mtimeMs);
  }
  return time;
}
