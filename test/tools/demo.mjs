/** `npm run demo`: the checker on the example shop. Findings are the point, so they are no failure. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/src/cli/main.js');
if (!existsSync(main)) {
  console.error('demo: dist/src/cli/main.js is missing; run `npm run build`');
  process.exit(2);
}
const result = spawnSync(process.execPath, [main, 'check', '.'], { cwd: join(root, 'docs/examples/shop'), stdio: 'inherit' });
// 0: nothing found, 1: findings. Anything else is a fault of the checker.
process.exitCode = result.status === 0 || result.status === 1 ? 0 : (result.status ?? 3);
