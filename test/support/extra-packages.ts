import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../.tmp', import.meta.url));

/**
 * Other versions of packages than those that are installed, by the names they get: `{ cockatiel4: 'npm:cockatiel@4' }`.
 * Installed once, below `test/.tmp`.
 * @returns their folder of node_modules
 */
export function extraPackages(wanted: Readonly<Record<string, string>>): string {
  const manifest = JSON.stringify({ private: true, dependencies: wanted });
  const folder = join(FOLDER, `packages-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    // Two test files may want the same at once.
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'package.json'), manifest);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: own, stdio: 'pipe' });
    try {
      renameSync(own, folder);
    } catch {
      rmSync(own, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules');
}
