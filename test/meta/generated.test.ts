import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './support.js';

it('every derived file is what `npm run update` would write', () => {
  const result = spawnSync(process.execPath, [join(ROOT, 'test/tools/update.mjs'), '--check', '--no-build'], { cwd: ROOT, encoding: 'utf8' });
  expect(result.stdout + result.stderr).toBe('');
  expect(result.status).toBe(0);
});
